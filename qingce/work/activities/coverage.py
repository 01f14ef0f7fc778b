"""Coverage of an issue: which of the units addressed have answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from qingce.league.organisations.models import STEP, Unit, UnitQuerySet
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Issue, State
from qingce.work.activities.models import Activity

SHOWN = 10
STALE = dt.timedelta(days=365)  # what was due longer ago is history, not a task


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
    """Codes of the series whose issues are put to branches to be answered with an activity."""
    series, kinds = taxonomy().series, taxonomy().kinds
    return [code for code, one in series.items() if one.addressed and kinds[one.kind].family == "activities"]


def answered_by_hand() -> list[str]:
    """Codes of the addressed series that a branch answers itself; the others come from a platform."""
    kinds, series = taxonomy().kinds, taxonomy().series
    return [code for code in addressed() if kinds[series[code].kind].short_form]


def open_issues(unit: Unit, *, on: dt.date) -> list[Issue]:
    """Issues that `unit` is asked to answer and has not, the ones due nearest to `on` first."""
    answers = Activity.objects.filter(unit=unit, issue__isnull=False).exclude(state=State.VOID)
    path = unit.path(day=on)
    above = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    since = max(unit.founded_on, on - STALE)
    existing = Q(due_on__isnull=True) | Q(due_on__gte=since)
    waiting = Issue.objects.filter(
        existing, series__in=answered_by_hand(), opens_on__lte=on, issued_by__placements__path__in=above
    )
    unanswered = waiting.exclude(pk__in=answers.values("issue"))
    return sorted(unanswered, key=lambda issue: abs((issue.due_on or on) - on))[:SHOWN]
