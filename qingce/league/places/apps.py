from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "qingce.league.places"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.league.places.sheets import site_sheet, sites_named

        exchange.resolver("sites")(sites_named)
        exchange.register(site_sheet)
