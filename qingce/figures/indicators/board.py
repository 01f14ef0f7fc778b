"""The board: every indicator of a unit and a period by chapter, with its months and last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.models import Statement
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.shown import Shown
from qingce.figures.indicators.sight import Sight
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import tree_held_still


@dataclass(frozen=True)
class Cell:
    indicator: Indicator
    address: str
    value: Shown
    statement: Statement | None
    last_year: Shown
    months: Sequence[Decimal]  # empty for stocks, formulas, ranks and matters closed to the reader

    @property
    def has_value(self) -> bool:
        return self.value.text not in {"—", "0"}


@dataclass(frozen=True)
class Chapter:
    label: str
    cells: list[Cell]

    @property
    def with_value(self) -> int:
        return sum(cell.has_value for cell in self.cells)


@tree_held_still()
def chapters(question: Question, reach: Reach) -> list[Chapter]:
    """Every indicator, asked together; the number of queries does not grow with the records."""
    figures = [question.figure(indicator) for indicator in indicators().values()]
    last_year = [figure.last_year() for figure in figures]
    batch.evaluate([*figures, *last_year])
    cells = [
        _cell(question, figure, before, months, Sight(reach))
        for figure, before, months in zip(figures, last_year, batch.months(figures), strict=True)
    ]
    by_chapter = groupby(cells, key=lambda cell: cell.indicator.chapter_label)
    return [Chapter(label, list(group)) for label, group in by_chapter]


def _cell(
    question: Question,
    figure: Figure,
    before: Figure,
    months: Sequence[Decimal],
    sight: Sight,
) -> Cell:
    indicator = figure.indicator
    value = sight.shown(figure)
    return Cell(
        indicator=indicator,
        address=question.address("figure", indicator.code),
        value=value,
        statement=figure.statement,
        last_year=sight.shown(before),
        months=months if sight.is_open(figure) and indicator.form != "rank" and _drawn(months) else (),
    )


def _drawn(months: Sequence[Decimal]) -> bool:
    """Whether a row of bars says more than the value alone."""
    return len(months) > 1 and any(months)
