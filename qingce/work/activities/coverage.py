"""Coverage of an issue: which of the units addressed have answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from qingce.league.organisations.models import STEP, Unit, UnitQuerySet
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Issue, State
from qingce.work.activities.models import Activity


@dataclass(frozen=True)
class Coverage:
    """Units expected to answer, and those that have not."""

    expected: int
    answered: int
    unanswered: UnitQuerySet


def coverage(issue: Issue, *, within: UnitQuerySet, on: dt.date) -> Coverage:
    """How the branches beneath the issuing unit answered, as far as `within` reaches.

    Expected are the branches active on the due day, or on `on` while the issue still runs.
    """
    day = min(issue.due_on or on, on)
    branches = Unit.objects.beneath(issue.issued_by, day=day).branches().active(day)
    expected = branches.filter(pk__in=within.values("pk"))
    answers = Activity.objects.filter(issue=issue).exclude(state=State.VOID).values("unit")
    answered = expected.filter(pk__in=answers)
    return Coverage(expected.count(), answered.count(), expected.exclude(pk__in=answers))


def addressed() -> list[str]:
    """Codes of the series whose issues are put to branches to be answered."""
    return [code for code, series in taxonomy().series.items() if series.addressed]


def open_issues(unit: Unit, *, on: dt.date) -> list[Issue]:
    """Addressed issues put to `unit` that it has not answered, the most urgent first."""
    answered = Activity.objects.filter(unit=unit).exclude(state=State.VOID).values("issue")
    path = unit.path(day=on)
    above = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    existing = Q(due_on__isnull=True) | Q(due_on__gte=unit.founded_on)
    waiting = Issue.objects.filter(
        existing, series__in=addressed(), opens_on__lte=on, issued_by__placements__path__in=above
    )
    return list(waiting.exclude(pk__in=answered).order_by("due_on", "pk")[:30])
