"""Periods: what they cover, what they are called, how they stand in an address."""

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qingce.foundation.refusals import Refused
from qingce.ledger.periods import Period

YEARS = st.integers(2000, 2099)
PERIODS = st.one_of(
    YEARS.map(Period.year),
    st.builds(Period.half, YEARS, st.integers(1, 2)),
    st.builds(Period.quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.month, YEARS, st.integers(1, 12)),
    st.builds(Period.months, YEARS, st.just(1), st.integers(1, 12)),
    YEARS.map(Period.school_year),
)


@given(PERIODS)
def test_a_period_comes_back_from_its_code(period):
    assert Period.parse(period.code) == period


@given(PERIODS)
def test_the_months_of_a_period_cover_it_without_gap_or_overlap(period):
    months = period.sub_months
    assert months[0].first == period.first
    assert months[-1].last == period.last
    for earlier, later in pairwise(months):
        assert later.first - earlier.last == dt.timedelta(days=1)


@given(PERIODS)
def test_last_year_is_the_same_period_a_year_earlier(period):
    before = period.last_year
    assert before.first.year == period.first.year - 1
    assert (before.first.month, before.last.month) == (period.first.month, period.last.month)


@pytest.mark.parametrize(
    ("code", "first", "last", "label"),
    [
        ("2023", "2023-01-01", "2023-12-31", "2023年"),
        ("2023H1", "2023-01-01", "2023-06-30", "2023年上半年"),
        ("2024Q1", "2024-01-01", "2024-03-31", "2024年第1季度"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2023-01..2023-11", "2023-01-01", "2023-11-30", "2023年1—11月"),
        ("2023S", "2023-09-01", "2024-08-31", "2023—2024学年"),
    ],
)
def test_periods_are_named_as_an_official_writes_them(code, first, last, label):
    period = Period.parse(code)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    with translation.override("zh-hans"):
        assert period.label == label


@pytest.mark.parametrize("code", ["", "23", "2023Q5", "2023-13", "2023-05..2023-01", "20230101", "x"])
def test_what_is_not_a_period_is_refused_with_the_forms_understood(code):
    with translation.override("en"), pytest.raises(Refused, match="2023H1"):
        Period.parse(code)


def test_a_term_of_office_is_any_run_of_days():
    term = Period.parse("2021-03-15..2024-03-14")
    assert dt.date(2024, 3, 14) in term
    assert dt.date(2024, 3, 15) not in term
