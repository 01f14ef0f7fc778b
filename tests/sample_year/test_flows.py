"""What the sample year tells of members went through the flows: records and register tell one story."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Exists, F, OuterRef

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.league.organisations.models import Membership, Unit
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period
from qingce.work.membership.models import BranchReview, MemberCase, ReviewGrade, Step
from qingce.work.membership.reviews.actions import check
from qingce.work.membership.reviews.guards import Meeting

LEAVING = [kind.code for kind in taxonomy().with_part("leaving")]


@pytest.mark.parametrize("year", [2022, 2023])
def test_members_are_registered_by_reviews_of_their_branches(root: Unit, year: int) -> None:
    figure = Figure(indicators()["registered_members"], root, Period.year(year))
    cases = MemberCase.objects.counted().filter(registration__review__issue__year=year, stage="approved")

    assert figure.value == 152
    assert cases.count() == 152
    assert not MemberCase.objects.filter(kind="yearly_registration", registration=None).exists()


def test_every_review_passes_the_guards_of_the_page(root: Unit) -> None:
    reviews = BranchReview.objects.select_related("issue", "unit").prefetch_related("grades")

    assert Counter(one.stage for one in reviews) == {"approved": 51, "handed_up": 3}
    for one in reviews:
        grades = {grade.person_id: grade.grade for grade in one.grades.all()}
        notes = {grade.person_id: grade.note for grade in one.grades.all()}
        said = Meeting(one.held_on, one.present, grades, notes)
        assert check(one.issue, one.unit, said, on=one.handed_up_on).due == one.entitled


def test_what_waits_for_approval_registers_nobody(root: Unit) -> None:
    waiting = ReviewGrade.objects.filter(review__stage="handed_up")

    assert waiting.count() > 10
    assert not waiting.exclude(member_case=None).exists()


def test_every_member_placed_left_one_branch_and_came_to_the_other_that_day(root: Unit) -> None:
    placed = Step.objects.filter(stage="placed").annotate(
        left=F("member_case__stay_ended__until"), came=F("member_case__stay_begun__since")
    )

    assert placed.count() == 107
    assert not placed.exclude(on=F("left"), came=F("left")).exists()
    wrong = placed.exclude(
        member_case__stay_ended__unit=F("member_case__unit"),
        member_case__stay_begun__unit=F("member_case__to_unit"),
        member_case__stay_ended__ended_because=F("member_case__reason"),
    )
    assert not wrong.exists()


def test_everybody_who_left_is_told_of_once_by_a_record_and_by_the_register(root: Unit) -> None:
    left = MemberCase.objects.counted().filter(kind__in=LEAVING)
    labels = [taxonomy().kinds[code].label for code in LEAVING]
    told = left.filter(stay_ended=OuterRef("pk"))
    stays = Membership.objects.filter(ended_because__in=labels).annotate(told=Exists(told))

    assert left.count() == stays.count() == 106
    assert stays.filter(told=True).count() == 106
    assert not left.exclude(steps__stage="approved", steps__on=F("stay_ended__until")).exists()


def test_lapse_resignation_and_removal_keep_what_the_meeting_decided(root: Unit) -> None:
    cases = MemberCase.objects.filter(matter__isnull=False).select_related("matter")

    assert {case.kind for case in cases} == {"lapse_exit", "member_resignation", "member_removal"}
    for case in cases:
        matter = case.matter
        assert matter.grounds
        assert matter.entitled >= matter.present >= matter.in_favour > matter.present / 2
        assert bool(matter.heard) == ("heard" in case.kind_of_work.stages)
        assert bool(matter.ground and matter.since) == (case.kind == "lapse_exit")


def test_the_files_of_members_again_change_nothing(root: Unit, workbooks: list[str], capsys: Any) -> None:
    before = _everything()
    call_command("import", *(path for path in workbooks if "团员管理" in path))

    assert _everything() == before


def _everything() -> list[Any]:
    tables = (MemberCase, Step, BranchReview, ReviewGrade, Membership)
    return [sorted(model.objects.values_list(), key=str) for model in tables]
