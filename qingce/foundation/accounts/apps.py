from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qingce.foundation.accounts"

    def ready(self) -> None:
        from qingce.foundation.accounts import hearing  # noqa: F401 (its receivers are connected)
