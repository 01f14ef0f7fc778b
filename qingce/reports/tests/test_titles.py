"""Titles: broken by sense into a trapezium or a diamond, never inside a word."""

from __future__ import annotations

import pytest

from qingce.reports.titles import WIDEST, by_sense
from qingce.reports.typography import cells

UNIT = "共青团青河区委员会"
TITLES = {
    "共青团青河区委员会2023年度工作总结": ["共青团青河区委员会2023年度工作总结"],
    "共青团青河区委员会关于核定2024年度发展团员数量的请示": [
        "共青团青河区委员会",
        "关于核定2024年度发展团员数量的请示",
    ],
    "关于2023年度青河区“青年文明号”拟命名集体名单的公示": [
        "关于2023年度青河区“青年文明号”",
        "拟命名集体名单的公示",
    ],
    "共青团青河区委员会关于同意成立青河区快递行业团工委及第一届委员会组成人员的批复": [
        "共青团青河区委员会",
        "关于同意成立青河区快递行业团工委",
        "及第一届委员会组成人员的批复",
    ],
}


@pytest.mark.parametrize("title", TITLES)
def test_lines_end_where_the_sense_does(title: str) -> None:
    assert by_sense(title, names=(UNIT,)) == TITLES[title]


@pytest.mark.parametrize("title", TITLES)
def test_no_line_is_wider_than_the_type_area_nor_begins_with_a_particle(title: str) -> None:
    for line in by_sense(title, names=(UNIT,)):
        assert cells(line) <= WIDEST
        assert line[0] not in "的了地得，、）》”"


def test_a_title_without_a_known_word_is_broken_all_the_same() -> None:
    lines = by_sense("甲乙丙丁戊己庚辛壬癸" * 4)
    assert "".join(lines) == "甲乙丙丁戊己庚辛壬癸" * 4
    assert all(cells(line) <= WIDEST for line in lines)
