from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "qingce.foundation.ui"
