from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "qingce.work.publishing"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.ledger.records import families
        from qingce.work.publishing.models import Publication
        from qingce.work.publishing.sheets import SHEETS
        from qingce.work.publishing.sources import register_sources

        families.register("publishing", letter="B", model=Publication)
        register_sources()
        for sheet in SHEETS:
            exchange.register(sheet())
