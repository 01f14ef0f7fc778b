from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "qingce.work.programmes"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.ledger.records import families
        from qingce.work.programmes.models import Application
        from qingce.work.programmes.sheets import SHEETS
        from qingce.work.programmes.sources import register_sources

        families.register("programmes", letter="P", model=Application)
        register_sources()
        for sheet in SHEETS:
            exchange.register(sheet())
