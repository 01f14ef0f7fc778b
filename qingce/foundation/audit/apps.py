from django.apps import AppConfig, apps


class AuditConfig(AppConfig):
    name = "qingce.foundation.audit"

    def ready(self) -> None:
        from qingce.foundation.audit.guarded import guard

        guard(apps.get_models())
