from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "qingce.league.standing"
