from __future__ import annotations

import datetime as dt
import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.foundation.exchange import cells
from qingce.foundation.exchange.cells import Misread
from qingce.foundation.exchange.tests.conftest import id_number

days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
ways_to_write = st.sampled_from(
    ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 00:00:00"]
)


def widened(text: str) -> str:
    """Every visible ASCII character in its full-width form."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(days, ways_to_write, st.booleans())
def test_a_date_is_read_however_it_is_written(day: dt.date, way: str, wide: bool) -> None:
    # `strftime` of the C library leaves out the noughts of early years.
    said = day.strftime(way.replace("%Y", f"{day.year:04d}"))
    assert cells.date(widened(said) if wide else said) == day


@given(days.filter(lambda day: not cells.YEARS[0] <= (day - cells.EPOCH).days < cells.YEARS[1]))
def test_a_serial_number_is_its_day(day: dt.date) -> None:
    assert cells.date(float((day - cells.EPOCH).days)) == day


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1))
def test_full_width_letters_and_digits_read_like_half_width(said: str) -> None:
    assert cells.plain(widened(said)) == said
    kept = [c for c in said if c.isalnum()]
    assert [c for c in cells.text(widened(said)) if c.isascii()] == kept


@given(st.text())
def test_tidy_text_stays_as_it_is(said: str) -> None:
    once = cells.text(said)
    assert cells.text(once) == once


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_is_read_with_or_without_separators(amount: decimal.Decimal) -> None:
    assert cells.money(f"{amount:,}元") == amount
    assert cells.money(float(amount)) == amount


@given(st.integers(0, 999), days)
def test_any_change_of_one_digit_in_an_identity_number_is_found(serial: int, born: dt.date) -> None:
    right = id_number(serial, f"{born.year:04d}{born.month:02d}{born.day:02d}")
    assert cells.id_number(right) == right
    wrong = right[:3] + str((int(right[3]) + 1) % 10) + right[4:]
    with pytest.raises(Misread):
        cells.id_number(wrong)


@pytest.mark.parametrize(("said", "amount"), [("￥1,200", "1200"), ("1.2万元", "12000"), ("３００元", "300")])
def test_amounts_are_read_as_officials_write_them(said: str, amount: str) -> None:
    assert cells.money(said) == decimal.Decimal(amount)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("138 0013 8000", "13800138000"),
        (13800138000.0, "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0371-65900000", "0371-65900000"),
    ],
)
def test_telephone_numbers_are_read_without_their_layout(said: str | float, number: str) -> None:
    assert cells.phone(said) == number


@pytest.mark.parametrize(("said", "answer"), [("√", True), ("否", False), (True, True), (0.0, False)])
def test_yes_and_no_have_many_faces(said: object, answer: bool) -> None:
    assert cells.yes_no(said) is answer


def test_a_month_stands_for_its_first_day_only_where_asked() -> None:
    assert cells.date("2019.05", month_only=True) == dt.date(2019, 5, 1)
    assert cells.date(201905.0, month_only=True) == dt.date(2019, 5, 1)
    with pytest.raises(Misread):
        cells.date("2019.05")


@pytest.mark.parametrize("value", [2021, 2021.0, 2021.05, 1999])
@pytest.mark.parametrize("month_only", [False, True])
def test_a_year_typed_as_a_number_is_no_day_of_1905(value: float, month_only: bool) -> None:
    with pytest.raises(Misread):
        cells.date(value, month_only=month_only)


@pytest.mark.parametrize("mark", ["'", "’", "`"])
def test_a_mark_that_keeps_digits_as_text_is_no_digit(mark: str) -> None:
    assert cells.phone(f"{mark}13800138000") == "13800138000"
    assert cells.code(f"{mark}0012") == "0012"
    assert cells.id_number(mark + id_number(1)) == id_number(1)


def test_a_code_is_read_in_either_width_and_a_name_keeps_its_punctuation() -> None:
    assert cells.code("Ｘ１－０２") == "X1-02"
    assert cells.code("高一（3）班") == "高一（3）班"


@pytest.mark.parametrize("value", [True, 12345.0, "12345", "——", dt.date(2021, 5, 4)])
def test_what_has_no_letter_is_nobodys_name(value: object) -> None:
    with pytest.raises(Misread):
        cells.name(value)


def test_a_code_keeps_its_digits_and_refuses_lost_ones() -> None:
    assert cells.code("0012") == "0012"
    assert cells.code(12.0) == "12"
    with pytest.raises(Misread):
        cells.code(1.2e17)


@pytest.mark.parametrize(
    ("said", "unit"),
    [("40人", "人次"), ("40 人次", "人次"), ("40名", "人"), ("40场次", "次"), ("40场", "次")],
)
def test_a_measure_word_that_means_the_same_is_read(said: str, unit: str) -> None:
    assert cells.whole(said, unit) == 40


@pytest.mark.parametrize(
    ("said", "unit"), [("40人次", "人"), ("40小时", "学时"), ("40期", "次"), ("40人", "")]
)
def test_a_measure_word_that_counts_something_else_is_refused(said: str, unit: str) -> None:
    with pytest.raises(Misread):
        cells.whole(said, unit)
