"""The board of admissions: how many stand at which stage, and who they are, as one reader may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from qingce.foundation.words import folded
from qingce.league.access.reach import Reach, within
from qingce.league.people.veil import Subject, Veil, is_minor
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import State
from qingce.work.membership.admission.dossier import STAGES
from qingce.work.membership.admission.forms import AdmissionFilter
from qingce.work.membership.admission.reading import kinds_of_admission
from qingce.work.membership.models import MemberCase

HANDLES = "admission.keep"  # whoever keeps admissions of a unit is of the team that handles them


@dataclass(frozen=True)
class Line:
    """One admission in the list."""

    case: MemberCase
    name: str

    @property
    def since(self) -> dt.date | None:
        """The day on which it came to its stage."""
        return max((step.on for step in self.case.steps.all()), default=None)


def name_for(reach: Reach, case: MemberCase) -> str:
    """The person's name: in full to the team that handles the admission, else as the veil has it."""
    if reach.holds_at(HANDLES, case.place) and not case.person.waiting_name:
        return case.person.name
    subject = Subject(
        unit=case.unit_id,
        minor=is_minor(case.person.born_on, on=case.happened_on),
        waiting=case.person.waiting_name,
    )
    return Veil.at(reach, case.place).name(case.person.name, subject)


class Board:
    """The admissions asked for, by stage."""

    def __init__(self, asked: AdmissionFilter, reach: Reach) -> None:
        self.reach = reach
        self.asked = asked
        self.said = asked.cleaned_data if asked.is_valid() else {}
        self.stage = self.said.get("stage") or ""

    def everything(self) -> QuerySet[MemberCase]:
        """Every admission asked for, whatever its stage; those that ended are left out."""
        rows = MemberCase.objects.filter(
            kind__in=kinds_of_admission(), unit__in=self.reach.units("record.see")
        ).exclude(state=State.VOID)
        if unit := self.said.get("unit"):
            paths = list(unit.placements.values_list("path", flat=True))
            rows = rows.filter(within(paths, column="place"))
        if year := self.said.get("year"):
            rows = rows.filter(happened_on__year=year)
        if words := folded(self.said.get("q") or ""):
            called = Q(person__name__contains=words) | Q(number=words.upper())
            if words.isascii():
                called |= Q(person__initials__contains=words.lower())
            rows = rows.filter(called)
        return rows

    @property
    def counts(self) -> list[tuple[str, str]]:
        """Each stage, and its word with how many stand there."""
        rows = dict(self.everything().order_by().values_list("stage").annotate(Count("pk")))
        return [(stage, f"{taxonomy().word('stage', stage)}　{rows.get(stage, 0)}") for stage in STAGES]

    def rows(self) -> QuerySet[MemberCase]:
        """Those at the stage chosen; without one, all that are still under way, the furthest first."""
        chosen = self.everything()
        if self.stage:
            chosen = chosen.filter(stage=self.stage)
        elif not any(self.said.get(name) for name in ("q", "unit", "year")):
            chosen = chosen.exclude(stage=STAGES[-1])
        chosen = chosen.select_related("person", "unit", "admission").prefetch_related("steps")
        return chosen.order_by("-happened_on", "-pk")

    def lines(self, cases: Iterable[MemberCase]) -> Iterator[Line]:
        return (Line(case, name_for(self.reach, case)) for case in cases)
