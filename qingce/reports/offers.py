"""For which periods a kind of document is offered: years, halves, quarters or months, newest first."""

from __future__ import annotations

import datetime as dt

from qingce.ledger.periods import Period
from qingce.reports.outline import Outline

OFFERED = 3
MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


def periods_for(outline: Outline, latest: dt.date) -> list[Period]:
    """The period in which `latest` lies, and those before it."""
    return [_back(outline.period, latest, steps) for steps in range(OFFERED)]


def _back(length: str, latest: dt.date, steps: int) -> Period:
    months = MONTHS[length]
    place = (latest.year * 12 + latest.month - 1) // months - steps
    year, part = divmod(place, 12 // months)
    if length == "year":
        return Period.year(year)
    made: Period = getattr(Period, length)(year, part + 1)
    return made
