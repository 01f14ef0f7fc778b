from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qingce.foundation.accounts"
