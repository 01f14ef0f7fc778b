from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "qingce.work.cases"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.ledger.records import families
        from qingce.work.cases.models import Case
        from qingce.work.cases.sheets import SHEETS
        from qingce.work.cases.sources import register_sources

        families.register("cases", letter="C", model=Case)
        register_sources()
        for sheet in SHEETS:
            exchange.register(sheet())
