"""How a record's notice went, as plain facts that guards may ask, from the tables or from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from qingce.league.people import working_days
from qingce.ledger.notices.models import NoticeEntry, Objection


@dataclass(frozen=True)
class Hung:
    """From when to when a record hung, and what was objected."""

    opens_on: dt.date
    closes_on: dt.date
    open_objections: int = 0
    upheld: bool = False
    notice: int = 0  # key of the notice; 0 where a file told of it

    @property
    def working_days(self) -> int:
        return working_days.between(self.opens_on, self.closes_on)

    def is_over(self, *, on: dt.date) -> bool:
        return on > self.closes_on


def hung(records: Collection[str]) -> dict[tuple[str, str], Hung]:
    """The latest notice of each record and purpose; one taken down early counts for nothing."""
    found: dict[tuple[str, str], Hung] = {}
    entries = NoticeEntry.objects.filter(record__in=records).select_related("notice")
    for entry in entries.prefetch_related("objections").order_by("notice__opens_on", "pk"):
        notice = entry.notice
        if notice.taken_down_on is not None and notice.taken_down_on <= notice.closes_on:
            continue
        outcomes = [one.outcome for one in entry.objections.all()]
        found[entry.record, notice.purpose] = Hung(
            notice.opens_on,
            notice.closes_on,
            open_objections=outcomes.count(Objection.Outcome.OPEN),
            upheld=Objection.Outcome.UPHELD in outcomes,
            notice=notice.pk,
        )
    return found
