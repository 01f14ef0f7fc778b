"""Working days as the State Council orders them: holidays off, and some weekends at work."""

from __future__ import annotations

import datetime as dt

import chinese_calendar  # type: ignore[import-untyped]

SATURDAY = 5


def after(day: dt.date, days: int) -> dt.date:
    """The working day that is `days` working days after `day`."""
    while days:
        day += dt.timedelta(days=1)
        days -= is_working_day(day)
    return day


def is_working_day(day: dt.date) -> bool:
    """By the calendar of holidays; a year that is not ordered yet has plain weekends."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY
