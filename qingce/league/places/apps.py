from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "qingce.league.places"
