"""Numbers and days as an official writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import pgettext

Number = int | float | Decimal


def number(value: Number | None) -> str:
    """Digits without thousands marks or idle zeros: 5270, 12480.5; a dash for nothing."""
    if value is None:
        return "—"
    exact = Decimal(str(value)).normalize()
    return format(exact, "f") if exact else "0"


def short_day(day: dt.date | None, today: dt.date | None = None) -> str:
    """“2023年7月16日”, or “7月16日” where `today` lies in the same year; a dash for nothing."""
    if day is None:
        return "—"
    if today and today.year == day.year:
        return _day_of_year(day)
    return date_format(day, "DATE_FORMAT")


def week_day(day: dt.date) -> str:
    """“7月16日　星期日”, for the day somebody is asked to come."""
    return f"{_day_of_year(day)}\u3000{date_format(day, 'l')}"


def _day_of_year(day: dt.date) -> str:
    return date_format(day, pgettext("a day without its year, in Django's letters", "j F"))
