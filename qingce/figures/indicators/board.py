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
from qingce.figures.indicators.shown import Shown, shown
from qingce.league.organisations.models import tree_held_still


@dataclass(frozen=True)
class Cell:
    indicator: Indicator
    address: str
    value: Shown
    statement: Statement | None
    last_year: Shown
    months: Sequence[Decimal]  # empty for stocks, formulas, ranks and covered values

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
def chapters(question: Question, *, open_to_reader: bool) -> list[Chapter]:
    """Every indicator, asked together; the number of queries does not grow with the records."""
    figures = [question.figure(indicator) for indicator in indicators().values()]
    last_year = [figure.last_year() for figure in figures]
    batch.evaluate([*figures, *last_year])
    cells = [
        _cell(question, figure, before, months, open_to_reader=open_to_reader)
        for figure, before, months in zip(figures, last_year, batch.months(figures), strict=True)
    ]
    by_chapter = groupby(cells, key=lambda cell: cell.indicator.chapter_label)
    return [Chapter(label, list(group)) for label, group in by_chapter]


def _cell(
    question: Question,
    figure: Figure,
    before: Figure,
    months: Sequence[Decimal],
    *,
    open_to_reader: bool,
) -> Cell:
    indicator = figure.indicator
    value = shown(indicator, figure.value, open_to_reader=open_to_reader)
    return Cell(
        indicator=indicator,
        address=question.address("figure", indicator.code),
        value=value,
        statement=figure.statement,
        last_year=shown(indicator, before.value, open_to_reader=open_to_reader),
        months=() if value.covered or len(months) < 2 or indicator.form == "rank" else months,
    )
