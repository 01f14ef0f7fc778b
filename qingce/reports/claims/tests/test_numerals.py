"""Numbers in every way of writing come back as the number that was written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.reports.claims.numerals import chinese_value, numerals, step_of

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")


def in_chinese(value: int) -> str:
    """A whole number below a hundred million, written out."""
    if value >= 10_000:
        over, under = divmod(value, 10_000)
        between = "零" if 0 < under < 1000 else ""
        return f"{in_chinese(over)}万{between}{in_chinese(under) if under else ''}"
    said = ""
    for place, digit in enumerate(reversed(str(value))):
        said = (DIGITS[int(digit)] + PLACES[place] if digit != "0" else "零") + said
    while "零零" in said:
        said = said.replace("零零", "零")
    return said.rstrip("零") or "零"


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_number_written_out_is_read_back(value):
    assert chinese_value(in_chinese(value)) == value


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["场", "余名", "个", "人次"]))
def test_digits_are_read_with_and_without_separators(value, unit):
    for said in (str(value), f"{value:,}"):
        found = numerals(f"开展{said}{unit}。")
        assert [one.value for one in found] == [value]


@given(st.decimals(min_value="0.1", max_value="999.9", places=1), st.sampled_from(["万", "亿"]))
def test_ten_thousands_and_hundred_millions_are_multiplied_out(value, large):
    factor = {"万": 10**4, "亿": 10**8}[large]
    assert numerals(f"共{value}{large}元")[0].value == value * factor


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("百分之六十五点三", "65.3"),
        ("三分之二", "0.6667"),
        ("三百余", "300"),
        ("一百零五", "105"),
        ("两千", "2000"),
        ("1亿2千万", "120000000"),
    ],
)
def test_other_ways_of_writing(said, value):
    assert [one.value for one in numerals(said)] == [Decimal(value)]


def test_a_range_is_one_number_with_two_ends():
    for said in ("5—10名", "5-10名", "5至10名", "五到十名", "5名至10名", "5名—10名"):
        assert [(one.value, one.upper) for one in numerals(said)] == [(5, 10)]


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("3至5万元", (30_000, 50_000)),
        ("3万至5万元", (30_000, 50_000)),
        ("三十至五十万元", (300_000, 500_000)),
        ("3—5百万元", (3_000_000, 5_000_000)),
        ("500至1万人", (500, 10_000)),
        ("三至五百人", (300, 500)),
    ],
)
def test_what_the_last_number_says_of_both_ends(said, ends):
    assert [(one.value, one.upper) for one in numerals(said)] == [ends]


@pytest.mark.parametrize("said", ["由23名到31名", "从10个至20个", "10月至12月", "10名至5名", "5名至10场"])
def test_what_only_looks_like_a_range_is_two_numbers(said):
    assert [one.upper for one in numerals(said)] == [None, None]


@pytest.mark.parametrize(("value", "step"), [(140, 10), (12000, 1000), (7, 1), ("62.9", "0.1"), (500, 100)])
def test_the_precision_in_which_a_number_is_stated(value, step):
    assert step_of(Decimal(value)) == Decimal(step)
