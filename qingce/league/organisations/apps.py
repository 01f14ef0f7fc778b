from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "qingce.league.organisations"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.foundation.ui import navigation
        from qingce.league.organisations.life import stays_and_posts
        from qingce.league.organisations.roster import roster_sheet
        from qingce.league.organisations.sheets import unit_sheet
        from qingce.league.people import life

        life.tells(stays_and_posts)
        exchange.register(unit_sheet)
        exchange.register(roster_sheet)
        navigation.add("units", _("Organisation"), order=30, permission="unit.see")
        shelf = _("Organisation")
        navigation.add("units-terms", _("Elections due"), order=52, permission="unit.see", shelf=shelf)
        navigation.add(
            "units-drawing", _("Drawing of the tree"), order=54, permission="unit.see", shelf=shelf
        )
