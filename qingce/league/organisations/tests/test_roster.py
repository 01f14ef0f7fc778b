from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from qingce.league.organisations.models import Membership, Unit
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

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def member(serial: int = 1, born: str = "20070504", **changes: Any) -> dict[str, Any]:
    number = id_number(born, serial)
    return {
        "姓名": f"张小{serial}",
        "性别": "男" if serial % 2 else "女",
        "身份证号": number,
        "出生日期": f"{born[:4]}.{born[4:6]}.{born[6:]}",
        "手机号": "13800001111",
        "所在团组织编码": "X1B1",
        "入团时间": "2022-05-04",
        "发展团员编号": f"2022620000{serial:02d}",
        "进入本支部时间": "2022-05-04",
        "离开本支部时间": None,
        **changes,
    }


def test_a_roster_brings_people_and_their_stays(tmp_path: Path) -> None:
    assert counts(imported(book(tmp_path, 花名册=[member(1), member(2)]))) == (2, 0, 0)

    stay = Membership.objects.get(person__name="张小1")
    assert (stay.unit.code, stay.since, stay.until) == ("X1B1", dt.date(2022, 5, 4), None)
    assert stay.person.phone.reveal() == "13800001111"
    assert stay.person.id_number.reveal() == id_number()
    assert stay.person.initials == "zx1"


def test_birth_and_sex_are_read_from_the_id_number_when_the_file_is_silent(tmp_path: Path) -> None:
    imported(book(tmp_path, 花名册=[member(2, 性别=None, 出生日期=None)]))

    person = Person.objects.get()
    assert (person.born_on, person.sex) == (dt.date(2007, 5, 4), "female")


def test_the_same_roster_again_doubles_nobody(tmp_path: Path) -> None:
    rows = [member(1), member(2)]
    imported(book(tmp_path, 花名册=rows))

    assert counts(imported(book(tmp_path, 花名册=rows))) == (0, 0, 2)
    changed = [member(1, 手机号="13900002222"), member(2)]
    assert counts(imported(book(tmp_path, 花名册=changed))) == (0, 1, 1)
    assert (Person.objects.count(), Membership.objects.count()) == (2, 2)
    assert Person.objects.get(name="张小1").phone.reveal() == "13900002222"


def test_the_day_of_leaving_ends_the_stay_and_the_new_branch_begins_one(tmp_path: Path) -> None:
    imported(book(tmp_path, 花名册=[member(1)]))
    moved = member(1, 所在团组织编码="X1B2", 进入本支部时间="2023-09-01")

    [sentence] = refusals(book(tmp_path, 花名册=[moved]))
    assert "is a member of another branch since 2022-05-04" in sentence

    left = member(1, 离开本支部时间="2023-09-01")
    assert counts(imported(book(tmp_path, 花名册=[left, moved]))) == (1, 1, 0)
    assert Membership.objects.on(dt.date(2023, 10, 1)).get().unit.code == "X1B2"


FAULTS = [
    ({"入团时间": "2024-05-04"}, "says 2022, but the member joined in 2024"),
    ({"发展团员编号": "20226200001"}, "has 12 digits, this one has 11"),
    ({"发展团员编号": "A02262000001"}, "consists of digits only"),
    ({"发展团员编号": None}, "has a development number; fill it in"),
    ({"离开本支部时间": "2021-01-01"}, "left before joining the League"),
    ({"离开本支部时间": "2022-05-04", "进入本支部时间": "2022-06-01"}, "before coming to it"),
    ({"进入本支部时间": "2021-06-01"}, "came to the branch before joining the League"),
    ({"入团时间": "2006-05-04"}, "joined the League before being born"),
    ({"出生日期": "2007-05-05"}, "date of birth does not agree with the ID number"),
    ({"性别": "女"}, "sex does not agree with the ID number"),
    ({"所在团组织编码": "X1"}, "is not a branch; members belong to a branch beneath it"),
    ({"所在团组织编码": "高一1"}, "Perhaps “高一1班”"),
    ({"身份证号": id_number()[:17] + "X"}, "The check digit"),
    ({"身份证号": 6.2010220070504e17}, "has shortened this long number"),
    ({"入团时间": "2199-05-04"}, "lies in the future"),
]


