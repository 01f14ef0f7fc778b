from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "qingce.work.cases"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.league.people import retention, reveals
        from qingce.ledger.records import families
        from qingce.work.cases.models import Case
        from qingce.work.cases.privacy import closed_before, find_case
        from qingce.work.cases.sheets import SHEETS
        from qingce.work.cases.sources import register_sources

        families.register("cases", letter="C", model=Case)
        register_sources()
        reveals.add(reveals.Revealable(Case, find_case, about=str, reference=lambda case: case.number))
        retention.add_event(
            "case_closed", retention.Event(Case, closed_before, reference=lambda case: case.number)
        )
        for sheet in SHEETS:
            exchange.register(sheet())
