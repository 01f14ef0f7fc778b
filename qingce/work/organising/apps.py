from django.apps import AppConfig


class OrganisingConfig(AppConfig):
    name = "qingce.work.organising"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.ledger.records import families
        from qingce.work.organising.effects import effects
        from qingce.work.organising.models import UnitEvent
        from qingce.work.organising.sheets import SHEETS
        from qingce.work.organising.sources import register_sources

        families.register("organising", letter="O", model=UnitEvent, effects=effects)
        register_sources()
        for sheet in SHEETS:
            exchange.register(sheet())
