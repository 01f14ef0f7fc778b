"""Choosing a period: the four buttons that officers expect, and every span of a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingce.ledger.periods import Period

YEARS_BACK = 3


@dataclass(frozen=True)
class Choice:
    label: str
    period: Period
    current: bool


def buttons(period: Period, *, latest: dt.date, today: dt.date) -> list[Choice]:
    """This month, this quarter, this year, and the same period of last year.

    They turn about today, or about the last day of the period when that lies in the past; then they
    carry the name of what they open instead of “this”.
    """
    anchor = min(period.last, latest) if period.last < today else min(today, latest)
    anchor = max(anchor, period.first)
    spans = [
        (_("This month"), Period.month(anchor.year, anchor.month)),
        (_("This quarter"), Period.quarter(anchor.year, (anchor.month + 2) // 3)),
        (_("This year"), Period.year(anchor.year)),
    ]
    chosen = [
        Choice(label if today in span else span.label, span, span.code == period.code)
        for label, span in spans
    ]
    return [*chosen, Choice(_("Same period of last year"), period.last_year, current=False)]


def spans(period: Period, *, today: dt.date) -> list[tuple[str, list[Choice]]]:
    """Everything that the picker offers, year by year: whole, halves, quarters, months, 1月—n月."""
    newest = max(period.last.year, today.year)
    oldest = min(period.first.year, today.year) - 1
    years = [year for year in range(newest, oldest - 1, -1) if _near(year, period, today)]
    return [(Period.year(year).label, [_choice(span, period) for span in _spans_of(year)]) for year in years]


def _near(year: int, period: Period, today: dt.date) -> bool:
    return min(abs(year - period.first.year), abs(year - today.year)) <= YEARS_BACK


def _spans_of(year: int) -> list[Period]:
    return [
        Period.year(year),
        *(Period.half(year, half) for half in (1, 2)),
        *(Period.quarter(year, quarter) for quarter in range(1, 5)),
        *(Period.months(year, 1, last) for last in range(11, 1, -1)),
        *(Period.month(year, month) for month in range(1, 13)),
        Period.school_year(year),
    ]


def _choice(span: Period, period: Period) -> Choice:
    return Choice(span.label, span, span.code == period.code)
