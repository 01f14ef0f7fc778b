"""A branch's statement of dues for one year: due, paid, waived, open, and the cash it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, Sum

from qingce.foundation.dates import overlapping
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Person
from qingce.league.rules import rulings_held_still
from qingce.work.membership.dues.actions import Sort, amount_owed, cash, month_of, owed_months
from qingce.work.membership.models import DuesEntry, DuesTerms

NOTHING = Decimal(0)


@dataclass
class Line:
    """One member: what each month is worth, and how it stands."""

    person: Person
    since: dt.date
    due: dict[dt.date, Decimal] = field(default_factory=dict)
    settled: dict[dt.date, str] = field(default_factory=dict)  # month → paid or waived
    paid: Decimal = NOTHING
    waived: Decimal = NOTHING
    band: str = ""

    @property
    def total(self) -> Decimal:
        return sum(self.due.values(), NOTHING)

    @property
    def open_months(self) -> list[dt.date]:
        return [month for month in sorted(self.due) if month not in self.settled]

    @property
    def open(self) -> Decimal:
        return sum((self.due[month] for month in self.open_months), NOTHING)

    @property
    def running(self) -> int:
        """Months running without dues, up to the last one."""
        months = 0
        for month in sorted(self.due, reverse=True):
            if month in self.settled:
                break
            months += 1
        return months


class Statement:
    """Five queries, however many members and months."""

    def __init__(self, unit: Unit, *, year: int, on: dt.date, since: dt.date | None = None) -> None:
        self.unit, self.year, self.on = unit, year, on
        self.first = since or dt.date(year, 1, 1)
        self.last = min(dt.date(year, 12, 1), month_of(on))

    @cached_property
    def lines(self) -> list[Line]:
        """Members of the branch in this time, by name."""
        rows = Membership.objects.filter(overlapping(self.first, self.last), unit=self.unit)
        stays = list(rows.select_related("person").order_by("person__initials", "person", "since"))
        people = [stay.person_id for stay in stays]
        terms: dict[int, list[DuesTerms]] = {}
        for one in DuesTerms.objects.filter(person__in=people):
            terms.setdefault(one.person_id, []).append(one)
        lines: dict[int, Line] = {}
        with rulings_held_still():
            for stay in stays:
                line = lines.setdefault(stay.person_id, Line(stay.person, stay.since))
                mine = terms.get(stay.person_id, [])
                line.band = str(max(mine, key=lambda one: one.since).get_band_display()) if mine else ""
                for month in owed_months(stay, self.first, self.last):
                    line.due[month] = amount_owed(mine, month, self.unit)
        self._enter(lines)
        return list(lines.values())

    def _enter(self, lines: dict[int, Line]) -> None:
        for entry in self._entries:
            line = lines.get(entry.person_id) if entry.person_id else None
            if line is None:
                continue
            if entry.sort == Sort.PAID:
                line.paid += entry.amount
            else:
                line.waived += entry.amount
            if entry.reverses_id is None and not hasattr(entry, "reversal") and entry.month:
                line.settled[entry.month] = entry.sort
                line.due[entry.month] = entry.amount  # as it was worth when it was settled

    @cached_property
    def _entries(self) -> list[DuesEntry]:
        within = Q(month__gte=self.first, month__lte=dt.date(self.year, 12, 1))
        rows = DuesEntry.objects.filter(within, unit=self.unit)
        return list(rows.select_related("reversal", "person").order_by("on", "pk"))

    @property
    def due(self) -> Decimal:
        return sum((line.total for line in self.lines), NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for line in self.lines), NOTHING)

    @property
    def waived(self) -> Decimal:
        return sum((line.waived for line in self.lines), NOTHING)

    @property
    def open(self) -> Decimal:
        return sum((line.open for line in self.lines), NOTHING)

    @cached_property
    def cash(self) -> Decimal:
        return cash(self.unit)

    @cached_property
    def journal(self) -> list[DuesEntry]:
        """Every movement of the year, the latest first; months of members and what was handed up."""
        first, last = dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        rows = DuesEntry.objects.filter(unit=self.unit, on__gte=first, on__lte=last)
        return list(rows.select_related("person", "reversal", "by").order_by("-on", "-pk")[:200])

    @property
    def handed_up(self) -> Decimal:
        rows = DuesEntry.objects.filter(unit=self.unit, sort=Sort.HANDED_UP, on__year=self.year)
        return rows.aggregate(total=Sum("amount"))["total"] or NOTHING


@dataclass(frozen=True)
class BranchSum:
    """What one branch took in, waived and handed up in a year."""

    unit: Unit
    paid: Decimal = NOTHING
    waived: Decimal = NOTHING
    handed_up: Decimal = NOTHING


def sums_beneath(unit: Unit, *, year: int, on: dt.date) -> list[BranchSum]:
    """The branches beneath that keep dues here, in protocol order. Two queries."""
    branches = Unit.objects.beneath(unit, day=on).branches()
    rows = DuesEntry.objects.filter(unit__in=branches, on__year=year).order_by()
    sums: dict[int, dict[str, Decimal]] = {}
    for key, sort, total in rows.values_list("unit", "sort").annotate(total=Sum("amount")):
        sums.setdefault(key, {})[sort] = total
    kept = Unit.objects.filter(pk__in=sums).order_by("protocol_order", "code")
    return [BranchSum(one, **sums[one.pk]) for one in kept]
