from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "qingce.foundation.upkeep"

    def ready(self) -> None:
        from qingce.foundation.upkeep import examinations

        examinations.begin()
