from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "qingce.league.rules"

    def ready(self) -> None:
        from qingce.foundation.ui import navigation
        from qingce.league.rules.catalogue import rules

        rules()  # a catalogue that cannot be understood stops the program here
        navigation.add("rules", _("Rules"), order=58, permission="unit.see", shelf=_("Organisation"))
