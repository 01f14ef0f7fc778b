from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "qingce.figures.indicators"
