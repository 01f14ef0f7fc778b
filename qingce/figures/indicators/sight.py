"""What a reader sees of a figure: small numbers of sensitive matters are covered, and so is whatever
would let them be worked out again from the total, the other units or the other months.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import TypeVar

from qingce.figures.indicators import splits
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.shown import SMALL, Shown, hidden, shown
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period

K = TypeVar("K", bound=Hashable)


def suppressed(values: Mapping[K, Decimal | None]) -> set[K]:
    """The cells of a split to hide: the small ones, and so many others, the smallest first, that no
    hidden cell follows from the total.

    Of n hidden cells, each at least 1, whose sum is known, one is narrowed down to between 1 and
    sum - n + 1; that range must not be smaller than that of a small number.
    """
    held = {key: value for key, value in values.items() if value}
    hide = {key for key, value in held.items() if value < SMALL}
    rest = sorted((key for key in held if key not in hide), key=lambda key: held[key])
    while hide and rest and (len(hide) < 2 or sum(held[key] for key in hide) - len(hide) + 1 < SMALL):
        hide.add(rest.pop(0))
    return hide


class Sight:
    """The figures as one reader sees them."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach

    def is_open(self, figure: Figure) -> bool:
        """Whether the reader sees the figure as it is, however small."""
        return not is_sensitive(figure) or self.reach.may("case.see", figure.unit)

    def shown(self, figure: Figure) -> Shown:
        open_to_reader = self.is_open(figure)
        value = shown(figure.indicator, figure.value, open_to_reader=open_to_reader)
        if open_to_reader or value.covered or not figure.value or not tells(figure):
            return value
        return hidden()

    def covers(self, figure: Figure) -> bool:
        return self.shown(figure).covered

    def split(self, figure: Figure, values: Mapping[K, Decimal | None]) -> dict[K, Shown]:
        """The parts of a figure, each as it may be shown beside the others."""
        open_to_reader = self.is_open(figure)
        hide = set() if open_to_reader else suppressed(values)
        return {
            key: hidden()
            if key in hide and (value or 0) >= SMALL
            else shown(figure.indicator, value, open_to_reader=open_to_reader)
            for key, value in values.items()
        }


def is_sensitive(figure: Figure) -> bool:
    """A figure of a sensitive matter, or one worked out from such."""
    return figure.indicator.sensitive or any(is_sensitive(part) for part in figure.components_or_none)


def tells(figure: Figure) -> bool:
    """Whether this value, taken from a whole that is shown elsewhere, would tell a covered one."""
    return bool(figure.extra) or _tells_by_unit(figure) or _tells_by_month(figure)


def _tells_by_unit(figure: Figure) -> bool:
    above = figure.unit.above(day=figure.period.last).last()
    if above is None:
        return False
    siblings = dict(splits.by_unit(figure.like(unit=above)))
    return figure.unit in suppressed(siblings)


def _tells_by_month(figure: Figure) -> bool:
    """Spans that hold a covered month of the year tell it, unless they are the whole year."""
    year = Period.year(figure.period.last.year)
    if figure.period.first <= year.first and figure.period.last >= year.last:
        return False
    months = splits.by_month(figure.like(period=year))
    covered = suppressed({month.first: value for month, value in months})
    return any(figure.period.first <= day <= figure.period.last for day in covered)
