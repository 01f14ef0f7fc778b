"""The figure drawer: everything behind one number, in the order in which a careful reader asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.figure import Figure, Row
from qingce.figures.indicators.overlap import overlap
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.shown import Shown, shown
from qingce.figures.indicators.sight import Sight
from qingce.foundation.ui.numbers import short_day
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit
from qingce.league.people.veil import Veil
from qingce.ledger.periods import Period
from qingce.ledger.records.models import Grade

FIRST_ROWS = 20


@dataclass(frozen=True)
class Part:
    """One part of a split: a month, a unit below, a component of a formula."""

    label: str
    value: Decimal | None
    shown: Shown
    address: str


@dataclass(frozen=True)
class Choice:
    """A narrower or wider period of the same list."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True)
class ShownRow:
    """A counted row as this reader may see it."""

    row: Row
    label: str
    masked: bool

    @property
    def address(self) -> str:
        """The record's page; empty for a row of a register."""
        return f"/records/{self.row.number}/" if self.row.number else ""

    @property
    def amount(self) -> Shown | None:
        """What the row counts for, as its figure is shown; None where it is one of those counted."""
        counting = indicators()[self.row.of]
        if self.row.amount == 1 and counting.form != "rank":
            return None
        return shown(counting, self.row.amount, open_to_reader=True)


def seen(row: Row, veil: Veil, asked_of: Unit, *, open_to_reader: bool) -> ShownRow:
    """A row as one reader may see it: the name veiled; of a covered matter neither place nor day,
    because whoever counts the rows of a unit or a month has its number.
    """
    masked = row.personal and veil.hides(row.subject)
    label = veil.name(row.label, row.subject) if masked else row.label
    if not open_to_reader:
        row = replace(row, number="", unit=str(asked_of), day=None)
    return ShownRow(row, label, masked)


