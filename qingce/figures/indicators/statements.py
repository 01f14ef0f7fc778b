"""Which figures are stated by hand: the statement stands beside what is counted, never in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qingce.figures.indicators.models import Statement
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period

if TYPE_CHECKING:
    from qingce.figures.indicators.figure import Figure


def attach(figures: Sequence[Figure]) -> None:
    """Give each figure the statement that stands for its unit and period; one query for all."""
    may = [one for one in figures if one.indicator.stated and not one.extra and not one.alone]
    if not may:
        return
    standing = (
        Statement.objects.standing()
        .filter(
            code__in={one.indicator.code for one in may},
            unit__in={one.unit.pk for one in may},
            period__in={one.period.code for one in may},
        )
        .select_related("by")
    )
    found = {(one.code, one.unit_id, one.period): one for one in standing}
    for figure in may:
        figure.statement = found.get((figure.indicator.code, figure.unit.pk, figure.period.code))


def standing(unit: Unit, period: Period) -> Sequence[Statement]:
    """Everything that stands as stated of a unit and a period."""
    return list(Statement.objects.standing().filter(unit=unit, period=period.code).select_related("by"))


def voided(code: str, unit: Unit, period: Period) -> Sequence[Statement]:
    """What was stated before and taken back, the latest first."""
    before = Statement.objects.filter(code=code, unit=unit, period=period.code, voided_at__isnull=False)
    return list(before.select_related("by", "voided_by"))
