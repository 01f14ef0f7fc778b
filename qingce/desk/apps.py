from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "qingce.desk"

    def ready(self) -> None:
        from qingce.foundation.ui import navigation

        navigation.add("home", _("To do"), order=10)
        navigation.add("affairs", _("Affairs"), order=35)
        navigation.shelves_stand_at("affairs")
