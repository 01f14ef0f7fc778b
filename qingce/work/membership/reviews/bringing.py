"""Saving the answers of a sheet as the verbs of the page do, for any number of branches at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from qingce.foundation.audit.telling import Told, tell_many
from qingce.ledger.records.models import Issue
from qingce.work.membership.models import BranchReview
from qingce.work.membership.reviews.answers import Answer
from qingce.work.membership.reviews.registering import answered, keep_grades, register

DECISION = ["stage", "decided_on", "decided_by"]
ANSWER = ["held_on", "present", "opinions", "entitled", "handed_up_on", "handed_up_by", "batch", *DECISION]


def bring(answers: Sequence[Answer], *, by: Any, batch: Any) -> None:
    """Hand up what is new and approve what the sheet says is approved. Called inside `telling()`."""
    new = [(_review(answer, by, batch), answer) for answer in answers if not answer.is_told_already]
    known = [(answer.held, answer) for answer in answers if answer.is_told_already and answer.held]
    decided = [(review, answer) for review, answer in (*new, *known) if answer.is_decided_now]
    if new:
        _hand_up(new, by)
    if decided:
        _approve(decided, by)


def _review(answer: Answer, by: Any, batch: Any) -> BranchReview:
    """The review as the branch hands it up; whose hand it was is known of those that still wait alone."""
    review = answer.held or BranchReview(issue=cast(Issue, answer.issue), unit=answer.branch.unit)
    review.batch, review.decided_on, review.decided_by = batch, None, None
    hand, day = (by if answer.decided_on is None else None), answer.first["handed_up_on"]
    return answered(review, answer.meeting, due=answer.branch.due, on=day, by=hand)


def _hand_up(pairs: Sequence[tuple[BranchReview, Answer]], by: Any) -> None:
    BranchReview.objects.bulk_create([review for review, _answer in pairs if review.pk is None])
    BranchReview.objects.bulk_update([review for review, answer in pairs if answer.held], ANSWER)
    keep_grades([(review, answer.meeting) for review, answer in pairs])
    tell_many(
        Told.REVIEW_HANDED_UP,
        [
            (str(one.unit), one.unit.code, {"present": one.present, "entitled": one.entitled}, None)
            for one, _answer in pairs
        ],
        by=by,
    )


def _approve(pairs: Sequence[tuple[BranchReview, Answer]], by: Any) -> None:
    reviews = [review for review, _answer in pairs]
    for review, answer in pairs:
        review.stage, review.decided_on = BranchReview.Stage.APPROVED, answer.decided_on
        review.decided_by = by
    BranchReview.objects.bulk_update(reviews, DECISION)
    registered: dict[int, int] = {review.unit_id: 0 for review in reviews}
    for case in register(reviews, by=by):
        registered[case.unit_id] += case.stage == case.kind_of_work.done
    things = [
        (str(one.unit), one.unit.code, {"registered": registered[one.unit_id]}, None) for one in reviews
    ]
    tell_many(Told.REVIEW_APPROVED, things, by=by)
