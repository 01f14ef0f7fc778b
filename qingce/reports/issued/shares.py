"""The split of a frozen figure by the units directly below: each counted row once, where it was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qingce.figures.indicators.display import number
from qingce.figures.indicators.figure import Figure
from qingce.league.organisations.models import STEP, Placement, hold_places, paths_during, tree_held_still
from qingce.league.organisations.models import Unit as Body
from qingce.reports.rows import AT_UNIT, CountedRow


@dataclass(frozen=True)
class Share:
    """What one unit below contributes; of the unit itself, what is its own."""

    code: str
    name: str
    amount: Decimal
    rows: int

    def stored(self) -> list[Any]:
        return [self.code, self.name, number(self.amount), self.rows]

    @classmethod
    def read_back(cls, stored: Sequence[Any]) -> Share:
        code, name, amount, rows = stored
        return cls(code, name, Decimal(amount), rows)


@tree_held_still()
def shares(figures: Sequence[Figure], rows: Sequence[Sequence[CountedRow]]) -> list[list[Share]]:
    """For each figure its split, which always sums to the total; empty for a formula."""
    placed = [list(_placed(figure, those)) for figure, those in zip(figures, rows, strict=True)]
    asked = {path for pairs in placed for path, _row in pairs}
    found = Placement.objects.filter(path__in=asked).select_related("unit")
    named = {placement.path: placement.unit for placement in found}
    return [_shares(pairs, named) for pairs in placed]


def _placed(figure: Figure, rows: Sequence[CountedRow]) -> Iterator[tuple[str, CountedRow]]:
    """Each row with the path of the unit below to which it belongs."""
    if figure.indicator.is_formula:
        return
    units = {int(row.place[1:]) for row in rows if row.place.startswith(AT_UNIT)}
    bodies = Body.objects.in_bulk(units)
    hold_places(bodies.values())
    above = paths_during(figure.unit, figure.period.first, figure.period.last)
    for row in rows:
        at_unit = row.place.startswith(AT_UNIT)
        path = bodies[int(row.place[1:])].path(day=figure.period.last) if at_unit else row.place
        base = max((one for one in above if path.startswith(one)), key=len, default="")
        yield path[: len(base) + STEP], row


def _shares(pairs: Sequence[tuple[str, CountedRow]], named: dict[str, Body]) -> list[Share]:
    parts: dict[str, list[CountedRow]] = {}
    for path, row in pairs:
        parts.setdefault(path, []).append(row)
    return [
        Share(
            named[path].code if path in named else "",
            str(named[path]) if path in named else "—",
            sum((row.amount for row in those), Decimal(0)),
            len(those),
        )
        for path, those in sorted(parts.items())
    ]
