from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisingConfig(AppConfig):
    name = "qingce.work.organising"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.foundation.ui import panels
        from qingce.league.organisations.health import remedy
        from qingce.ledger.records import families
        from qingce.work.organising.delegate_sheet import DelegateSheet
        from qingce.work.organising.effects import effects
        from qingce.work.organising.founding_sheet import FoundingSheet
        from qingce.work.organising.models import UnitEvent
        from qingce.work.organising.sheets import UnitEventSheet
        from qingce.work.organising.sources import register_sources

        families.register("organising", letter="O", model=UnitEvent, effects=effects)
        register_sources()
        exchange.register(FoundingSheet())
        exchange.register(UnitEventSheet())
        exchange.register(DelegateSheet())
        panels.add("unit", route="unit-papers", title=_("Papers and acts"), permission="record.see")
        panels.add("record-organising", route="unit-change-decision", title=_("What it changes"))
        remedy("too_few", route="unit-merging", label=_("Merge"), permission="unit.change")
        remedy("too_many", route="unit-split", label=_("Split"), permission="unit.change")
        remedy("no_secretary", route="unit-election", label=_("Enter an election"), permission="record.enter")
        remedy("no_secretary", route="post-new", label=_("Appoint"), permission="post.appoint")
        remedy("outlived", route="unit-dissolution", label=_("Dissolve"), permission="unit.change")
        for sort in ("overdue", "ending"):
            remedy(sort, route="unit-election", label=_("Enter an election"), permission="record.enter")
            remedy(sort, route="unit-deferral", label=_("Put off"), permission="record.enter")
