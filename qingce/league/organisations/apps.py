from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "qingce.league.organisations"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.league.organisations.roster import roster_sheet
        from qingce.league.organisations.sheets import unit_sheet

        exchange.register(unit_sheet)
        exchange.register(roster_sheet)
