from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingce.league.organisations.tests.books import book, counts, imported, refusals, small_county
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
