"""A yearly review that comes by spreadsheet is judged like one from the page and leaves the same behind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qingce.foundation.accounts.models import User
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Membership, Post, Unit
from qingce.league.organisations.tests.books import (
    book,
    counts,
    id_number,
    imported,
    refusals,
    remarks,
    small_county,
)
from qingce.league.people.models import Person
from qingce.league.standing.eligibility import restrict
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import Issue, State
from qingce.work.membership.models import BranchReview, MemberCase, ReviewGrade
from qingce.work.membership.reviews import actions as review
from qingce.work.membership.reviews.guards import Meeting
from qingce.work.membership.reviews.scoring import score
from qingce.work.membership.reviews.scoring_sheets import sheet_for

pytestmark = pytest.mark.django_db

HELD, UP, APPROVED = dt.date(2023, 12, 4), dt.date(2023, 12, 6), dt.date(2023, 12, 12)


@pytest.fixture(autouse=True)
def county(settings: Any) -> dict[str, Unit]:
    settings.LANGUAGE_CODE = "en"
    units = small_county()
    by = User.objects.create_user("qing")
    opens, due = dt.date(2023, 11, 20), dt.date(2024, 1, 31)
    review.open_review(units["demo"], year=2023, opens_on=opens, due_on=due, by=by)
    return units


def officer(name: str, at: str, role: str) -> User:
    user = User.objects.create_user(name, name=name)
    person = Person.objects.create(name=name, user=user)
    Post.objects.create(person=person, unit=Unit.objects.get(code=at), role=role, since=dt.date(2020, 1, 1))
    return user


def members(number: int, *, at: str = "X1B1", first: int = 1, **facts: Any) -> list[Membership]:
    """So many members of a branch, with ID numbers."""
    stays = []
    for serial in range(first, first + number):
        card = id_number(serial=serial)
        person = Person.objects.create(
            name=f"张小{serial}", id_number=card, id_digest=digest(card), born_on=dt.date(2007, 5, 4), **facts
        )
        unit = Unit.objects.get(code=at)
        stays.append(Membership.objects.create(person=person, unit=unit, since=dt.date(2022, 9, 1)))
    return stays


def rows(stays: list[Membership], *, grades: str = "", **cells: Any) -> list[dict[str, Any]]:
    """A row for each stay; `grades` names those that are not qualified, from the front."""
    words = {"E": "优秀", "B": "基本合格", "U": "不合格", "W": "免评议注册", "D": "未参加评议", "Q": "合格"}
    told = {"年度": 2023, "评议会日期": HELD, "实到人数": len(stays), "上报日期": UP, "批准日期": APPROVED}
    return [
        {
            **told,
            "组织编码": stay.unit.code,
            "姓名": stay.person.name,
            "身份证号": stay.person.id_number.reveal(),
            "评议等次": words[grades[place]] if place < len(grades) else "合格",
            **cells,
        }
        for place, stay in enumerate(stays)
    ]


def left_behind(unit: Unit) -> dict[str, Any]:
    """Everything that a review leaves of a branch, without keys, numbers and names."""
    given = BranchReview.objects.get(unit=unit)
    graded = [
        (one.grade, one.note, _of_case(one.member_case))
        for one in given.grades.order_by("person__id_digest", "grade", "note").select_related("member_case")
    ]
    facts = (given.held_on, given.entitled, given.present, given.opinions, given.stage)
    return {"review": (*facts, given.handed_up_on, given.decided_on), "grades": sorted(graded, key=str)}


def _of_case(case: MemberCase | None) -> Any:
    if case is None:
        return None
    steps = [(step.stage, step.on) for step in case.steps.order_by("on", "pk")]
    what = (case.kind, case.stage, case.state, case.happened_on, case.reason)
    return (*what, case.unit.path(day=case.happened_on) == case.place, case.carried_on_by(), steps)


def test_page_and_sheet_leave_the_same_behind(county: dict[str, Unit], tmp_path: Path) -> None:
    here, there = members(10), members(10, at="X1B2", first=11)
    for stay in (here[4], there[4]):
        stay.person.political_status = "中共党员"
        stay.person.save()
    grades = ["excellent", "basic", "unqualified", "deferred", "without", *["qualified"] * 5]
    said = Meeting(
        held_on=HELD,
        present=9,
        grades={stay.person_id: grade for stay, grade in zip(here, grades, strict=True)},
        notes={here[3].person_id: "在外地实习"},
        opinions="多到社区报到",
    )
    up, above = User.objects.create_user("zhi"), User.objects.create_user("jie")
    given = review.hand_up(Issue.objects.get(), county["X1B1"], said, on=UP, by=up)
    review.approve(given, on=APPROVED, by=above)

    told = rows(there, grades="EBUDW", 实到人数=9, 意见建议="多到社区报到")
    told[3]["备注"] = "在外地实习"
    assert counts(imported(book(tmp_path, 年度团籍注册=told))) == (10, 0, 0)

    assert left_behind(county["X1B2"]) == left_behind(county["X1B1"])
    assert len(left_behind(county["X1B2"])["grades"]) == 10
    assert MemberCase.objects.counted().filter(stage="approved", unit=county["X1B2"]).count() == 8


def test_the_same_file_twice_makes_no_duplicates(tmp_path: Path) -> None:
    told = rows(members(4))
    imported(book(tmp_path, 年度团籍注册=told))
    assert counts(imported(book(tmp_path, 年度团籍注册=told))) == (0, 0, 4)
    assert (BranchReview.objects.count(), ReviewGrade.objects.count(), MemberCase.objects.count()) == (
        1,
        4,
        4,
    )


def test_units_members_issue_and_review_come_in_one_file(tmp_path: Path) -> None:
    unit = {"组织编码": "X1B3", "组织全称": "青河中学高一3班团支部", "简称": "高一3班", "组织类别": "团支部",
            "领域": "普通高中", "上级组织编码": "X1", "成立日期": dt.date(2022, 9, 1)}  # fmt: skip
    who = [{"姓名": f"王小{n}", "身份证号": id_number(serial=n)} for n in (1, 3, 5)]
    joined = {
        "所在团组织编码": "X1B3",
        "入团时间": dt.date(2022, 5, 4),
        "进入本支部时间": dt.date(2022, 9, 1),
    }
    met = {"年度": 2023, "组织编码": "X1B3", "评议会日期": HELD, "实到人数": 3, "上报日期": UP}
    told = [{**met, **one, "评议等次": "合格", "批准日期": APPROVED} for one in who]
    sheets = {"组织": [unit], "花名册": [{**one, **joined} for one in who]}
    assert any("Without a grade: 王小5" in one for one in refusals(book(tmp_path, **sheets, 评议=told[:2])))
    imported(book(tmp_path, **sheets, 评议=told))
    assert MemberCase.objects.counted().filter(unit__code="X1B3", stage="approved").count() == 3


def test_what_was_handed_up_is_approved_by_a_later_file(tmp_path: Path) -> None:
    stays = members(4)
    imported(book(tmp_path, 年度团籍注册=rows(stays, 批准日期=None)))
    assert BranchReview.objects.get().stage == "handed_up"
    assert not MemberCase.objects.exists()
    assert counts(imported(book(tmp_path, 年度团籍注册=rows(stays)))) == (0, 4, 0)
    assert (BranchReview.objects.get().decided_on, MemberCase.objects.count()) == (APPROVED, 4)
    # What a later file leaves out is not taken back.
    assert counts(imported(book(tmp_path, 年度团籍注册=rows(stays, 批准日期=None)))) == (0, 0, 4)
    assert BranchReview.objects.get().stage == "approved"


def test_a_returned_review_is_answered_anew_by_a_file(tmp_path: Path) -> None:
    stays = members(4)
    imported(book(tmp_path, 年度团籍注册=rows(stays, 批准日期=None)))
    review.send_back(BranchReview.objects.get(), because="请补意见", on=UP, by=User.objects.get())
    again = rows(stays, grades="U", 意见建议="已补")
    assert counts(imported(book(tmp_path, 年度团籍注册=again))) == (0, 4, 0)
    given = BranchReview.objects.get()
    assert (given.stage, given.opinions) == ("approved", "已补")
    assert sorted(given.grades.values_list("grade", flat=True)) == ["qualified"] * 3 + ["unqualified"]
    assert MemberCase.objects.count() == 4


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"评议会日期": dt.date(2023, 11, 19)}, "Day of the meeting", "lies between"),
        ({"评议会日期": dt.date(2023, 12, 7)}, "Day of the meeting", "lies between"),
        ({"批准日期": dt.date(2023, 12, 5)}, "Approved on", "was handed up before"),
        ({"上报日期": dt.date(2199, 1, 1), "批准日期": None}, "Handed up on", "in the future"),
        ({"实到人数": 6}, "Present", "6 of 9 attended, which is too few"),
        ({"实到人数": 10}, "Present", "more than the 9 due"),
        ({"年度": 2022}, "Year", "No yearly review of 2022"),
    ],
)
def test_what_is_said_of_the_meeting_is_refused_at_its_column(
    tmp_path: Path, change: dict[str, Any], column: str, sentence: str
) -> None:
    found = refusals(book(tmp_path, 年度团籍注册=rows(members(9), **change)))
    assert any(f"row 2, “{column}”" in one and sentence in one for one in found), found
    assert not BranchReview.objects.exists()
    assert not MemberCase.objects.exists()


@pytest.mark.parametrize(
    ("number", "cells", "column", "sentence"),
    [
        (0, {"评议等次": "免评议注册"}, "Grade of the review", "Only Party members"),
        (3, {"评议等次": "未参加评议"}, "Why not reviewed", "Say why 张小4 is not reviewed"),
        (2, {"评议等次": "很好"}, "Grade of the review", "很好"),
        (5, {"姓名": "李四"}, "Name", "under another name"),
        (4, {"实到人数": 8}, "Present", "Row 2 says otherwise"),
        (4, {"批准日期": None}, "Approved on", "Row 2 says otherwise"),
        (8, {"身份证号": id_number(serial=77), "姓名": "王五"}, "Name", "not a member of the branch"),
    ],
)
def test_what_is_said_of_a_member_is_refused_at_its_row(
    tmp_path: Path, number: int, cells: dict[str, Any], column: str, sentence: str
) -> None:
    told = rows(members(9))
    told[number] |= cells
    told = [{**row, "备注": row.get("备注", "")} for row in told]
    found = refusals(book(tmp_path, 年度团籍注册=told))
    assert any(f"row {number + 2}, “{column}”" in one and sentence in one for one in found), found
    assert not BranchReview.objects.exists()


def test_a_branch_comes_whole(tmp_path: Path) -> None:
    stays = members(9)
    found = refusals(book(tmp_path, 年度团籍注册=rows(stays)[:8]))
    assert any("Without a grade: 张小9" in one for one in found)


@pytest.mark.parametrize(
    ("grades", "sentence"),
    [("EEE", ""), ("EEEE", "of 10 reviewed, 3 may be"), ("EEED", "of 9 reviewed, 2 may be")],
)
def test_at_most_three_in_ten_of_those_reviewed_are_excellent(
    tmp_path: Path, grades: str, sentence: str
) -> None:
    told = rows(members(10), grades=grades, 备注="在外地实习")
    path = book(tmp_path, 年度团籍注册=told)
    if sentence:
        assert any(sentence in one for one in refusals(path))
    else:
        imported(path)
        assert ReviewGrade.objects.filter(grade="excellent").count() == 3


def test_who_is_barred_is_refused_at_the_own_row(county: dict[str, Unit], tmp_path: Path) -> None:
    stays = members(10)
    restrict(
        stays[1].person, county["X1B1"], ["excellent"], since=dt.date(2023, 9, 1),
        until=dt.date(2024, 3, 1), because="警告", by=User.objects.get(),
    )  # fmt: skip
    [one] = refusals(book(tmp_path, 年度团籍注册=rows(stays, grades="EE")))
    assert "张小2 cannot be graded excellent" in one
    assert "3" in one


def test_a_negative_item_overrides_the_grade_of_a_sheet_too(county: dict[str, Unit], tmp_path: Path) -> None:
    stays = members(4)
    sheet = sheet_for(stays[1].unit)
    points = {code: item.most for code, item in sheet.items.items()}
    by, issue = User.objects.get(username="qing"), Issue.objects.get()
    score(issue, stays[1], points, list(sheet.negative)[:1], on=HELD, by=by)

    [one] = refusals(book(tmp_path, 年度团籍注册=rows(stays)))
    assert "An item of the negative list holds for 张小2" in one
    assert "3" in one
    imported(book(tmp_path, 年度团籍注册=rows(stays, grades="QU")))
    assert ReviewGrade.objects.get(person=stays[1].person).grade == "unqualified"


def test_one_wrong_branch_keeps_the_whole_file_out(tmp_path: Path) -> None:
    good, bad = rows(members(4)), rows(members(4, at="X1B2", first=11), 实到人数=1)
    assert len(refusals(book(tmp_path, 年度团籍注册=[*good, *bad]))) == 1
    assert not BranchReview.objects.exists()


def test_another_answer_of_the_same_branch_is_refused(tmp_path: Path) -> None:
    stays = members(4)
    imported(book(tmp_path, 年度团籍注册=rows(stays)))
    [one] = refusals(book(tmp_path, 年度团籍注册=rows(stays, grades="U")))
    assert "has handed up its review already" in one


def test_a_member_graded_twice_is_refused(tmp_path: Path) -> None:
    told = rows(members(4))
    assert refusals(book(tmp_path, 年度团籍注册=[*told, told[0]]))


def test_the_number_due_is_the_registers(tmp_path: Path) -> None:
    path = book(tmp_path, 年度团籍注册=rows(members(4), 应到人数=7, 实到人数=3))
    assert any("4 are due to attend" in one for one in remarks(path))
    imported(path)
    assert BranchReview.objects.get().entitled == 4


def test_who_may_not_approve_on_the_page_may_not_by_a_sheet(tmp_path: Path) -> None:
    keeper, teacher = officer("系统", "demo", "system_administrator"), officer("何", "X1", "body_officer")
    stays = members(4)
    assert any("approved by the body above" in one for one in _refused(tmp_path, rows(stays), keeper))
    imported(book(tmp_path, 年度团籍注册=rows(stays, 批准日期=None)), by=teacher)
    assert any("a colleague does" in one for one in _refused(tmp_path, rows(stays), teacher))
    colleague = officer("林", "demo", "district_secretary")
    imported(book(tmp_path, 年度团籍注册=rows(stays)), by=colleague)
    given = BranchReview.objects.get()
    assert (given.handed_up_by, given.decided_by) == (teacher, colleague)


def _refused(tmp_path: Path, told: list[dict[str, Any]], by: User) -> list[str]:
    return refusals(book(tmp_path, 年度团籍注册=told), by=by)


def test_registrations_of_a_sheet_are_carried_on_from_the_review(tmp_path: Path) -> None:
    imported(book(tmp_path, 年度团籍注册=rows(members(4))))
    with pytest.raises(Refused, match="its own page"):
        ledger.void(MemberCase.objects.first(), because="重复", by=User.objects.get())
    case = MemberCase.objects.first()
    assert case is not None
    assert (case.state, case.grade) == (State.CONFIRMED, "hand")
    step = {"登记号": case.number, "进展": "已批准", "日期": dt.date(2023, 12, 20)}
    assert any("step by step" in one for one in refusals(book(tmp_path, 进展=[step])))


def test_minutes_of_a_review_without_a_name_are_printed(tmp_path: Path, client: Any) -> None:
    imported(book(tmp_path, 年度团籍注册=rows(members(4))))
    client.force_login(officer("林", "demo", "district_secretary"))
    address = reverse("review-minutes", args=[Issue.objects.get().pk, "X1B1"])
    shown = client.get(address).content.decode()
    assert "Handed up on" in shown
    assert "Filled in by" not in shown
    assert "张小4" in shown


def test_queries_do_not_grow_with_branches_and_members(county: dict[str, Unit], tmp_path: Path) -> None:
    few = book(tmp_path, 年度团籍注册=rows(members(4)))
    unit = Unit.objects.create(code="X1B3", name="高一3班", short_name="高一3班", kind="branch",
                               domain="senior_middle", founded_on=dt.date(2015, 9, 1))  # fmt: skip
    place([(unit, county["X1"])])
    two = [*members(40, at="X1B2", first=11), *members(40, at="X1B3", first=61)]
    many = book(tmp_path, 年度团籍注册=[*rows(two[:40]), *rows(two[40:])])
    with CaptureQueriesContext(connection) as first:
        imported(few)
    with CaptureQueriesContext(connection) as second:
        imported(many)
    assert MemberCase.objects.count() == 84
    assert len(second) <= len(first)
