"""Dates: what is in force on a day, and ages as the law counts them."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from qingce.foundation.audit.guarded import GuardedQuerySet

M = TypeVar("M", bound=models.Model)


def in_force(day: dt.date, *, since: str = "since", until: str = "until") -> Q:
    """The one predicate “in force on `day`”: begun by then, and not yet ended.

    `until` is the first day on which the thing no longer holds; an open end holds for ever.
    """
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day}))


def overlapping(first: dt.date, last: dt.date, *, since: str = "since", until: str = "until") -> Q:
    """In force on at least one day from `first` to `last`."""
    return Q(**{f"{since}__lte": last}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": first}))


def overlaps(since: dt.date, until: dt.date | None, first: dt.date, last: dt.date) -> bool:
    """The same as `overlapping`, of a row already at hand."""
    return since <= last and (until is None or until > first)


class DatedQuerySet(GuardedQuerySet[M]):
    """Rows with `since` and `until`."""

    def on(self, day: dt.date) -> Any:
        return self.filter(in_force(day))


def age(born: dt.date, *, on: dt.date) -> int:
    """Completed years; an age is reached on the birthday itself (29 February: on 1 March)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def years_before(day: dt.date, years: int) -> dt.date:
    """The latest date of birth of someone who is `years` old on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later; the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
