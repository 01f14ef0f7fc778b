"""How a value is written: the words around a number never say more than the number does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import ALMOST_ALL, FORMS, number, plain, rounded_down, written
from qingce.figures.indicators.shown import shown

COUNTS = st.integers(min_value=0, max_value=10**9).map(Decimal)
RATIOS = st.decimals(min_value=0, max_value=3, places=6)


@given(COUNTS)
def test_more_stands_only_above_the_round_number(value: Decimal) -> None:
    text = written(value, unit="名", form="more")
    said = Decimal(text.removesuffix("名").removesuffix("余"))
    if "余" in text:
        assert said < value
    else:
        assert said == value


@given(COUNTS)
def test_rounding_down_loses_less_than_one_step(value: Decimal) -> None:
    floor = rounded_down(value)
    step = Decimal(10) ** max(len(str(int(value))) - 2, 1)
    assert floor <= value
    assert value < 10 or value - floor < step
    assert rounded_down(floor) == floor


@given(COUNTS)
def test_the_exact_form_and_the_form_in_ten_thousands_give_the_number_back(value: Decimal) -> None:
    assert Decimal(written(value, unit="名", form="exact").removesuffix("名")) == value
    in_wan = written(value, unit="元", form="wan").removesuffix("元")
    factor = 10_000 if in_wan.endswith("万") else 1
    assert Decimal(in_wan.removesuffix("万")) * factor == value
    assert in_wan.endswith("万") == (value >= 10_000)


@given(RATIOS)
def test_a_percentage_is_at_most_half_a_tenth_away(ratio: Decimal) -> None:
    said = Decimal(written(ratio, unit="%", form="percent").removesuffix("%"))
    # Just below the whole it is rounded down, so that it is not called 100.
    assert abs(said - ratio * 100) <= (Decimal("0.1") if said == ALMOST_ALL else Decimal("0.05"))
    assert said == said.quantize(Decimal("0.1"))


@given(st.integers(min_value=1, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_a_hundred_per_cent_is_written_only_of_the_whole(part: int, missing: int) -> None:
    whole = part + missing
    assert written(Decimal(part) / Decimal(whole), unit="%", form="percent") != "100%"


@given(COUNTS)
def test_a_number_for_programs_is_whole_where_it_is_whole(value: Decimal) -> None:
    assert plain(value) == value
    assert isinstance(plain(value), int)
    assert plain(value + Decimal("0.5")) == float(value) + 0.5


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_a_number_is_written_to_two_places_without_empty_decimals(value: Decimal) -> None:
    assert abs(Decimal(number(value)) - value) <= Decimal("0.005")
    assert "." not in number(value) or not number(value).endswith("0")


@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_value_is_a_dash_in_every_form(form: str) -> None:
    assert written(None, unit="名", form=form) == "—"
    assert plain(None) is None


@pytest.mark.parametrize(
    ("value", "unit", "form", "text"),
    [
        (0, "场次", "more", "0场次"),
        (9, "场次", "more", "9场次"),
        (10, "场次", "more", "10场次"),
        (11, "场次", "more", "10余场次"),
        (200, "名", "more", "200名"),
        (206, "名", "more", "200余名"),
        (3217, "人次", "more", "3200余人次"),
        (10_000, "元", "wan", "1万元"),
        (125_500, "元", "wan", "12.55万元"),
        (9_999, "元", "wan", "9999元"),
        (1_999_999, "元", "wan", "199.9999万元"),
        ("15.6666667", "名", "exact", "15.67名"),
        (1, "名", "rank", "第一名"),
        (10, "名", "rank", "第十名"),
        (12, "名", "rank", "第十二名"),
        (20, "名", "rank", "第二十名"),
        (86, "名", "rank", "第八十六名"),
        (100, "名", "rank", "第100名"),
        (0, "名", "rank", "—"),
        (1, "%", "percent", "100%"),
        ("0.9995", "%", "percent", "99.9%"),
        ("0.125", "%", "percent", "12.5%"),
        (0, "%", "percent", "0%"),
    ],
)
def test_a_value_is_written_as_an_official_would(value: str | int, unit: str, form: str, text: str) -> None:
    assert written(Decimal(value), unit=unit, form=form) == text


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "13场次"), ("en", "13 events")])
def test_a_measure_word_keeps_the_distance_of_its_language(language: str, text: str) -> None:
    lectures = next(one for one in indicators().values() if one.unit == "场次" and one.unit_en == "events")
    with translation.override(language):
        said = shown(lectures, Decimal(13), open_to_reader=True)
        assert said.text + said.unit == text
