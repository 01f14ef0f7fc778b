from django.apps import AppConfig


class OrganisingConfig(AppConfig):
    name = "qingce.work.organising"

    def ready(self) -> None:
        from qingce.ledger.records import families
        from qingce.work.organising.models import UnitEvent
        from qingce.work.organising.sources import register_sources

        families.register("organising", letter="O", model=UnitEvent)
        register_sources()
