"""What can be counted, said beside the records by the people who know the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from qingce.foundation.dates import in_force
from qingce.foundation.stanzas import Labelled
from qingce.league.organisations.models import Placement, Unit, paths_during, under
from qingce.ledger.periods import Period
from qingce.ledger.sources.dimensions import Dimension
from qingce.ledger.sources.measures import Measure


@dataclass(frozen=True)
class Flow:
    """Rows gather over the period by the day in `day`; `place` is their path on that day."""

    day: str
    place: str = "place"

    def condition(self, unit: Unit, period: Period, *, alone: bool) -> Q:
        return self._within(unit, period, alone=alone) & Q(
            **{f"{self.day}__gte": period.first, f"{self.day}__lte": period.last}
        )

    def _within(self, unit: Unit, period: Period, *, alone: bool) -> Q:
        paths = paths_during(unit, period.first, period.last)
        if alone:
            return Q(**{f"{self.place}__in": paths})
        return reduce(or_, [under(path, column=self.place) for path in paths])


@dataclass(frozen=True)
class Stock:
    """Rows that stand on the period's last day; their unit is found in the tree of that day."""

    unit: str
    since: str = "since"
    until: str = "until"

    def condition(self, unit: Unit, period: Period, *, alone: bool) -> Q:
        beneath = Placement.objects.beneath(unit, day=period.last).values("unit")
        within = Q(**{self.unit: unit.pk}) if alone else Q(**{f"{self.unit}__in": beneath})
        return within & in_force(period.last, since=self.since, until=self.until)


@dataclass(frozen=True)
class Source(Labelled):
    """Rows that indicators may count: which rows, when, where, by what measure, narrowed by what.

    `root` is the path from a row to its record ("" when the row is the record, None when there is
    no record, as for a member of the register). `describe` names a row for a list; `personal`
    says that the name is a person's and is masked for readers without the right to names.
    """

    rows: Callable[[], QuerySet[Any]]
    when: Flow | Stock
    describe: Callable[[Any], str]
    root: str | None = ""
    measures: Mapping[str, Measure] = field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    personal: bool = False
    person: str = ""  # path to a person who, as a minor, goes by code name outside the handling unit
    related: tuple[str, ...] = ()  # what a list of rows needs at hand

    @property
    def is_stock(self) -> bool:
        return isinstance(self.when, Stock)

    @property
    def model(self) -> type[Model]:
        return self.rows().model

    def records(
        self, unit: Unit, period: Period, where: Mapping[str, Any], *, alone: bool = False
    ) -> QuerySet[Any]:
        """The rows of `unit` in `period`, narrowed by `where`; with all beneath unless `alone`."""
        rows = self.rows().filter(self.when.condition(unit, period, alone=alone))
        return self.narrowed(rows, period, where)

    def narrowed(self, rows: QuerySet[Any], period: Period, where: Mapping[str, Any]) -> QuerySet[Any]:
        """Those of `rows` that fulfil every condition of `where`."""
        for name, asked in where.items():
            rows = rows.filter(self.dimensions[name].condition(asked, period))
        return rows

    def through(self, column: str) -> str:
        """Path from a row to a column of its record."""
        return f"{self.root}__{column}" if self.root else column


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    """Called by each app that has something to count, when it is ready."""
    for source in sources:
        _sources[source.code] = source


def sources() -> Mapping[str, Source]:
    return _sources
