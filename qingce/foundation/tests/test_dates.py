"""In force on a day, and ages as the law counts them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.foundation.dates import age, years_before

DAY = dt.date


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (DAY(2009, 5, 4), DAY(2023, 5, 3), 13),
        (DAY(2009, 5, 4), DAY(2023, 5, 4), 14),
        (DAY(2008, 2, 29), DAY(2022, 2, 28), 13),
        (DAY(2008, 2, 29), DAY(2022, 3, 1), 14),
        (DAY(2008, 2, 29), DAY(2024, 2, 29), 16),
    ],
)
def test_an_age_is_reached_on_the_birthday_and_on_1_march_for_leap_days(born, on, years):
    assert age(born, on=on) == years


@given(
    st.dates(DAY(1990, 1, 1), DAY(2020, 12, 31)),
    st.dates(DAY(2021, 1, 1), DAY(2030, 12, 31)),
    st.integers(1, 30),
)
def test_years_before_is_the_latest_birth_of_that_age(born, on, years):
    assert (age(born, on=on) >= years) == (born <= years_before(on, years))
