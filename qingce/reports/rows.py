"""The rows behind many figures at once, as they are frozen: what, which record, how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast, Concat

from qingce.figures.indicators.batch import together
from qingce.figures.indicators.figure import Figure
from qingce.league.organisations.models import tree_held_still
from qingce.ledger.sources.measures import DECIMAL, WHOLE
from qingce.ledger.sources.source import Flow

AT_UNIT = "#"  # begins the place of a row of a register, which is at a unit and has no path of its own


@dataclass(frozen=True)
class CountedRow:
    """One row behind a value: its table, its key, the record it belongs to, what it adds."""

    model: str
    id: int
    number: str
    amount: Decimal
    place: str = field(default="", compare=False)  # where it was counted, for a split by unit; not kept

    def stored(self) -> list[Any]:
        return [self.model, self.id, self.number, str(self.amount)]

    @classmethod
    def read_back(cls, stored: list[Any]) -> CountedRow:
        model, key, number, amount = stored
        return cls(model, key, number, Decimal(amount))


@tree_held_still()
def row_counts(figures: Sequence[Figure]) -> list[int]:
    """How many rows stand behind each figure; of a formula, behind its parts together."""
    leaves = _leaves(figures)
    keyed = [
        leaf.rows.order_by()
        .annotate(key=Value(key, output_field=WHOLE))
        .values("key")
        .annotate(n=Count("pk"))
        .values_list("key", "n")
        for key, (_figure, leaf) in enumerate(leaves)
    ]
    counts = [0] * len(figures)
    for key, count in together(keyed) if keyed else []:
        counts[leaves[key][0]] += count
    return counts


@tree_held_still()
def counted_rows(figures: Sequence[Figure]) -> list[list[CountedRow]]:
    """The rows behind each figure; of a formula, behind its parts."""
    leaves = _leaves(figures)
    keyed = [_keyed(key, leaf) for key, (_figure, leaf) in enumerate(leaves)]
    found: list[list[CountedRow]] = [[] for _figure in figures]
    for key, pk, number, amount, where in together(keyed) if keyed else []:
        place, leaf = leaves[key]
        label = leaf.source.model._meta.label_lower
        found[place].append(CountedRow(label, pk, number, Decimal(amount), where))
    return found


def _keyed(key: int, leaf: Figure) -> Any:
    amount, when = leaf.measure.amount, leaf.source.when
    where = (
        F(when.place) if isinstance(when, Flow) else Concat(Value(AT_UNIT), Cast(F(when.unit), CharField()))
    )
    number = F(leaf.source.through("number")) if leaf.source.root is not None else Value("")
    return (
        leaf.rows.order_by()
        .annotate(
            key=Value(key, output_field=WHOLE),
            record_number=Cast(number, CharField()),
            counted=Cast(F(amount) if amount else Value(1), DECIMAL),
            counted_at=Cast(where, CharField()),
        )
        .values_list("key", "pk", "record_number", "counted", "counted_at")
    )


def _leaves(figures: Sequence[Figure]) -> list[tuple[int, Figure]]:
    """Every figure that asks the database, with the place of the figure it answers for."""
    leaves: list[tuple[int, Figure]] = []
    for place, figure in enumerate(figures):
        if figure.indicator.is_formula:
            parts = list(figure.components.values())
            leaves += [(place, leaf) for _part, leaf in _leaves(parts)]
        else:
            leaves.append((place, figure))
    return leaves
