from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "qingce.foundation.upkeep"

    def ready(self) -> None:
        from django.core import checks

        from qingce.foundation import catalogue
        from qingce.foundation.upkeep import examinations

        checks.register(catalogue.look)
        examinations.begin()
