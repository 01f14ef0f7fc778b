"""Working days as the State Council orders them: holidays off, and some weekends at work."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import chinese_calendar  # type: ignore[import-untyped]

SATURDAY = 5


def after(day: dt.date, days: int) -> dt.date:
    """The working day that is `days` working days after `day`."""
    while days:
        day += dt.timedelta(days=1)
        days -= is_working_day(day)
    return day


def last_of(first: dt.date, days: int) -> dt.date:
    """The last of `days` working days of which `first` is one, where it is a working day.

    So a notice of five working days put up on a Monday hangs until Friday, both days counted.
    """
    return after(first - dt.timedelta(days=1), days)


def between(first: dt.date, last: dt.date) -> int:
    """How many working days there are from `first` to `last`, both counted."""
    return sum(is_working_day(first + dt.timedelta(days=n)) for n in range((last - first).days + 1))


@lru_cache(maxsize=5000)  # the library looks through all its holidays for each question
def is_working_day(day: dt.date) -> bool:
    """By the calendar of holidays; a year that is not ordered yet has plain weekends."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY
