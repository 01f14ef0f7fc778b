"""What follows from reviews: their grades are kept, and approval registers the members, all in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from qingce.ledger.records import actions as ledger
from qingce.ledger.records import models as records
from qingce.ledger.records.models import Revision, State
from qingce.work.membership.models import REVIEWED, BranchReview, Grade, MemberCase, ReviewGrade, Step
from qingce.work.membership.reviews.guards import Meeting
from qingce.work.membership.stepping import kind_with, new_case

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

TOGETHER = 500


def answered(review: BranchReview, said: Meeting, *, due: int, on: dt.date, by: Any) -> BranchReview:
    """What the branch says, handed up on the day `on`; it waits for the body above."""
    review.held_on, review.present, review.opinions = said.held_on, said.present, said.opinions.strip()
    review.entitled, review.stage = due, BranchReview.Stage.HANDED_UP
    review.handed_up_on, review.handed_up_by = on, by
    return review


def keep_grades(answers: Collection[tuple[BranchReview, Meeting]]) -> None:
    """The grades of these reviews are those that their meetings gave. Called inside `telling()`."""
    ReviewGrade.objects.filter(review__in=[review.pk for review, _said in answers]).delete()
    ReviewGrade.objects.bulk_create(
        (
            ReviewGrade(review=review, person_id=person, grade=grade, note=note_of(said, person))
            for review, said in answers
            for person, grade in said.grades.items()
        ),
        batch_size=TOGETHER,
    )


def note_of(said: Meeting, person: int) -> str:
    return said.notes.get(person, "")[:120]


def register(reviews: Collection[BranchReview], *, by: User | None) -> list[MemberCase]:
    """One registration for each grade that is good enough, and a record of those that are not.

    Each is of the day on which its review was approved. Called inside `telling()`.
    """
    grades = _unregistered(reviews)
    cases = [_case(grade) for grade in grades]
    ledger.prepare(cases, by=by)
    MemberCase.objects.bulk_create(cases, batch_size=TOGETHER)
    for grade, case in zip(grades, cases, strict=True):
        grade.member_case = case
    ReviewGrade.objects.bulk_update(grades, ["member_case"], batch_size=TOGETHER)
    Step.objects.bulk_create(_steps(grades), batch_size=TOGETHER)
    Revision.advance()
    return cases


def _unregistered(reviews: Collection[BranchReview]) -> list[ReviewGrade]:
    """The grades of members whom no review of the same issue has registered before."""
    by_key = {review.pk: review for review in reviews}
    rows = ReviewGrade.objects.filter(review__in=by_key).exclude(grade=Grade.DEFERRED)
    issues = {review.issue_id for review in reviews}
    held = set(
        ReviewGrade.objects.filter(review__issue__in=issues, member_case__isnull=False).values_list(
            "review__issue", "person"
        )
    )
    grades = []
    for grade in rows.select_related("person"):
        grade.review = by_key[grade.review_id]
        if (grade.review.issue_id, grade.person_id) not in held:
            held.add((grade.review.issue_id, grade.person_id))
            grades.append(grade)
    return grades


def _case(grade: ReviewGrade) -> MemberCase:
    kind, review = kind_with("registration"), grade.review
    facts: dict[str, Any] = {"reason": str(grade), "state": State.CONFIRMED}
    if grade.is_registered:
        facts["stage"] = kind.done
    if review.batch_id:
        facts |= {"batch_id": review.batch_id, "grade": records.Grade.HAND}
    return new_case(kind, grade.person, review.unit, on=_approval(review), **facts)


def _steps(grades: Sequence[ReviewGrade]) -> Iterable[Step]:
    """Reviewed at the meeting, registered on approval."""
    kind = kind_with("registration")
    for grade in grades:
        days = []
        if grade.grade in REVIEWED:
            days.append((kind.stages[0], grade.review.held_on))
        if grade.is_registered:
            days.append((kind.done, _approval(grade.review)))
        yield from (Step(member_case=grade.member_case, stage=stage, on=on) for stage, on in days)


def _approval(review: BranchReview) -> dt.date:
    """The day of approval, which every review has that registers anybody."""
    return cast(dt.date, review.decided_on)
