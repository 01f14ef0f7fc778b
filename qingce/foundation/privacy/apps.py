from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "qingce.foundation.privacy"
