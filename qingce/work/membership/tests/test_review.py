"""Everybody stands at “qualified”; only exceptions are touched; registration follows from approval."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.league.organisations.stays import end_stay
from qingce.league.standing.eligibility import restrict
from qingce.ledger.records.models import Issue, State
from qingce.work.membership.models import BranchReview, Grade, MemberCase
from qingce.work.membership.reviews import actions as review
from qingce.work.membership.reviews import reading as review_reading
from qingce.work.membership.reviews.guards import Meeting
from qingce.work.membership.tests.moves_county import County

OPENS, HELD, TODAY = dt.date(2024, 11, 25), dt.date(2024, 12, 3), dt.date(2024, 12, 5)


@pytest.fixture
def issue(moves: County) -> Issue:
    return review.open_review(
        moves.units["district"],
        year=2024,
        opens_on=OPENS,
        due_on=dt.date(2025, 1, 20),
        by=moves.users["林书记"],
    )


def meeting(stays: list[Membership], *, present: int | None = None, **exceptions: Any) -> Meeting:
    """Everybody qualified, but for `excellent=2` and the like, taken from the front."""
    grades = {stay.person_id: review_reading.usual_grade(stay).value for stay in stays}
    turn = iter(stays)
    for grade, number in exceptions.items():
        for _time in range(number):
            grades[next(turn).person_id] = grade
    notes = {key: "赴外地实习" for key, grade in grades.items() if grade == Grade.DEFERRED}
    return Meeting(HELD, len(stays) if present is None else present, grades, notes)


def handed_up(moves: County, issue: Issue, said: Meeting) -> BranchReview:
    return review.hand_up(issue, moves.units["community"], said, on=TODAY, by=moves.users["周支书"])


@pytest.mark.parametrize(
    ("members", "present", "allowed"),
    [
        (9, 6, False),
        (9, 7, True),
        (3, 2, False),
        (3, 3, True),
        (10, 6, False),
        (10, 7, True),
    ],
)
def test_more_than_two_thirds_attend(
    moves: County, issue: Issue, members: int, present: int, allowed: bool
) -> None:
    said = meeting(moves.members("community", members), present=present)
    if allowed:
        assert handed_up(moves, issue, said).entitled == members
    else:
        with pytest.raises(Refused, match="too few"):
            handed_up(moves, issue, said)


def test_nobody_attends_who_is_not_due(moves: County, issue: Issue) -> None:
    with pytest.raises(Refused, match="more than the 4 due"):
        handed_up(moves, issue, meeting(moves.members("community", 4), present=5))


@pytest.mark.parametrize(
    ("members", "excellent", "allowed"),
    [(10, 3, True), (10, 4, False), (9, 2, True), (9, 3, False), (3, 0, True), (3, 1, False), (20, 6, True),
     (20, 7, False)],
)  # fmt: skip
def test_at_most_three_in_ten_are_excellent(
    moves: County, issue: Issue, members: int, excellent: int, allowed: bool
) -> None:
    said = meeting(moves.members("community", members), excellent=excellent)
    if allowed:
        handed_up(moves, issue, said)
    else:
        with pytest.raises(Refused, match="graded excellent"):
            handed_up(moves, issue, said)


def test_those_not_reviewed_do_not_widen_the_limit(moves: County, issue: Issue) -> None:
    said = meeting(moves.members("community", 10), excellent=3, deferred=1)
    with pytest.raises(Refused, match="of 9 reviewed, 2 may be"):
        handed_up(moves, issue, said)


@pytest.mark.parametrize(
    ("grade", "registered", "stages"),
    [
        (Grade.EXCELLENT, True, ["reviewed", "approved"]),
        (Grade.QUALIFIED, True, ["reviewed", "approved"]),
        (Grade.BASIC, True, ["reviewed", "approved"]),
        (Grade.UNQUALIFIED, False, ["reviewed"]),
        (Grade.DEFERRED, False, None),
    ],
)
def test_basically_qualified_or_better_are_registered(
    moves: County, issue: Issue, grade: Grade, registered: bool, stages: list[str] | None
) -> None:
    stays = moves.members("community", 4 if grade != Grade.EXCELLENT else 10)
    given = handed_up(moves, issue, meeting(stays, **{grade.value: 1}))
    review.approve(given, on=TODAY, by=moves.users["柳干事"])
    case = MemberCase.objects.filter(person=stays[0].person).first()
    assert (case is not None) is (stages is not None)
    if case is not None:
        assert [step.stage for step in case.steps.all()] == stages
        assert case.state == State.CONFIRMED
        assert (case.stage == "approved") is registered


def test_party_members_are_registered_without_review(moves: County, issue: Issue) -> None:
    party = moves.member("community", political_status="中共党员")
    given = handed_up(moves, issue, meeting([party, *moves.members("community", 3)]))
    assert given.grades.get(person=party.person).grade == Grade.WITHOUT
    review.approve(given, on=TODAY, by=moves.users["柳干事"])
    assert [s.stage for s in MemberCase.objects.get(person=party.person).steps.all()] == ["approved"]


def test_others_are_not_registered_without_review(moves: County, issue: Issue) -> None:
    with pytest.raises(Refused, match="Only Party members"):
        handed_up(moves, issue, meeting(moves.members("community", 4), without=1))


def test_who_is_on_probation_is_not_due_and_not_excellent(moves: County, issue: Issue) -> None:
    stays = moves.members("community", 10)
    restrict(
        stays[0].person, moves.units["community"], ["vote", "excellent"], since=dt.date(2024, 9, 1),
        until=dt.date(2025, 3, 1), because="留团察看", by=moves.users["林书记"],
    )  # fmt: skip
    assert review_reading.due_to_attend(moves.units["community"], on=HELD) == 9
    with pytest.raises(Refused, match="cannot be graded excellent"):
        handed_up(moves, issue, meeting(stays, present=9, excellent=1))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"held_on": dt.date(2024, 11, 24)}, "lies between"),
        ({"held_on": dt.date(2024, 12, 6)}, "lies between"),
        ({"drop": 1}, "Without a grade"),
        ({"add": 999999}, "not a member of the branch"),
        ({"word": "splendid"}, "is no grade"),
        ({"deferred": True}, "Say why"),
    ],
)
def test_a_review_that_cannot_be_is_refused(
    moves: County, issue: Issue, change: dict[str, Any], sentence: str
) -> None:
    stays = moves.members("community", 4)
    said = meeting(stays)
    grades = dict(said.grades)
    if "drop" in change:
        grades.pop(stays[0].person_id)
    if "add" in change:
        grades[change["add"]] = Grade.QUALIFIED
    if "word" in change:
        grades[stays[0].person_id] = change["word"]
    if "deferred" in change:
        grades[stays[0].person_id] = Grade.DEFERRED
    with pytest.raises(Refused, match=sentence):
        handed_up(moves, issue, Meeting(change.get("held_on", HELD), 4, grades))
    assert not BranchReview.objects.exists()


def test_who_has_left_since_the_meeting_needs_no_grade(moves: County, issue: Issue) -> None:
    stays = moves.members("community", 4)
    end_stay(stays[0], on=dt.date(2024, 12, 4), because="就业", by=None)
    said = meeting(stays[1:])
    assert handed_up(moves, issue, said).grades.count() == 3


def test_a_branch_answers_once_and_a_returned_review_anew(moves: County, issue: Issue) -> None:
    stays = moves.members("community", 4)
    given = handed_up(moves, issue, meeting(stays))
    with pytest.raises(Refused, match="already"):
        handed_up(moves, issue, meeting(stays))
    review.send_back(given, because="请补充意见", on=TODAY, by=moves.users["柳干事"])
    again = handed_up(moves, issue, meeting(stays, unqualified=1))
    assert (again.pk, again.grades.count()) == (given.pk, 4)


def test_who_hands_up_does_not_approve_and_nothing_is_registered_twice(moves: County, issue: Issue) -> None:
    stays = moves.members("community", 4)
    by = moves.users["柳干事"]
    given = review.hand_up(issue, moves.units["community"], meeting(stays), on=TODAY, by=by)
    with pytest.raises(Refused, match="does not approve it"):
        review.approve(given, on=TODAY, by=by)
    assert len(review.approve(given, on=TODAY, by=moves.users["林书记"])) == 4
    with pytest.raises(Refused, match="cannot be done now"):
        review.approve(given, on=TODAY, by=moves.users["林书记"])
    assert MemberCase.objects.count() == 4


def test_coverage_says_who_has_not_answered(moves: County, issue: Issue) -> None:
    given = handed_up(moves, issue, meeting(moves.members("community", 4)))
    within = type(moves.units["street"]).objects.beneath(moves.units["district"], day=TODAY)
    seen = review_reading.coverage(issue, within=within, on=TODAY)
    assert (seen.expected, seen.approved, [one.unit.code for one in seen.waiting]) == (4, 0, ["q11"])
    assert {unit.code for unit in seen.unanswered} == {"q12", "q21", "q22"}
    assert [one.pk for one in review_reading.asked_of(moves.units["class"], on=TODAY)] == [issue.pk]
    review.approve(given, on=TODAY, by=moves.users["柳干事"])
    assert review_reading.coverage(issue, within=within, on=TODAY).approved == 1
    assert review_reading.asked_of(moves.units["community"], on=TODAY) == []


@pytest.mark.parametrize(
    ("opens", "year"),
    [
        (dt.date(2024, 11, 25), 2024),
        (dt.date(2025, 1, 3), 2024),
        (dt.date(2025, 2, 28), 2024),
        (dt.date(2025, 3, 1), 2025),
    ],
)
def test_the_year_reviewed_follows_from_the_opening(opens: dt.date, year: int) -> None:
    assert review_reading.year_reviewed(opens) == year


def test_a_year_is_opened_once(moves: County, issue: Issue) -> None:
    with pytest.raises(Refused, match="opened already"):
        review.open_review(
            moves.units["district"], year=2024, opens_on=OPENS, due_on=TODAY, by=moves.users["林书记"]
        )


def test_approval_of_a_branch_costs_the_same_for_five_and_for_thirty(
    moves: County, issue: Issue, django_assert_max_num_queries
) -> None:
    given = handed_up(moves, issue, meeting(moves.members("community", 30)))
    with django_assert_max_num_queries(30):
        review.approve(given, on=TODAY, by=moves.users["柳干事"])
    assert MemberCase.objects.count() == 30
