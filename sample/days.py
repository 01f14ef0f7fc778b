"""Days of the two years: working days, weekends, school terms, and days spread over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache

from sample.chance import Chance

Day = dt.date
DAY = dt.timedelta(days=1)

# First and last day of the public holidays, as the State Council announced them.
HOLIDAYS = [
    (Day(2022, 1, 1), Day(2022, 1, 3)),
    (Day(2022, 1, 31), Day(2022, 2, 6)),
    (Day(2022, 4, 3), Day(2022, 4, 5)),
    (Day(2022, 4, 30), Day(2022, 5, 4)),
    (Day(2022, 6, 3), Day(2022, 6, 5)),
    (Day(2022, 9, 10), Day(2022, 9, 12)),
    (Day(2022, 10, 1), Day(2022, 10, 7)),
    (Day(2022, 12, 31), Day(2023, 1, 2)),
    (Day(2023, 1, 21), Day(2023, 1, 27)),
    (Day(2023, 4, 5), Day(2023, 4, 5)),
    (Day(2023, 4, 29), Day(2023, 5, 3)),
    (Day(2023, 6, 22), Day(2023, 6, 24)),
    (Day(2023, 9, 29), Day(2023, 10, 6)),
]
TERMS = [((2, 20), (7, 7)), ((9, 1), (12, 31))]  # of schools, within a year


def days(first: Day, last: Day) -> Iterator[Day]:
    while first <= last:
        yield first
        first += DAY


@cache
def is_holiday(day: Day) -> bool:
    return any(first <= day <= last for first, last in HOLIDAYS)


def workdays(first: Day, last: Day) -> list[Day]:
    return [day for day in days(first, last) if day.weekday() < 5 and not is_holiday(day)]


def weekends(first: Day, last: Day) -> list[Day]:
    return [day for day in days(first, last) if day.weekday() >= 5 and not is_holiday(day)]


def ordinary(first: Day, last: Day) -> list[Day]:
    """Every day but the public holidays."""
    return [day for day in days(first, last) if not is_holiday(day)]


@cache
def year_workdays(year: int) -> list[Day]:
    return workdays(Day(year, 1, 4), Day(year, 12, 29))


@cache
def year_days(year: int) -> list[Day]:
    return ordinary(Day(year, 1, 4), Day(year, 12, 29))


@cache
def term_days(year: int) -> list[Day]:
    """Working days on which schools teach."""
    return [
        day
        for (first_month, first_day), (last_month, last_day) in TERMS
        for day in workdays(Day(year, first_month, first_day), Day(year, last_month, last_day))
    ]


def spread(chance: Chance, among: Sequence[Day], number: int) -> list[Day]:
    """`number` days in order, evenly over `among` with a little chance; days may come twice."""
    step = len(among) / max(number, 1)
    return [among[min(len(among) - 1, int((place + chance.random()) * step))] for place in range(number)]


def later(day: Day, least: int, most: int, chance: Chance) -> Day:
    """A working day `least` to `most` days after `day`."""
    target = day + dt.timedelta(days=chance.randint(least, most))
    while target.weekday() >= 5 or is_holiday(target):
        target += DAY
    return target


def years_before(day: Day, years: int) -> Day:
    return day.replace(year=day.year - years, day=min(day.day, 28))
