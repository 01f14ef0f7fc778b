"""Tables of a document: figures against last year, by unit beneath, by month, or a list of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import number, rounded
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.shown import HIDDEN
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.document import Run
from qingce.reports.facts import Fact, Finding, listing
from qingce.reports.outline import Table

Row = tuple[Run, ...]
Split = list[tuple[str, list[Figure]]]  # what a row is called, and its figures


def is_unknown(figure: Figure) -> bool:
    """No value, or a rank that nobody has entered: there is no place number 0."""
    return figure.told is None or (figure.indicator.form == "rank" and not figure.told)


def exact(figure: Figure) -> str:
    return "—" if is_unknown(figure) else figure.exact


@dataclass(frozen=True)
class Grid:
    """One table of a unit and a period. `others` are asked before `rows` are read, all at once."""

    table: Table
    unit: Unit
    period: Period
    figures: Mapping[str, Figure]  # the unit's own, by code
    facts: Mapping[str, Fact]
    covers: Callable[[Figure], bool] = lambda _figure: False

    @property
    def others(self) -> list[Figure]:
        """What stands beside the unit's own figures."""
        return [*self._before.values(), *(one for _name, figures in self._split for one in figures)]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The first names the columns."""
        drawn = {"figures": self._figures, "records": self._records}.get(self.table.sort, self._parts)
        return tuple(drawn())

    @cached_property
    def missing(self) -> str:
        """What is still to be settled; empty when nothing is."""
        if self.table.sort == "records":
            return "" if self._listed else str(self.facts[self.table.fact])
        return "" if self.table.codes else _("figures of the table")

    @cached_property
    def _before(self) -> dict[str, Figure]:
        codes = self.table.codes if self.table.sort == "figures" else ()
        return {code: self.figures[code].last_year() for code in codes}

    @cached_property
    def _split(self) -> Split:
        if self.table.sort == "units":
            units = self.unit.children(day=self.period.last).active(self.period.last)
            return [(str(unit), self._of(unit, self.period)) for unit in units]
        if self.table.sort == "months":
            return [(f"{one.first.month}月", self._of(self.unit, one)) for one in self.period.sub_months]
        return []

    def _of(self, unit: Unit, period: Period) -> list[Figure]:
        return [Figure(indicators()[code], unit, period) for code in self.table.codes]

    @cached_property
    def _listed(self) -> list[Finding]:
        return listing(self.facts[self.table.fact], self.unit, self.period)

    def _figures(self) -> Iterator[Row]:
        """A row a figure: this period, the same period of last year, and the difference."""
        yield _heads("指标", "本期", "上年同期", "增减")
        for code, before in self._before.items():
            figure = self.figures[code]
            hidden = self.covers(figure) or self.covers(before)
            shown = (exact(figure), before.exact, _difference(figure, before))
            yield (
                Run(figure.indicator.label),
                *(Run(HIDDEN if hidden else text, figure=code) for text in shown),
            )

    def _parts(self) -> Iterator[Row]:
        """A row a unit directly beneath or a month, and the whole; a number opens the whole's figure."""
        by_month = self.table.sort == "months"
        yield _heads("月份" if by_month else "单位", *(indicators()[code].label for code in self.table.codes))
        for name, figures in self._split:
            yield (Run(name), *(self._cell(one, one.exact) for one in figures))
        whole = [self.figures[code] for code in self.table.codes]
        yield (Run("全期" if by_month else "合计"), *(self._cell(one, exact(one)) for one in whole))

    def _cell(self, figure: Figure, text: str) -> Run:
        return Run(HIDDEN if self.covers(figure) else text, figure=figure.indicator.code)

    def _records(self) -> Iterator[Row]:
        yield _heads("序号", self.table.column)
        for place, one in enumerate(self._listed, 1):
            yield (Run(str(place)), Run(one.words, record=one.record))
        if not self._listed:
            yield (Run("—"), Run(_("[To be settled: %s]") % self.missing, gap=True))


def _heads(*names: str) -> Row:
    return tuple(Run(name) for name in names)


def _difference(figure: Figure, before: Figure) -> str:
    """Against the same period of last year, as a table writes it: +21, -3 or 持平."""
    if figure.value is None or before.value is None:
        return "—"
    percent = figure.indicator.unit == "%"
    change = figure.value - before.value
    change = rounded(change * 100, 1) if percent else change
    if not change:
        return "持平"
    return f"{'+' if change > 0 else '-'}{number(abs(change))}{'个百分点' if percent else ''}"
