"""Finding cases, reviews and entries within reach, for the doors of the pages of this app.

A transfer has two sides. A door asks for rights at the side that acts: `Departure` stands for the
sending unit, `Arrival` for the receiving one, `Moving` for whichever of them the reader reaches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qingce.league.organisations.models import Unit
from qingce.ledger.records.models import Issue
from qingce.work.membership.models import DuesEntry, MemberCase
from qingce.work.membership.reviews.reading import review_series

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qingce.league.access.reach import Reach


@dataclass(frozen=True)
class Moving:
    """A transfer as seen from one of its units."""

    case: MemberCase
    unit_id: int

    @property
    def number(self) -> str:
        return self.case.number


class Departure(Moving):
    """A transfer seen from the sending unit."""


class Arrival(Moving):
    """A transfer seen from the receiving unit."""


@dataclass(frozen=True)
class MatterAt:
    """A matter before the branch meeting, with its branch."""

    case: MemberCase
    unit_id: int

    @property
    def number(self) -> str:
        return self.case.number


@dataclass(frozen=True)
class AskedBranch:
    """A yearly review as it stands with one branch."""

    issue: Issue
    unit: Unit

    @property
    def unit_id(self) -> int:
        return self.unit.pk

    @property
    def pk(self) -> int:
        return self.issue.pk

    @property
    def code(self) -> str:
        return self.unit.code


def transfers() -> QuerySet[MemberCase]:
    related = ("person", "unit", "to_unit", "transfer", "transfer__branch")
    return MemberCase.objects.filter(transfer__isnull=False).select_related(*related)


def moving_within_reach(reach: Reach, *, number: str) -> Moving | None:
    case = transfers().filter(number=number).first()
    if case is None:
        return None
    sides = [key for key in (case.unit_id, case.to_unit_id) if key is not None]
    path = {key: reach.path(key) for key in sides}
    reached = [key for key in sides if any(path[key].startswith(above) for above in reach.paths())]
    return Moving(case, reached[0]) if reached else None


def departure_within_reach(reach: Reach, *, number: str) -> Departure | None:
    case = transfers().filter(number=number, unit__in=reach.units()).first()
    return Departure(case, case.unit_id) if case else None


def arrival_within_reach(reach: Reach, *, number: str) -> Arrival | None:
    case = transfers().filter(number=number, to_unit__in=reach.units()).first()
    return Arrival(case, case.to_unit_id) if case and case.to_unit_id else None


def matter_within_reach(reach: Reach, *, number: str) -> MatterAt | None:
    rows = MemberCase.objects.filter(matter__isnull=False).select_related("person", "unit", "matter")
    case = rows.filter(number=number, unit__in=reach.units()).first()
    return MatterAt(case, case.unit_id) if case else None


def review_within_reach(reach: Reach, *, pk: int) -> ReviewIssue | None:
    """A yearly review put to some unit that the reader reaches, or opened by one."""
    issue = Issue.objects.select_related("issued_by").filter(pk=pk, series=review_series()).first()
    if issue is None:
        return None
    path = issue.issued_by.path(day=reach.on)
    reached = any(one.startswith(path) or path.startswith(one) for one in reach.paths())
    return ReviewIssue(issue) if reached else None


@dataclass(frozen=True)
class ReviewIssue:
    """A yearly review; everybody reached by it may see how far the own branches are."""

    issue: Issue

    @property
    def pk(self) -> int:
        return self.issue.pk

    @property
    def unit_id(self) -> int:
        return self.issue.issued_by_id


def asked_within_reach(reach: Reach, *, pk: int, code: str) -> AskedBranch | None:
    unit = reach.unit(code)
    seen = review_within_reach(reach, pk=pk)
    if unit is None or seen is None or not unit.is_branch:
        return None
    asked = unit.path(day=reach.on).startswith(seen.issue.issued_by.path(day=reach.on))
    return AskedBranch(seen.issue, unit) if asked else None


def entry_within_reach(reach: Reach, *, pk: int) -> DuesEntry | None:
    rows = DuesEntry.objects.select_related("unit", "person")
    return rows.filter(pk=pk, unit__in=reach.units()).first()
