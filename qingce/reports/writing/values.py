"""The values of every figure of a unit and a period, kept until anything that counts changes.

A sheet is drawn again after every save; its figures are asked anew only when the ledger has moved.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.stamp import KEPT_FOR, stamp
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period


def values(unit: Unit, period: Period) -> list[Figure]:
    """Every figure of the catalogue, with its value."""
    figures = [Figure(one, unit, period) for one in indicators().values()]
    fill(figures, unit, period)
    return figures


def fill(figures: Sequence[Figure], unit: Unit, period: Period) -> None:
    """Give the figures, all of this unit and period, the values kept for them."""
    key = f"writing-values:{stamp()}:{unit.pk}:{period.code}"
    known = cache.get(key)
    if known is None:
        asked = [Figure(one, unit, period) for one in indicators().values()]
        batch.evaluate(asked)
        known = {one.indicator.code: (one.value, one.statement) for one in asked}
        cache.set(key, known, KEPT_FOR)
    for one in figures:
        one.__dict__["value"], one.statement = known[one.indicator.code]
