"""Chinese text on the grid: cells, line ends, marks of the right width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.reports.typography import CELLS, NOT_FIRST, NOT_LAST, broken, cells, full_width

WORDS = st.text(
    st.sampled_from("团青年工作中心服务，。、；：“”（）《》0123456789%"), min_size=1, max_size=200
)


@pytest.mark.parametrize(
    ("text", "wide"),
    [("团", 1), ("140余场次", 4.5), ("“青年”", 4), ("2023年", 3), ("100%", 2), ("——", 2), ("", 0)],
)
def test_a_character_fills_a_cell_and_a_digit_half_of_one(text: str, wide: float) -> None:
    assert cells(text) == wide


@given(WORDS)
def test_no_character_is_lost_and_no_line_is_wider_than_the_type_area(text: str) -> None:
    lines = broken(text)

    assert "".join(lines) == text
    assert cells(lines[0]) <= CELLS - 2 + 1
    assert all(cells(line) <= CELLS + 1 for line in lines)
    assert all(cells(line) <= CELLS for line in broken(text, hanging=False)[1:])


@given(WORDS)
def test_a_number_is_never_cut(text: str) -> None:
    for before, after in pairwise(broken(text)):
        joined = (
            len(before) - len(before.rstrip("0123456789%")) + len(after) - len(after.lstrip("0123456789%"))
        )
        cut = before[-1] in "0123456789%" and after[0] in "0123456789%"
        assert not cut or joined > 2 * (CELLS - 2)


@given(st.text(st.sampled_from("团青年工作，。、“（服务"), min_size=60, max_size=200))
def test_lines_neither_begin_nor_end_with_a_mark_that_may_not(text: str) -> None:
    for before, after in pairwise(broken(text)):
        ends = [place for place in range(1, len(before) + 1) if _fine(before + after, place)]
        assert not ends or (before[-1] not in NOT_LAST and after[0] not in NOT_FIRST)


def _fine(text: str, place: int) -> bool:
    return text[place - 1] not in NOT_LAST and (place == len(text) or text[place] not in NOT_FIRST)


def test_a_line_holds_28_characters_and_a_mark_after_them_hangs() -> None:
    lines = broken("青" * 26 + "年" * 28 + "，" + "团" * 3)
    assert [cells(line) for line in lines] == [26, 29, 3]
    kept_inside = broken("青" * 26 + "年" * 28 + "，" + "团" * 3, hanging=False)
    assert [cells(line) for line in kept_inside] == [26, 27, 5]


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("按计划推进,效果良好.", "按计划推进，效果良好。"),
        ("分三步:动员;实施;总结", "分三步：动员；实施；总结"),
        ('推进"青春助农"行动', "推进“青春助农”行动"),
        ("青年(团员)之家", "青年（团员）之家"),
        ("是否可行?请批示!", "是否可行？请批示！"),
        ("共１２次，占５０％", "共12次，占50%"),
        ("青年...成长", "青年……成长"),
        ("青年--未来", "青年——未来"),
        ("占3.5%，时间10:30", "占3.5%，时间10:30"),
        ("网址https://example.cn/a?b=1", "网址https://example.cn/a?b=1"),
        ("consent (guardian)", "consent (guardian)"),
    ],
)
def test_marks_in_chinese_text_are_chinese_and_figures_are_half_width(typed: str, official: str) -> None:
    assert full_width(typed) == official
    assert full_width(official) == official
