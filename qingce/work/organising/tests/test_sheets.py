from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from qingce.foundation.accounts.models import User
from qingce.league.organisations.models import Post, Unit
from qingce.league.organisations.tests.books import book, counts, imported, refusals, small_county
from qingce.league.people.models import Person
from qingce.work.organising.models import UnitEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def election(**changes: Any) -> dict[str, Any]:
    return {
        "登记号": "HJ-1",
        "类别": "换届选举",
        "名称": "高一1班团支部换届",
        "组织编码": "X1",
        "对象组织编码": "X1B1",
        "日期": "2023-09-20",
        "应到人数": 40,
        "实到人数": 38,
        "应选名额": 3,
        "任期起": "2023-09-20",
        "任期止": "2024-09-20",
        **changes,
    }


def test_a_re_election_keeps_who_was_entitled_and_present(tmp_path: Path) -> None:
    assert counts(imported(book(tmp_path, 组织建设=[election()]))) == (1, 0, 0)
    assert counts(imported(book(tmp_path, 组织建设=[election()]))) == (0, 0, 1)

    event = UnitEvent.objects.get()
    assert (event.unit.code, event.subject_unit.code) == ("X1", "X1B1")
    assert (event.election.entitled, event.election.present) == (40, 38)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"实到人数": 41}, "More were present than are entitled"),
        ({"任期止": None}, "An election needs “Term ends”"),
        ({"任期止": "2023-01-01"}, "The term ends before it begins"),
        ({"对象组织编码": None}, "This must be filled in"),
    ],
)
def test_a_faulty_event_is_refused_with_its_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    assert any(sentence in one for one in refusals(book(tmp_path, 组织建设=[election(**change)])))
    assert not UnitEvent.objects.exists()


def relocation(**changes: Any) -> dict[str, Any]:
    return {
        "登记号": "TZ-1",
        "类别": "隶属关系调整",
        "名称": "高一1班团支部调整隶属",
        "组织编码": "X1",
        "对象组织编码": "X1B1",
        "日期": "2023-09-20",
        "文号": "青团复〔2023〕5号",
        "应选名额": None,
        "并入组织编码": "demo",
        **changes,
    }


def founding(code: str, **changes: Any) -> dict[str, Any]:
    return {
        "登记号": f"JT-{code}",
        "类别": "新建团组织",
        "名称": "关于同意成立的批复",
        "组织编码": "demo",
        "日期": "2023-03-01",
        "文号": "青团复〔2023〕2号",
        "新建组织编码": code,
        "组织全称": f"共青团{code}支部",
        "组织类别": "团支部",
        "领域": "两新组织",
        "上级组织编码": "demo",
        **changes,
    }


def test_what_is_imported_is_carried_out_and_a_second_import_changes_nothing(tmp_path: Path) -> None:
    rows = [
        relocation(),
        election(登记号="HJ-2", 日期="2023-09-21", 任期起="2023-09-21", 任期止="2024-09-20"),
    ]
    assert counts(imported(book(tmp_path, 组织建设=rows))) == (2, 0, 0)
    branch = Unit.objects.get(code="X1B1")
    assert [one.code for one in branch.above(day=dt.date(2023, 9, 20))] == ["demo"]
    assert [one.code for one in branch.above(day=dt.date(2023, 9, 19))] == ["demo", "X1"]
    assert branch.term_end == dt.date(2024, 9, 20)

    assert counts(imported(book(tmp_path, 组织建设=rows))) == (0, 0, 2)
    assert branch.placements.count() == 2


def test_units_are_founded_by_the_sheet_of_new_units_bodies_first(tmp_path: Path) -> None:
    rows = [
        founding("N2", 上级组织编码="N1"),
        founding("N1", 组织全称="共青团物流工作委员会", 组织类别="团工委", 日期="2023-02-01"),
    ]
    assert counts(imported(book(tmp_path, 新建团组织=rows))) == (2, 0, 0)

    founded = Unit.objects.get(code="N2")
    assert [one.code for one in founded.above(day=dt.date(2023, 3, 1))] == ["demo", "N1"]
    assert (founded.founded_on, founded.approved_by) == (dt.date(2023, 3, 1), "青团复〔2023〕2号")
    assert counts(imported(book(tmp_path, 新建团组织=rows))) == (0, 0, 2)


def test_an_officer_does_not_decide_by_a_file_what_the_body_above_decides(tmp_path: Path) -> None:
    user = User.objects.create_user("chen", name="陈老师")
    person = Person.objects.create(name="陈老师", user=user)
    Post.objects.create(
        person=person, unit=Unit.objects.get(code="X1"), role="body_officer", since=dt.date(2020, 1, 1)
    )
    rename = relocation(
        类别="团组织更名", 对象组织编码="X1", 并入组织编码=None, 新组织全称="共青团新青河中学委员会"
    )

    assert any(
        "decided by the body above" in one for one in refusals(book(tmp_path, 组织建设=[rename]), user)
    )
    imported(book(tmp_path, 组织建设=[{**rename, "状态": "草稿"}]), user)
    assert Unit.objects.get(code="X1").name == "共青团青河中学委员会"
