from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "qingce.league.organisations"
