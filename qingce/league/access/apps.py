from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "qingce.league.access"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.foundation.ui import navigation
        from qingce.league.access import matching
        from qingce.league.access.sheets import officer_sheet

        exchange.resolver("units")(matching.units_named)
        exchange.register(officer_sheet)
        navigation.add("tokens", _("Access tokens"), order=90, permission="token.make", in_menu=True)
        navigation.add("audit", _("Log of actions"), order=95, permission="audit.see", in_menu=True)
        navigation.add("imports", _("Import"), order=40, permission="file.import", in_menu=True)
