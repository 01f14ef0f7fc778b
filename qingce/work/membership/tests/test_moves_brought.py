"""What the pages leave behind of a move, a spreadsheet beside the register leaves behind too."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from qingce.foundation.privacy.fields import digest
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Membership
from qingce.league.organisations.stays import end_stay, move_stay
from qingce.league.organisations.tests.books import book, counts, id_number, imported, refusals, remarks
from qingce.league.people.life import life_of
from qingce.league.people.models import Person
from qingce.work.membership.discipline import actions as discipline
from qingce.work.membership.discipline.actions import Proposal
from qingce.work.membership.leaving.actions import confirm_leaving
from qingce.work.membership.models import MemberCase
from qingce.work.membership.stepping import kind_with
from qingce.work.membership.tests.moves_county import JUNE, County
from qingce.work.membership.transfers import actions as transfer
from qingce.work.membership.transfers.guards import Plan

DAY = dt.timedelta(days=1)
PLACED = JUNE + 3 * DAY


def carded(stay: Membership, serial: int, born: str = "20060301") -> Membership:
    """The same member, with an ID number."""
    stay.person.id_number = id_number(born, serial)
    stay.person.id_digest = digest(id_number(born, serial))
    stay.person.save()
    return stay


def row(kind: str, stay: Membership, **cells: Any) -> dict[str, Any]:
    person = stay.person
    who = {"姓名": person.name, "身份证号": person.id_number.reveal(), "组织编码": stay.unit.code}
    return {"登记号": "TG-1", "类别": kind, **who, "日期": JUNE, **cells}


def steps(**days: dt.date) -> list[dict[str, Any]]:
    return [{"登记号": "TG-1", "进展": stage, "日期": day} for stage, day in days.items()]


def told(case: MemberCase) -> dict[str, Any]:
    """Everything that is told of a case, without keys, numbers and names."""
    case = MemberCase.objects.get(pk=case.pk)
    parts = {}
    for part in ("transfer", "matter"):
        if hasattr(case, part):
            fields = getattr(case, part)._meta.concrete_fields
            parts[part] = {
                one.name: getattr(getattr(case, part), one.attname) for one in fields if not one.primary_key
            }
            parts[part].pop("due_on", None)  # of a transfer under way; the steps come after the case
    columns = ("kind", "stage", "state", "happened_on", "reason", "unit_id", "to_unit_id", "place")
    stays = [
        one and (one.unit.code, one.since, one.until, one.ended_because)
        for one in (case.stay_ended, case.stay_begun)
    ]
    walked = list(case.steps.order_by("on", "pk").values_list("stage", "on"))
    return {**{name: getattr(case, name) for name in columns}, **parts, "stays": stays, "steps": walked}


def line(moves: County, person: Person) -> list[tuple[dt.date, str, str]]:
    """The member's time line as the district's secretary reads it."""
    events = life_of(person, Reach(moves.users["林书记"], on=PLACED))
    return [(event.day, event.what, event.where) for event in events]


def transferred(moves: County, stay: Membership) -> MemberCase:
    """On the pages, from the class into the firm."""
    by = moves.users
    plan = Plan("work", "employer", moves.units["firm"], graduate=True)
    case = transfer.start(stay, plan, on=JUNE, by=by["陈支书"])
    transfer.submit(case, on=JUNE, by=by["陈支书"])
    transfer.let_go(case, on=JUNE + DAY, by=by["河老师"])
    transfer.take_in(case, on=JUNE + 2 * DAY, by=by["柳干事"])
    return transfer.place(case, branch=moves.units["firm"], on=PLACED, by=by["柳干事"])


def test_a_transfer_from_the_pages_and_one_from_a_sheet_tell_the_same(moves: County, tmp_path: Path) -> None:
    here = carded(moves.member("class"), 1)
    there = carded(moves.member("class"), 3)
    page = transferred(moves, here)
    move_stay(there, moves.units["firm"], on=PLACED, because="就业", by=None)
    walked = steps(已提交=JUNE, 转出已同意=JUNE + DAY, 转入已同意=JUNE + 2 * DAY, 已编入支部=PLACED)
    sheet = [row("团组织关系转接", there, 转入组织编码="q12", 原因="参加工作")]
    imported(book(tmp_path, 团员管理=sheet, 进展=walked))

    brought = MemberCase.objects.get(source_key="TG-1")
    assert told(brought) == told(page)
    assert told(brought)["stays"] == [
        ("q22", dt.date(2022, 9, 1), PLACED, "就业"), ("q12", PLACED, None, ""),
    ]  # fmt: skip
    assert line(moves, there.person) == line(moves, here.person)
    assert Membership.objects.count() == 4  # two stays each: none doubled


def test_the_page_of_a_transfer_shows_the_stays(moves: County, client: Any) -> None:
    case = transferred(moves, moves.member("class"))
    client.force_login(moves.users["林书记"])
    shown = client.get(reverse("record", args=[case.number])).content.decode()
    assert "Stay ended" in shown
    assert "2022-09-01 — 2024-06-23" in shown


def test_a_body_that_takes_in_has_placed_in_a_branch_beneath(moves: County, tmp_path: Path) -> None:
    stay = carded(moves.member("class"), 1)
    begun = move_stay(stay, moves.units["community"], on=PLACED, because="未就业", by=None)
    imported(book(tmp_path, 团员管理=[row("团组织关系转接", stay, 转入组织编码="q1", 原因="未就业")]))
    case = MemberCase.objects.get()
    assert (case.stay_ended, case.stay_begun, case.transfer.goal) == (stay, begun, "residence")


@pytest.mark.parametrize(
    ("cells", "at", "ended"),
    [
        ({"进展": "已退回"}, "q12", False),  # never placed
        ({"日期": PLACED + DAY}, "q12", False),  # that stay was over before
        ({}, "q11", True),  # the register says another branch than the sheet
    ],
)
def test_what_did_not_happen_is_not_tied(
    moves: County, tmp_path: Path, cells: dict[str, Any], at: str, ended: bool
) -> None:
    stay = carded(moves.member("class"), 1)
    target = next(unit for unit in moves.units.values() if unit.code == at)
    move_stay(stay, target, on=PLACED, because="就业", by=None)
    told_row = {**row("团组织关系转接", stay, 转入组织编码="q12", 原因="就业"), **cells}
    imported(book(tmp_path, 团员管理=[told_row]))
    case = MemberCase.objects.get()
    assert (case.stay_ended is not None, case.stay_begun) == (ended, None)


def test_a_roster_that_comes_later_is_tied_when_the_file_comes_again(moves: County, tmp_path: Path) -> None:
    stay = carded(moves.member("class"), 1)
    path = book(tmp_path, 团员管理=[row("团组织关系转接", stay, 转入组织编码="q12", 原因="就业")])
    assert any("still counts this member" in one for one in remarks(path))
    imported(path)
    assert MemberCase.objects.get().stay_ended is None
    move_stay(stay, moves.units["firm"], on=PLACED, because="就业", by=None)
    assert not any("still counts" in one for one in remarks(path))
    assert counts(imported(path)) == (0, 0, 1)
    assert MemberCase.objects.get().stay_ended == stay


def test_leaving_at_28_from_page_and_sheet_tell_the_same(moves: County, tmp_path: Path) -> None:
    born = {"born": dt.date(1996, 6, 20)}
    here = carded(moves.member("community", **born), 1, "19960620")
    there = carded(moves.member("community", **born), 3, "19960620")
    [page] = confirm_leaving([here], on=JUNE, by=moves.users["柳干事"])
    end_stay(there, on=JUNE, because="超龄离团", by=None)
    imported(book(tmp_path, 团员管理=[row("超龄离团", there)], 进展=steps(已提名=JUNE, 已批准=JUNE)))
    assert told(MemberCase.objects.get(source_key="TG-1")) == told(page)
    assert line(moves, there.person) == line(moves, here.person)


LAPSE = {"未尽义务": "不交纳团费", "未尽义务起": dt.date(2023, 9, 1)}
VOTES = {"有表决权人数": 6, "到会人数": 5, "赞成票数": 4}


@pytest.mark.parametrize(
    ("part", "label", "cells"),
    [("lapse", "自行脱团", LAPSE), ("on_request", "申请退团", {}), ("struck_off", "除名", {})],
)
def test_other_leavings_from_page_and_sheet_tell_the_same(
    moves: County, tmp_path: Path, part: str, label: str, cells: dict[str, Any]
) -> None:
    members = moves.members("community", 6)
    here, there = carded(members[0], 1), carded(members[1], 3)
    page = _decided(moves, here, part)
    end_stay(there, on=PLACED, because=label, by=None)
    kind = kind_with(part)
    heard = {"本人意见": "没有意见"} if "heard" in kind.stages else {}
    sheet = [row(label, there, 原因="连续六个月", **heard, **VOTES, **cells)]
    words = {"put_to_meeting": "已提请支部大会", "applied": "已申请", "heard": "已听取本人意见"}
    days = {words.get(step.stage, "支部大会通过"): step.on for step in page.steps.exclude(stage="approved")}
    imported(book(tmp_path, 团员管理=sheet, 进展=steps(**days, 已批准=PLACED)))

    brought = MemberCase.objects.get(source_key="TG-1")
    assert told(brought) == told(page)
    assert brought.matter.entitled == 6
    assert line(moves, there.person) == line(moves, here.person)


def _decided(moves: County, stay: Membership, part: str) -> MemberCase:
    by = moves.users
    lapse = {"ground": "dues", "since": dt.date(2023, 9, 1)} if part == "lapse" else {}
    said = Proposal(grounds="连续六个月", **lapse)
    case = discipline.propose(stay, kind_with(part), said, on=JUNE, by=by["周支书"])
    if part != "on_request":
        discipline.hear(case, "没有意见", on=JUNE + DAY, by=by["周支书"])
    discipline.vote(case, present=5, in_favour=4, on=JUNE + 2 * DAY, by=by["周支书"])
    return discipline.approve(case, county=False, document="", on=PLACED, by=by["柳干事"])


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"到会人数": 7}, "7 present are more than the 6 entitled"),
        ({"赞成票数": 6}, "More voted in favour than were present"),
        ({"未尽义务": "不爱说话"}, "不爱说话"),
    ],
)
def test_votes_that_cannot_be_are_refused(
    moves: County, tmp_path: Path, cells: dict[str, Any], sentence: str
) -> None:
    stay = carded(moves.member("community"), 1)
    sheet = [{**row("自行脱团", stay, 原因="连续六个月", **VOTES, **LAPSE), **cells}]
    assert any(sentence in one for one in refusals(book(tmp_path, 团员管理=sheet)))
    assert not MemberCase.objects.exists()


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"到会人数": 3, "赞成票数": 3}, "3 of 6 were present"),
        ({"未尽义务起": dt.date(2024, 3, 1)}, "left it undone since"),
        ({"未尽义务": ""}, "Say what was left undone"),
    ],
)
def test_where_a_rule_is_broken_the_row_is_remarked_on_and_comes_in(
    moves: County, tmp_path: Path, cells: dict[str, Any], sentence: str
) -> None:
    stay = carded(moves.member("community"), 1)
    path = book(tmp_path, 团员管理=[{**row("自行脱团", stay, 原因="连续六个月", **VOTES, **LAPSE), **cells}])
    assert any(sentence in one for one in remarks(path))
    imported(path)
    assert MemberCase.objects.get().matter.grounds == "连续六个月"
