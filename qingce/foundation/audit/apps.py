from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "qingce.foundation.audit"
