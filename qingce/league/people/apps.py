from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "qingce.league.people"
