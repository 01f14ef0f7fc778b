from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "qingce.league.access"

    def ready(self) -> None:
        from qingce.foundation import catalogue, exchange
        from qingce.foundation.ui import navigation
        from qingce.league.access import checks, matching  # noqa: F401 (checks register themselves)
        from qingce.league.access.invitation_sheet import invitation_sheet
        from qingce.league.access.roles import roles
        from qingce.league.access.sheets import officer_sheet

        catalogue.add(roles)
        exchange.resolver("units")(matching.units_named)
        exchange.register(officer_sheet)
        exchange.register(invitation_sheet)
        navigation.add("account", _("My account"), order=80, in_menu=True)
        navigation.add("invitations", _("Invitations"), order=82, permission="account.invite", in_menu=True)
        navigation.add("roles", _("Who may do what"), order=84, in_menu=True)
        navigation.add("tokens", _("Access tokens"), order=90, permission="token.make", in_menu=True)
        navigation.add("audit", _("Log of actions"), order=95, permission="audit.see", in_menu=True)
        navigation.add("imports", _("Import"), order=40, permission="file.import", in_menu=True)
