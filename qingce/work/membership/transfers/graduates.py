"""How far a class that leaves school has been handed over (学社衔接)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from qingce.league.organisations.models import Membership, Unit
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase
from qingce.work.membership.transfers.guards import OPEN

SETTLED = ("placed", "kept")


@dataclass(frozen=True)
class Handover:
    """Members of one class: handed over, on their way, and those who remain."""

    unit: Unit
    cases: list[MemberCase]
    remaining: list[Membership] = field(default_factory=list)

    @cached_property
    def settled(self) -> list[MemberCase]:
        return [case for case in self.cases if case.stage in SETTLED]

    @cached_property
    def under_way(self) -> list[MemberCase]:
        return [case for case in self.cases if case.stage in OPEN]

    @property
    def total(self) -> int:
        return len(self.settled) + len(self.under_way) + len(self.remaining)

    @property
    def rate(self) -> int:
        """Handed over, in whole per cent."""
        return len(self.settled) * 100 // self.total if self.total else 0


def handover(unit: Unit, *, on: dt.date) -> Handover:
    """The class as it stands this year; three queries."""
    rows = MemberCase.objects.filter(
        unit=unit, transfer__graduate=True, happened_on__year=on.year, stage__in=(*OPEN, *SETTLED)
    )
    cases = list(rows.exclude(state=State.VOID).select_related("person", "to_unit", "transfer"))
    moved = {case.person_id for case in cases}
    stays = Membership.objects.on(on).filter(unit=unit).select_related("person", "unit")
    remaining = [stay for stay in stays.order_by("person__initials", "pk") if stay.person_id not in moved]
    return Handover(unit, cases, remaining)
