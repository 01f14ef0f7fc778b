from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "qingce.ledger.records"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.foundation.audit import veils
        from qingce.foundation.ui import navigation, panels
        from qingce.league.organisations import health
        from qingce.league.people import life
        from qingce.ledger.kinds.catalogue import FAMILIES
        from qingce.ledger.records.belonging import Numbers, step_sheet
        from qingce.ledger.records.issue_sheet import issue_sheet
        from qingce.ledger.records.life import records_about
        from qingce.ledger.records.liveliness import silent
        from qingce.ledger.records.veil import names_of_records

        exchange.resolver("records.steps")(Numbers("membership", "programmes", "cases"))
        for family in FAMILIES:
            exchange.resolver(f"records.{family}")(Numbers(family))
        exchange.register(issue_sheet)
        exchange.register(step_sheet)
        health.look("hollow", silent)
        veils.add(names_of_records)
        life.tells(records_about)
        navigation.add("ledger", _("Ledger"), order=20, permission="record.see")
        navigation.search_leads_to("ledger", permission="record.see")
        panels.add("unit", route="unit-rhythm", title=_("Organised life"), permission="record.see")
