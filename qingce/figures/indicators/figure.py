"""A figure: one indicator, one unit, one period. The number and its list are the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import Any, cast

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Substr, TruncMonth
from django.utils.translation import gettext as _

from qingce.figures.indicators import formula as formulas
from qingce.figures.indicators import splits
from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.display import written
from qingce.figures.indicators.models import Statement
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.people.veil import Subject, subject_of
from qingce.ledger.periods import Period
from qingce.ledger.sources.measures import WHOLE, Measure
from qingce.ledger.sources.source import Flow, Source, sources


@dataclass(frozen=True)
class Row:
    """One counted row as a list shows it; `amount` is what it adds to the value."""

    model: str
    id: int
    number: str  # of the record it belongs to; empty for a row of a register
    label: str
    personal: bool
    subject: Subject  # what decides how the label is shown
    unit: str
    day: dt.date | None
    grade: str
    amount: Decimal
    of: str  # code of the indicator that counts it; of a formula, the part of it


class Figure:
    """What an indicator says of a unit, with everything beneath it, in a period."""

    def __init__(
        self,
        indicator: Indicator,
        unit: Unit,
        period: Period,
        extra: Mapping[str, Any] | None = None,
        *,
        alone: bool = False,
    ) -> None:
        self.indicator = indicator
        self.unit = unit
        self.period = period
        self.extra = dict(extra or {})  # what the reader narrows further, by the same dimensions
        self.statement: Statement | None = None  # found by `statements.attach`
        self.alone = alone  # the unit's own rows, without those of the units beneath it

    def __repr__(self) -> str:
        return f"<Figure {self.indicator.code} {self.unit.code} {self.period.code}>"

    # The question

    @property
    def question(self) -> str:
        """The same for figures that ask the same."""
        asked = (self.indicator.code, self.unit.pk, self.period.code, sorted(self.extra.items()), self.alone)
        return repr(asked)

    @property
    def source(self) -> Source:
        return sources()[self.indicator.source]

    @property
    def measure(self) -> Measure:
        return self.source.measures[self.indicator.take]

    @cached_property
    def ground(self) -> QuerySet[Any]:
        """Every row of the source in the unit and the period; the same for many figures."""
        return self.source.records(self.unit, self.period, {}, alone=self.alone)

    @cached_property
    def records(self) -> QuerySet[Any]:
        """Every row that the definition admits."""
        admitted = self.source.narrowed(self.ground, self.period, self.indicator.where)
        # The reader's own filters narrow the definition; they never replace a part of it.
        return self.source.narrowed(admitted, self.period, self.extra)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows just counted: one for each thing that counts once."""
        return self.measure.counted_rows(self.records)

    @cached_property
    def components(self) -> dict[str, Figure]:
        """For a formula, the figures it speaks of."""
        return {code: self.like(indicators()[code]) for code in self.indicator.parts}

    # The answer

    @cached_property
    def value(self) -> Decimal | None:
        """The value; None only for a formula whose divisor is 0."""
        if self.indicator.is_formula:
            values = {code: part.value for code, part in self.components.items()}
            return formulas.value(self.indicator.formula, values)
        answer: Decimal = self.rows.aggregate(value=self.measure.aggregate())["value"]
        return Decimal(answer)

    @property
    def told(self) -> Decimal | None:
        """What a document says: the statement where one stands, else the value."""
        return self.statement.stated_value if self.statement else self.value

    @property
    def definition(self) -> str:
        """What is counted, and who stated it by hand where somebody did."""
        said = self.indicator.definition
        if self.statement is None:
            return said
        counted = written(self.value, unit=self.indicator.unit, form="exact")
        return f"{said} {self.statement.sentence} {_('Counted from the records: %s.') % counted}"

    @property
    def display(self) -> str:
        return self.in_form(self.indicator.form)

    @property
    def exact(self) -> str:
        return self.in_form("percent" if self.indicator.unit == "%" else "exact")

    def in_form(self, form: str) -> str:
        return written(self.told, unit=self.indicator.unit, form=form)

    def recount(self) -> Decimal | None:
        """The value found by walking the list row by row: for those who want to be sure."""
        if self.indicator.is_formula:
            values = {code: part.recount() for code, part in self.components.items()}
            return formulas.value(self.indicator.formula, values)
        return sum((row.amount for row in self.listed()), Decimal(0))

    @cached_property
    def row_count(self) -> int:
        if self.indicator.is_formula:
            return sum(part.row_count for part in self.components.values())
        return self.rows.count() if self.measure.amount else int(self.value or 0)

    # The list

    def ordered_rows(self) -> QuerySet[Any]:
        """The counted rows as a list shows them, with what it needs at hand."""
        rows = self.rows.select_related(*self.source.related)
        if self.measure.amount:
            rows = rows.annotate(counted_amount=F(self.measure.amount))
        day = self._day
        return rows.order_by(day, "pk") if day else rows.order_by("pk")

    def listed(self, rows: Iterable[Any] | None = None) -> list[Row]:
        """`rows` (or all of them, in order) as a list shows them."""
        if self.indicator.is_formula:
            return [row for part in self.components.values() for row in part.listed()]
        rows = self.ordered_rows() if rows is None else rows
        return [self._listed(row) for row in rows]

    def _listed(self, row: Any) -> Row:
        source = self.source
        record = None
        if source.root is not None:
            record = getattr(row, source.root) if source.root else row
        unit = record.unit if record else getattr(row, "unit", row)
        return Row(
            model=row._meta.label_lower,
            id=row.pk,
            number=record.number if record else "",
            label=source.describe(row),
            personal=source.personal,
            subject=_subject(row, source, record, unit),
            unit=str(unit),
            day=_at(row, self._day) if self._day else None,
            grade=record.grade if record else "",
            amount=Decimal(row.counted_amount or 0) if self.measure.amount else Decimal(1),
            of=self.indicator.code,
        )

    @property
    def components_or_none(self) -> list[Figure]:
        return list(self.components.values()) if self.indicator.is_formula else []

    def tally(self, key: int) -> QuerySet[Any]:
        """The value as a row (key, value), so that many figures can travel in one query.

        Different things are counted by their key: as many as there are first rows of each.
        """
        rows, aggregate = self._split()
        keyed = rows.order_by().annotate(key=Value(key, output_field=WHOLE))
        return keyed.values("key").annotate(answer=aggregate)

    @property
    def _day(self) -> str:
        when = self.source.when
        return when.day if isinstance(when, Flow) else ""

    # Splits

    def last_year(self) -> Figure:
        return self.like(period=self.period.last_year)

    def like(
        self,
        indicator: Indicator | None = None,
        *,
        unit: Unit | None = None,
        period: Period | None = None,
        alone: bool | None = None,
    ) -> Figure:
        """The same question with one thing changed."""
        return Figure(
            indicator or self.indicator,
            unit or self.unit,
            period or self.period,
            self.extra,
            alone=self.alone if alone is None else alone,
        )

    def by_month(self) -> list[tuple[Period, Decimal | None]]:
        """The value of each month; where a thing stands in two months, both count it."""
        return splits.by_month(self)

    def monthly(self) -> QuerySet[Any]:
        """Rows (month, value) for the months in which anything was counted."""
        rows, aggregate = self._split()
        return rows.order_by().annotate(month=TruncMonth(self._day)).values("month").annotate(value=aggregate)

    def by_unit(self) -> list[tuple[Unit, Decimal | None]]:
        """The value of each unit directly below, then of this unit's own records."""
        return splits.by_unit(self)

    def beneath(self, length: int) -> QuerySet[Any]:
        """Rows (branch, value): the value by the first `length` digits of the place."""
        rows, aggregate = self._split()
        place = cast(Flow, self.source.when).place
        branch = Substr(place, 1, length, output_field=CharField())
        return rows.order_by().annotate(branch=branch).values("branch").annotate(value=aggregate)

    def _split(self) -> tuple[QuerySet[Any], Any]:
        """Rows to be split and what to take from each part."""
        if self.measure.key and not self.measure.amount:
            return self.measure.known(self.records), self.measure.aggregate_of_part()
        return self.rows, self.measure.aggregate()

    # What stands behind

    def evidence_mix(self) -> list[tuple[str, int]]:
        """How many records stand behind the value, by evidence grade; empty for registers."""
        if self.indicator.is_formula or self.source.root is None:
            return []
        grade = self.source.through("grade")
        number = self.source.through("number")
        counted = self.records.order_by().values(grade).annotate(n=Count(number, distinct=True))
        return sorted(counted.values_list(grade, "n"))

    def missing_evidence(self) -> int:
        """Number of records behind the value that lack a paper their kind asks for."""
        if self.indicator.is_formula or self.source.root is None:
            return 0
        lacking = self.records.filter(**{self.source.through("paper_missing"): True})
        return lacking.values(self.source.through("number")).distinct().count()


def figure(code: str, *, unit: Unit, period: Period, **extra: Any) -> Figure:
    """The figure of an indicator; Refused when there is none of that code."""
    try:
        return Figure(indicators()[code], unit, period, extra)
    except KeyError:
        near = "、".join(get_close_matches(code, list(indicators()), n=3))
        raise Refused(
            _("There is no indicator “%(code)s”. Near it: %(near)s.") % {"code": code, "near": near or "—"}
        ) from None


def _subject(row: Any, source: Source, record: Any, unit: Unit) -> Subject:
    """A minor on the day of the record, a record of a sensitive kind, or nothing of either."""
    sensitive = record is not None and record.kind_of_work.sensitive
    person = _at(row, source.person) if source.person else None
    if person is None or record is None:
        return Subject(unit=unit.pk, sensitive=sensitive)
    return subject_of(person, unit=unit.pk, on=record.happened_on, sensitive=sensitive)


def _at(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = getattr(row, step)
    return row
