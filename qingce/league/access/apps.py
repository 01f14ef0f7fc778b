from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "qingce.league.access"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.league.access import matching
        from qingce.league.access.sheets import officer_sheet

        exchange.resolver("units")(matching.units_named)
        exchange.register(officer_sheet)
