from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "qingce.league.rules"

    def ready(self) -> None:
        from qingce.foundation import catalogue
        from qingce.foundation.ui import navigation
        from qingce.league.rules.catalogue import rules

        catalogue.add(rules)
        navigation.add("rules", _("Rules"), order=58, permission="unit.see", shelf=_("Organisation"))
