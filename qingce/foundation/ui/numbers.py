"""Numbers and days as an official writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.formats import date_format

Number = int | float | Decimal


def number(value: Number | None) -> str:
    """Digits without thousands marks or idle zeros: 5270, 12480.5; a dash for nothing."""
    if value is None:
        return "—"
    exact = Decimal(str(value)).normalize()
    return format(exact, "f") if exact else "0"


def short_day(day: dt.date | None, today: dt.date | None = None) -> str:
    """“7月16日”, with the year unless it is that of `today`."""
    if day is None:
        return "—"
    if today and today.year == day.year:
        return date_format(day, "MONTH_DAY_FORMAT")
    return date_format(day, "DATE_FORMAT")


def week_day(day: dt.date) -> str:
    """“7月16日 星期日”, for the day somebody is asked to come."""
    return f"{date_format(day, 'MONTH_DAY_FORMAT')}\u3000{date_format(day, 'l')}"
