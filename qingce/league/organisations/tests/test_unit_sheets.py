from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from qingce.league.organisations.models import Placement, Unit
from qingce.league.organisations.tests.books import book, counts, imported, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def unit(code: str, name: str, kind: str, above: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "组织编码": code,
        "组织全称": name,
        "组织类别": kind,
        "领域": "普通高中",
        "上级组织编码": above,
        "成立日期": "2015-09-01",
        **more,
    }


COUNTY = [
    unit("X1B1", "高一1班团支部", "团支部", "青河中学团委"),
    unit("X1", "青河中学团委", "团委", "demo"),
    unit("demo", "青河区团委", "团区委", 领域="党政机关"),
]


def test_units_come_in_any_order_and_find_their_places(tmp_path: Path) -> None:
    assert counts(imported(book(tmp_path, 组织=COUNTY))) == (3, 0, 0)

    day = dt.date(2023, 1, 1)
    branch = Unit.objects.get(code="X1B1")
    assert [above.code for above in branch.above(day=day)] == ["demo", "X1"]
    assert branch.initials.startswith("gy1btzb")
    assert Placement.objects.count() == 3


def test_the_same_units_again_change_nothing_and_a_new_name_changes_one(tmp_path: Path) -> None:
    imported(book(tmp_path, 组织=COUNTY))
    renamed = [{**COUNTY[0], "组织全称": "高二1班团支部"}, *COUNTY[1:]]

    assert counts(imported(book(tmp_path, 组织=COUNTY))) == (0, 0, 3)
    assert counts(imported(book(tmp_path, 组织=renamed))) == (0, 1, 2)
    assert Unit.objects.get(code="X1B1").name == "高二1班团支部"
    assert Unit.objects.count() == Placement.objects.count() == 3


def test_a_move_is_not_made_by_importing_the_list_again(tmp_path: Path) -> None:
    imported(book(tmp_path, 组织=COUNTY))
    moved = [{**COUNTY[0], "上级组织编码": "demo"}]

    [sentence] = refusals(book(tmp_path, 组织=moved))

    assert "a move is recorded with its day and paper" in sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"上级组织编码": "X1B2"}, "A branch has no units beneath it"),
        ({"上级组织编码": "X9"}, "“X9” is not known. Perhaps “X1”"),
        ({"撤销日期": "2014-01-01"}, "was dissolved before it was founded"),
        ({"本届任期起": "2023-01-01", "本届任期止": "2022-01-01"}, "The term ends before it begins"),
        ({"组织类别": "团小组"}, "“团小组” is not one of the words used here."),
    ],
)
def test_a_faulty_unit_is_refused_with_its_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    rows = [
        *COUNTY,
        {
            **unit("X1B2", "高一2班团支部", "团支部", "X1"),
        },
    ]
    rows.append({**unit("X1B3", "高一3班团支部", "团支部", "X1"), **change})

    assert any(sentence in refusal for refusal in refusals(book(tmp_path, 组织=rows)))
    assert not Unit.objects.exists()