@pytest.mark.parametrize(("change", "sentence"), FAULTS)
def test_a_fault_refuses_the_roster_with_its_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    found = refusals(book(tmp_path, 花名册=[member(1, **change), member(2)]))

    assert any(sentence in refusal for refusal in found), found
    assert all("row 2" in refusal for refusal in found)
    assert not Person.objects.exists()


def test_who_joined_at_twelve_since_2017_is_refused(tmp_path: Path) -> None:
    [sentence] = refusals(book(tmp_path, 花名册=[member(1, born="20100101", 入团时间="2022-05-04")]))

    assert "was 12 when joining" in sentence


@pytest.mark.parametrize(
    ("born", "joined", "number"),
    [("20090101", "2022-05-04", "202262000001"), ("20031201", "2016-05-04", None)],
)
def test_who_joined_below_fourteen_in_tolerated_history_is_remarked_upon(
    tmp_path: Path, born: str, joined: str, number: str | None
) -> None:
    row = member(1, born=born, 入团时间=joined, 发展团员编号=number)

    [remark] = remarks(book(tmp_path, 花名册=[row]))

    assert "row 2" in remark
    assert "kept as history" in remark


def test_numbers_of_2017_and_2018_are_interchangeable(tmp_path: Path) -> None:
    row = member(1, born="20030101", 入团时间="2018-05-04", 发展团员编号="201762000001")

    assert counts(imported(book(tmp_path, 花名册=[row]))) == (1, 0, 0)


def test_one_development_number_belongs_to_one_member_in_file_and_register(tmp_path: Path) -> None:
    twice = [member(1), member(2, 发展团员编号="202262000001")]
    [in_file] = refusals(book(tmp_path, 花名册=twice))
    assert "Row 2 has the same development number" in in_file

    imported(book(tmp_path, 花名册=[twice[0]]))
    [in_register] = refusals(book(tmp_path, 花名册=[twice[1]]))
    assert "Another member on the register has this development number" in in_register


def test_one_id_number_belongs_to_one_name_in_file_and_register(tmp_path: Path) -> None:
    twice = [member(1), member(1, 姓名="李红")]
    assert any("Row 2 gives the same ID number" in one for one in refusals(book(tmp_path, 花名册=twice)))

    imported(book(tmp_path, 花名册=[twice[0]]))
    [in_register] = refusals(book(tmp_path, 花名册=[twice[1]]))
    assert "on the register under another name" in in_register


def test_the_same_person_twice_at_the_same_time_is_refused(tmp_path: Path) -> None:
    rows = [member(1), member(1, 所在团组织编码="X1B2")]

    [sentence] = refusals(book(tmp_path, 花名册=rows))

    assert "Row 2 has the same person at the same time" in sentence


@pytest.mark.parametrize(
    ("until", "taken"), [(None, False), ("2023-07-15", False), ("2023-07-14", True), ("2022-09-01", True)]
)
def test_nobody_is_a_member_of_a_branch_longer_than_it_exists(
    tmp_path: Path, until: str | None, taken: bool
) -> None:
    branch = Unit.objects.get(code="X1B1")
    branch.dissolved_on = dt.date(2023, 7, 14)
    branch.save()
    path = book(tmp_path, 花名册=[member(1, 离开本支部时间=until)])

    if taken:
        assert counts(imported(path)) == (1, 0, 0)
    else:
        [sentence] = refusals(path)
        assert "was dissolved on 2023-07-14" in sentence
        assert not Membership.objects.exists()


def test_a_branch_of_the_same_workbook_takes_members(tmp_path: Path) -> None:
    branch = {
        "组织编码": "X1B3",
        "组织全称": "高一3班团支部",
        "组织类别": "团支部",
        "领域": "普通高中",
        "上级组织编码": "X1",
        "成立日期": "2015-09-01",
    }
    path = book(tmp_path, 花名册=[member(1, 所在团组织编码="高一3班团支部")], 组织=[branch])

    assert counts(imported(path)) == (2, 0, 0)
    assert Membership.objects.get().unit.code == "X1B3"
