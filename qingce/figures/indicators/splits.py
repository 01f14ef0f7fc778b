"""A figure taken apart: by month, and by the units directly below."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qingce.figures.indicators import batch
from qingce.foundation.dates import overlapping
from qingce.league.organisations.models import (
    STEP,
    Placement,
    Unit,
    hold_places,
    tree_held_still,
)
from qingce.ledger.periods import Period
from qingce.ledger.sources.source import Flow

if TYPE_CHECKING:
    from qingce.figures.indicators.figure import Figure

Split = list[tuple[Any, Decimal | None]]


@tree_held_still()
def by_month(figure: Figure) -> list[tuple[Period, Decimal | None]]:
    """The value of each month of the period: of a flow in it, of a stock on its last day."""
    months = figure.period.sub_months
    if not is_flow(figure):
        return list(zip(months, _values([figure.like(period=month) for month in months]), strict=True))
    found = {month_of(day): value for day, value in figure.monthly().values_list("month", "value")}
    return [(month, found.get(month_of(month.first), Decimal(0))) for month in months]


@tree_held_still()
def by_unit(figure: Figure) -> list[tuple[Unit, Decimal | None]]:
    """The value of each unit directly below, then of the unit's own rows where it has any.

    A flow is split by where each row stood on its day, so that the parts of a moved unit fall to
    the body it then belonged to.
    """
    below = list(figure.unit.children(day=figure.period.last))
    if is_flow(figure):
        split = _by_place(figure, below)
    else:
        hold_places(below)
        parts = [figure.like(unit=child) for child in below]
        parts.append(figure.like(alone=True))
        split = list(zip([*below, figure.unit], _values(parts), strict=True))
    *children, (unit, own) = split
    return [*children, (unit, own)] if own else children


def _by_place(figure: Figure, below: list[Unit]) -> list[tuple[Unit, Decimal | None]]:
    placed = Placement.objects.filter(parent=figure.unit).filter(
        overlapping(figure.period.first, figure.period.last)
    )
    child_at = {placement.path: placement.unit for placement in placed.select_related("unit")}
    values: dict[Unit, Decimal] = defaultdict(Decimal)
    length = len(figure.unit.path(day=figure.period.last)) + STEP
    for path, value in figure.beneath(length).values_list("branch", "value"):
        values[child_at.get(path, figure.unit)] += value
    own = values.pop(figure.unit, Decimal(0))
    gone = [unit for unit in values if unit not in below]
    children = [(unit, values.get(unit, Decimal(0))) for unit in [*below, *gone]]
    return [*children, (figure.unit, own)]


def is_flow(figure: Figure) -> bool:
    return not figure.indicator.is_formula and isinstance(figure.source.when, Flow)


def month_of(day: dt.date) -> dt.date:
    return dt.date(day.year, day.month, 1)


def _values(figures: list[Figure]) -> list[Decimal | None]:
    batch.evaluate(figures)
    return [figure.value for figure in figures]
