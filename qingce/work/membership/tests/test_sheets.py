from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingce.league.organisations.tests.books import (
    book,
    counts,
    id_number,
    imported,
    refusals,
    small_county,
)
from qingce.league.people.models import Person
from qingce.work.membership.models import MemberCase

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def admission(number: str = "FZ-1", serial: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "登记号": number,
        "类别": "发展入团",
        "姓名": f"张小{serial}",
        "身份证号": id_number("20080504", serial),
        "组织编码": "X1B1",
        "日期": "2023-05-04",
        "发展团员编号": "202362000001",
        **changes,
    }


def test_an_admission_comes_with_its_person_and_steps(tmp_path: Path) -> None:
    steps = [
        {"登记号": "FZ-1", "进展": stage, "日期": day}
        for stage, day in [("已申请", "2022-10-01"), ("已批准", "2023-05-04")]
    ]
    path = book(tmp_path, 进展=steps, 团员管理=[admission()])

    assert counts(imported(path)) == (3, 0, 0)
    assert counts(imported(path)) == (0, 0, 3)

    kept = MemberCase.objects.get()
    assert (kept.person.name, kept.title, kept.stage) == ("张小1", "张小1 发展入团", "approved")
    assert Person.objects.count() == 1


def test_a_transfer_names_the_unit_that_receives(tmp_path: Path) -> None:
    row = admission(类别="团组织关系转接", 转入组织编码="X1B2", 发展团员编号=None, 原因="升学")
    imported(book(tmp_path, 团员管理=[row]))

    kept = MemberCase.objects.get()
    assert (kept.to_unit.code, kept.stage, kept.reason) == ("X1B2", "placed", "升学")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([admission(日期="2022-05-03")], "Nobody under 14 is admitted"),
        ([admission(), admission("FZ-2", 3)], "Somebody else has this development number"),
        ([admission(身份证号=None)], "This must be filled in"),
    ],
)
def test_a_faulty_case_is_refused_with_its_sentence(
    tmp_path: Path, rows: list[dict[str, Any]], sentence: str
) -> None:
    assert any(sentence in one for one in refusals(book(tmp_path, 团员管理=rows)))
    assert not MemberCase.objects.exists()
