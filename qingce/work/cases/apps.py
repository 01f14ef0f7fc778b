from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "qingce.work.cases"

    def ready(self) -> None:
        from qingce.ledger.records import families
        from qingce.work.cases.models import Case
        from qingce.work.cases.sources import register_sources

        families.register("cases", letter="C", model=Case)
        register_sources()