class Drawer:
    """A figure with what the drawer tells of it; each part asks for itself when it is shown."""

    def __init__(self, indicator: Indicator, question: Question, reach: Reach) -> None:
        self.indicator = indicator
        self.question = question
        self.reach = reach
        self.figure: Figure = question.figure(indicator)

    # The value

    @cached_property
    def sight(self) -> Sight:
        return Sight(self.reach)

    @cached_property
    def open_to_reader(self) -> bool:
        return self.sight.is_open(self.figure)

    @cached_property
    def value(self) -> Shown:
        self._evaluate()
        return self.sight.shown(self.figure)

    @cached_property
    def last_year(self) -> Shown:
        self._evaluate()
        return self.sight.shown(self.before)

    @cached_property
    def before(self) -> Figure:
        return self.figure.last_year()

    @property
    def difference(self) -> str:
        """“more by 25”, “less by 3”, “the same”; empty where it would uncover or mislead."""
        now, then = self.figure.value, self.before.value
        covered = self.value.covered or self.last_year.covered
        if now is None or then is None or covered or self.indicator.form == "rank":
            return ""
        if now == then:
            return _("the same")
        change = shown(self.indicator, abs(now - then), open_to_reader=True)
        said = _("more by %s") if now > then else _("less by %s")
        return said % f"{change.text}{change.unit}"

    # What it means

    @property
    def basis(self) -> str:
        if self.indicator.basis == "stock":
            return _("Stock: as it stood on %s.") % short_day(self.figure.period.last)
        return _("Flow: gathered from %(first)s to %(last)s.") % {
            "first": short_day(self.figure.period.first),
            "last": short_day(self.figure.period.last),
        }

    @property
    def manner(self) -> str:
        """What kind of sum it is."""
        if self.indicator.is_formula:
            return _("Worked out from other figures: %s") % self.indicator.formula
        measure = self.figure.measure
        if measure.latest:
            return _("Looked up in the latest result, never added.")
        if measure.key and measure.amount:
            return _("Summed; the same thing recorded twice is taken once.")
        if measure.key:
            return _("Different ones are counted; each counts once.")
        return _("Amounts are summed.") if measure.amount else _("Rows are counted one by one.")

    @property
    def filters(self) -> list[tuple[str, str]]:
        """What the reader narrowed further."""
        return [(name, _said(asked)) for name, asked in self.question.extra.items()]

    # Taken apart

    @cached_property
    def components(self) -> list[Part]:
        return [
            Part(
                str(part.indicator),
                part.value,
                self.sight.shown(part),
                self.question.address("figure", code),
            )
            for code, part in self.figure.components.items()
        ]

    @cached_property
    def months(self) -> list[Part]:
        months = self.figure.by_month()
        said = self.sight.split(self.figure, dict(months))
        if len(months) < 2 or self.value.covered or any(one.covered for one in said.values()):
            return []
        return [
            Part(
                str(month.first.month),
                value,
                said[month],
                self.question.of(period=month).address("figure", self.indicator.code),
            )
            for month, value in months
        ]

    def month_choices(self) -> list[Choice]:
        """The months of the year in question, to narrow the list of rows."""
        year = self.question.period.last.year
        spans = [Period.year(year), *(Period.month(year, month) for month in range(1, 13))]
        return [
            Choice(
                span.label if span == spans[0] else _("Month %d") % span.first.month,
                self.question.of(period=span).address("figure-rows", self.indicator.code),
                span.code == self.question.period.code,
            )
            for span in spans
        ]

    @property
    def month_values(self) -> list[Decimal | None]:
        """For the chart; a rate is drawn in per cent."""
        percent = self.indicator.form == "percent"
        return [
            round(part.value * 100, 1) if percent and part.value is not None else part.value
            for part in self.months
        ]

    @property
    def month_names(self) -> list[str]:
        return [part.label for part in self.months]

    @property
    def highest_month(self) -> int | None:
        values = [part.value or Decimal(0) for part in self.months]
        return values.index(max(values)) if any(values) else None

    @cached_property
    def units(self) -> list[Part]:
        """The units below that have anything; none where the value itself is covered."""
        if self.value.covered:
            return []
        split = self.figure.by_unit()
        said = self.sight.split(self.figure, dict(split))
        return [
            Part(
                str(unit),
                value,
                said[unit],
                self.question.of(unit=unit).address("figure", self.indicator.code),
            )
            for unit, value in split
            if value
        ]

    # What stands behind

    @cached_property
    def evidence(self) -> list[tuple[str, int]]:
        if not self.open_to_reader:
            return []  # a small part of it could point at somebody
        order = {grade: place for place, grade in enumerate(Grade.values)}
        mix = sorted(self.figure.evidence_mix(), key=lambda part: order.get(part[0], len(order)))
        return [(str(Grade(grade).label), count) for grade, count in mix]

    @cached_property
    def lacking(self) -> int:
        return 0 if not self.open_to_reader else self.figure.missing_evidence()

    @cached_property
    def shared(self) -> list[tuple[Indicator, int, str]]:
        """Other figures that count some of these records too, the most shared first."""
        if not self.open_to_reader:
            return []
        found = sorted(overlap(self.figure), key=lambda pair: -pair[1])
        closed = not self.reach.may("case.see", self.question.unit)
        found = [(other, count) for other, count in found if not (closed and other.sensitive)]
        return [(other, count, self.question.address("figure", other.code)) for other, count in found]

    # The list

    @cached_property
    def row_count(self) -> int:
        return self.figure.row_count

    @cached_property
    def first_rows(self) -> list[ShownRow]:
        if self.indicator.is_formula or self.value.covered:
            return []
        return self.show(self.figure.ordered_rows()[:FIRST_ROWS])

    @property
    def more_rows(self) -> bool:
        return self.row_count > len(self.first_rows)

    @cached_property
    def veil(self) -> Veil:
        return Veil.of(self.reach, self.question.unit)

    def show(self, rows: Iterable[Any] | None = None) -> list[ShownRow]:
        """`rows` (or all) as this reader may see them: masked where need be, never fewer."""
        listed = self.figure.listed(rows)
        return [self.shown_row(row) for row in listed]

    def masked_in(self, rows: list[ShownRow]) -> int:
        return sum(row.masked for row in rows)

    @property
    def first_masked(self) -> int:
        return self.masked_in(self.first_rows)

    @property
    def has_amounts(self) -> bool:
        return not self.indicator.is_formula and bool(self.figure.measure.amount)

    def address(self, route: str) -> str:
        return self.question.address(route, self.indicator.code)

    @property
    def own_address(self) -> str:
        return self.address("figure")

    @property
    def rows_address(self) -> str:
        return self.address("figure-rows")

    @property
    def export_xlsx(self) -> str:
        return self._export("xlsx")

    @property
    def export_csv(self) -> str:
        return self._export("csv")

    def _export(self, ending: str) -> str:
        return self.question.address("figure-export", self.indicator.code, ending)

    @property
    def units_address(self) -> str:
        return self.address("figure-by-unit")

    def shown_row(self, row: Row) -> ShownRow:
        return seen(row, self.veil, self.question.unit, open_to_reader=self.open_to_reader)

    def _evaluate(self) -> None:
        if "value" not in self.figure.__dict__:
            batch.evaluate([self.figure, self.before])


def _said(asked: Any) -> str:
    if isinstance(asked, bool):
        return _("Yes") if asked else _("No")
    return "、".join(asked)
