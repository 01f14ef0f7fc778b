"""Frozen rows as one reader may see them: named, masked, closed; never fewer than were counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.drawer import seen
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.sight import Sight
from qingce.league.access.reach import Reach
from qingce.league.people.veil import SHUT, Veil
from qingce.reports.models import FrozenFigure
from qingce.reports.rows import CountedRow

Asked = Sequence[tuple[FrozenFigure, Iterable[CountedRow]]]


@dataclass(frozen=True)
class Line:
    """One counted row in words."""

    counted: CountedRow
    number: str  # of its record; empty for a row of a register, and where the matter is closed
    label: str
    unit: str
    day: dt.date | None
    grade: str
    masked: bool = False
    closed: bool = False  # a sensitive matter: neither record nor place nor day
    reference: str = ""  # by which the log knows a row of a register

    @property
    def address(self) -> str:
        return f"/records/{self.number}/" if self.number else ""


class LineBook:
    """The rows of many figures in words; one query for each table, whatever the number of figures.

    Without `names` every personal name is masked, whoever reads.
    """

    def __init__(self, reach: Reach, asked: Asked, *, names: bool = True) -> None:
        self.reach = reach
        self.names = names
        self.sight = Sight(reach)
        self.leaves = {figure.pk: _leaves(figure) for figure, _rows in asked}
        self._things = self._read(asked)
        self._veils: dict[int, Veil] = {}

    def lines(self, figure: FrozenFigure, rows: Iterable[CountedRow]) -> Iterator[Line]:
        """`rows` of `figure`, each as this reader may see it."""
        leaves = self.leaves[figure.pk]
        for row in rows:
            leaf = leaves.get(row.model)
            thing = self._things.get(row.model, {}).get(row.id)
            yield self._line(leaf, thing, row) if leaf and thing is not None else _unread(leaf, row, self)

    def is_open(self, figure: FrozenFigure) -> bool:
        """Whether the reader may see which records stand behind it."""
        return all(self.sight.is_open(leaf) for leaf in self.leaves[figure.pk].values())

    def _line(self, leaf: Figure, thing: Any, counted: CountedRow) -> Line:
        thing.counted_amount = counted.amount
        [row] = leaf.listed([thing])
        open_to_reader = self.sight.is_open(leaf)
        shown = seen(row, self._veil(leaf), leaf.unit, open_to_reader=open_to_reader)
        return Line(
            counted=counted,
            number=shown.row.number,
            label=shown.label,
            unit=shown.row.unit,
            day=shown.row.day,
            grade=row.grade,
            masked=shown.masked,
            closed=not open_to_reader,
            reference="" if row.number or not open_to_reader else _reference(thing),
        )

    def _veil(self, leaf: Figure) -> Veil:
        if not self.names:
            return SHUT
        if leaf.unit.pk not in self._veils:
            self._veils[leaf.unit.pk] = Veil.of(self.reach, leaf.unit)
        return self._veils[leaf.unit.pk]

    def _read(self, asked: Asked) -> dict[str, dict[int, Any]]:
        keys: dict[str, set[int]] = {}
        for _figure, rows in asked:
            for row in rows:
                keys.setdefault(row.model, set()).add(row.id)
        return {model: self._table(model, wanted) for model, wanted in keys.items()}

    def _table(self, model: str, keys: set[int]) -> dict[int, Any]:
        related = {
            path
            for leaves in self.leaves.values()
            for leaf in leaves.values()
            if leaf.source.model._meta.label_lower == model
            for path in leaf.source.related
        }
        rows = apps.get_model(model)._default_manager.select_related(*sorted(related))
        found: dict[int, Any] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), AT_ONCE):
            found |= rows.in_bulk(wanted[start : start + AT_ONCE])
        return found


AT_ONCE = 5000  # keys asked in one query


def _unread(leaf: Figure | None, row: CountedRow, book: LineBook) -> Line:
    """A row that is there no longer, or whose figure the catalogue knows no longer: its number alone."""
    closed = leaf is None or not book.sight.is_open(leaf)
    return Line(row, "" if closed else row.number, "—", "", None, "", closed=closed)


def _reference(thing: Any) -> str:
    """How the log calls the person, unit or site behind a row of a register."""
    person = getattr(thing, "person", None)
    return str(person.reference if person is not None else getattr(thing, "code", ""))


def _leaves(frozen: FrozenFigure) -> dict[str, Figure]:
    """The figures that read the tables behind a frozen figure, by table; of a formula, its parts."""
    indicator = indicators().get(frozen.code)
    if indicator is None:
        return {}
    return {
        leaf.source.model._meta.label_lower: leaf
        for leaf in _taken_apart(Figure(indicator, frozen.asked_unit, frozen.asked_period))
    }


def _taken_apart(figure: Figure) -> Iterator[Figure]:
    if not figure.indicator.is_formula:
        yield figure
        return
    for part in figure.components.values():
        yield from _taken_apart(part)
