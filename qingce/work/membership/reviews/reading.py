"""What is asked about the yearly review: who is due, how far branches are, what is asked of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qingce.league.organisations.models import Membership, Unit, UnitQuerySet
from qingce.league.standing.eligibility import hindrances_by_day
from qingce.league.standing.models import Bar
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Issue
from qingce.work.membership.models import BranchReview, Grade, Scoring
from qingce.work.membership.reviews.guards import PARTY, Branch
from qingce.work.membership.stepping import kind_with

Asked = tuple[Unit, dt.date, dt.date]  # a branch, the day of its meeting, the day of handing up

STALE = dt.timedelta(days=180)  # a review that was due longer ago is history


def review_series() -> str:
    """The series in which yearly reviews are put to branches."""
    kind = kind_with("registration")
    return next(one.code for one in taxonomy().series.values() if one.kind == kind.code and one.addressed)


def year_reviewed(opens_on: dt.date) -> int:
    """The year that a review speaks of: one opened in the first two months still speaks of the last."""
    return opens_on.year - (opens_on.month < 3)


def members_of(unit: Unit, *, on: dt.date) -> list[Membership]:
    """The members of the branch on the day, by name."""
    rows = Membership.objects.on(on).filter(unit=unit).select_related("person")
    return list(rows.order_by("person__initials", "pk"))


def branches(asked: Sequence[Asked]) -> list[Branch]:
    """Each branch on the day of its meeting. Six queries, however many they are."""
    stays: dict[int, list[Membership]] = {}
    rows = Membership.objects.filter(unit__in={unit.pk for unit, _held, _on in asked})
    for stay in rows.select_related("person").order_by("person__initials", "pk"):
        stays.setdefault(stay.unit_id, []).append(stay)
    there = [list(_there(stays.get(unit.pk, []), held)) for unit, held, _on in asked]
    people = {
        (stay.person_id, held)
        for (_unit, held, _on), members in zip(asked, there, strict=True)
        for stay in members
    }
    voteless = hindrances_by_day(people, for_=Bar.VOTE)
    barred = hindrances_by_day(people, for_=Bar.EXCELLENT)
    overridden = _overridden({unit.pk for unit, _held, _on in asked})
    return [
        Branch(
            unit=unit,
            members={stay.person_id: stay for stay in members},
            still=frozenset(stay.person_id for stay in _there(stays.get(unit.pk, []), on)),
            due=sum((stay.person_id, held) not in voteless for stay in members),
            barred={person: why for (person, day), why in barred.items() if day == held},
            overridden=frozenset(overridden.get(unit.pk, ())),
        )
        for (unit, held, on), members in zip(asked, there, strict=True)
    ]


def _there(stays: Sequence[Membership], day: dt.date) -> Iterator[Membership]:
    return (stay for stay in stays if stay.is_in_force(day))


def _overridden(units: Collection[int]) -> dict[int, set[tuple[int, int]]]:
    """By branch, the issue and person of each scoring sheet with an item of the negative list."""
    found: dict[int, set[tuple[int, int]]] = {}
    rows = Scoring.objects.filter(unit__in=units, overridden=True)
    for unit, issue, person in rows.values_list("unit", "issue", "person"):
        found.setdefault(unit, set()).add((issue, person))
    return found


def due_to_attend(unit: Unit, *, on: dt.date) -> int:
    """How many members are due: those whose vote is not suspended."""
    [branch] = branches([(unit, on, on)])
    return branch.due


def usual_grade(stay: Membership) -> Grade:
    """What stands before anybody has ticked anything."""
    return Grade.WITHOUT if stay.person.political_status in PARTY else Grade.QUALIFIED


@dataclass(frozen=True)
class Coverage:
    """Branches asked, how far each has come, and those that have not answered."""

    expected: int
    reviews: list[BranchReview]
    unanswered: UnitQuerySet

    @property
    def approved(self) -> int:
        return sum(review.stage == BranchReview.Stage.APPROVED for review in self.reviews)

    @property
    def waiting(self) -> list[BranchReview]:
        return [one for one in self.reviews if one.stage == BranchReview.Stage.HANDED_UP]


def coverage(issue: Issue, *, within: UnitQuerySet, on: dt.date) -> Coverage:
    """How the branches beneath the issuing unit answered, as far as `within` reaches."""
    day = min(issue.due_on or on, on)
    branches = Unit.objects.beneath(issue.issued_by, day=day).branches().active(day)
    expected = branches.filter(pk__in=within.values("pk"))
    given = BranchReview.objects.filter(issue=issue, unit__in=expected).select_related("unit")
    answered = BranchReview.objects.filter(issue=issue).exclude(stage=BranchReview.Stage.RETURNED)
    unanswered = expected.exclude(pk__in=answered.values("unit"))
    return Coverage(expected.count(), list(given), unanswered)


def asked_of(unit: Unit, *, on: dt.date) -> list[Issue]:
    """Reviews that stand open for the branch and that it has not answered."""
    answered = BranchReview.objects.filter(unit=unit).exclude(stage=BranchReview.Stage.RETURNED)
    above = [one.pk for one in unit.above(day=on)]
    rows = Issue.objects.filter(series=review_series(), opens_on__lte=on, issued_by__in=[*above, unit.pk])
    return list(rows.filter(due_on__gte=on - STALE).exclude(pk__in=answered.values("issue")))
