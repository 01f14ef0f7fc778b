from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingce.league.organisations.tests.books import book, counts, imported, refusals, small_county
from qingce.work.publishing.models import Position, Publication

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def item(number: str, **changes: Any) -> dict[str, Any]:
    return {
        "登记号": number,
        "类别": "媒体刊发",
        "标题": "青春助力乡村",
        "组织编码": "demo",
        "日期": "2023-06-01",
        "媒体": "甘肃青年",
        "题材": "改革案例",
        **changes,
    }


def test_a_reprint_points_at_its_original_wherever_it_stands(tmp_path: Path) -> None:
    rows = [item("M-2", 媒体="团建头条", 转载自登记号="M-1"), item("M-1")]
    path = book(tmp_path, 发布=rows)

    assert counts(imported(path)) == (2, 0, 0)
    assert counts(imported(path)) == (0, 0, 2)

    reprint = Publication.objects.get(source_key="M-2")
    assert reprint.reprint_of.source_key == "M-1"
    assert (reprint.original, reprint.reprint_of.original) == (False, True)
    assert [tag.word for tag in reprint.tags.all()] == ["reform_case"]


def test_a_job_has_the_same_mark_in_every_bulletin(tmp_path: Path) -> None:
    bulletins = [
        item(f"Z-{n}", 类别="就业信息推送", 标题=f"第{n}期招聘信息", 期号=n, 媒体=None) for n in (1, 2)
    ]
    jobs = [
        {"登记号": "Z-1", "用人单位": "青河机械厂", "岗位": "焊工", "招聘人数": "3人"},
        {"登记号": "Z-2", "用人单位": "青河 机械厂", "岗位": "焊工", "招聘人数": 3},
        {"登记号": "Z-2", "用人单位": "青河机械厂", "岗位": "会计", "招聘人数": 1},
    ]
    path = book(tmp_path, 岗位=jobs, 发布=bulletins)

    assert counts(imported(path)) == (5, 0, 0)
    assert counts(imported(path)) == (0, 0, 5)
    assert len(set(Position.objects.values_list("fingerprint", flat=True))) == 2
    assert Publication.objects.get(source_key="Z-2").issue_number == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"媒体": None}, "“Item in outside media” needs the outlet"),
        ({"转载自登记号": "M-9"}, "the original “M-9” is not known"),
        ({"转载自登记号": "M-9", "原创": "是"}, "A reprint is not an own text"),
    ],
)
def test_a_faulty_publication_is_refused_with_its_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    [found] = refusals(book(tmp_path, 发布=[item("M-1", **change)]))

    assert sentence in found
    assert not Publication.objects.exists()
