from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "qingce.league.access"
