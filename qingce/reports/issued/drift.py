"""Drift: how far the ledger has moved from what was said, figure by figure and row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.reports.frozen import kept
from qingce.reports.issued.standing import Said, as_issued, said_last
from qingce.reports.models import FrozenFigure, Snapshot
from qingce.reports.rows import CountedRow, counted_rows


@dataclass(frozen=True)
class Drift:
    """How far the ledger has moved from one figure."""

    said: Said
    figure: Figure | None  # what the ledger says now; None when the indicator is gone
    live: Decimal | None  # None when there is no value now
    live_rows: list[CountedRow]
    added: list[CountedRow]
    removed: list[CountedRow]
    redefined: bool

    @property
    def frozen(self) -> FrozenFigure:
        return self.said.figure

    @property
    def live_exact(self) -> str:
        return self.figure.exact if self.figure is not None else "—"

    @property
    def still_written_so(self) -> bool:
        """Whether the words in the text are true of the new value too, as 140余 is of 142."""
        said, live = self.said, self.figure
        return said.display != said.exact and live is not None and live.display == said.display

    @property
    def display_now(self) -> str:
        """How the text would have to say it now."""
        return self.said.display if self.still_written_so else self.live_exact

    @property
    def difference(self) -> Decimal | None:
        return None if self.live is None else self.live - self.said.value

    @property
    def is_change(self) -> bool:
        moved = self.difference is None or self.difference or self.added or self.removed
        return bool(moved) or self.redefined


def drift_of(snapshot: Snapshot) -> dict[str, Drift]:
    """What has changed since the issue, by key; figures that stand as issued are left out."""
    return _changes([as_issued(one) for one in figures_of(snapshot)])


def open_drift(snapshot: Snapshot) -> dict[str, Drift]:
    """What no erratum says yet: changes since the issue, or since the latest erratum of the figure."""
    return _changes(said_last(figures_of(snapshot)))


def figures_of(snapshot: Snapshot) -> list[FrozenFigure]:
    figures = list(snapshot.figures.select_related("unit"))
    for one in figures:
        one.snapshot = snapshot
    return figures


def _changes(said: Sequence[Said]) -> dict[str, Drift]:
    return {drift.frozen.key: drift for drift in drifts(said) if drift.is_change}


def drifts(said: Sequence[Said]) -> list[Drift]:
    """Each figure beside what the ledger says now; asked together, whatever their number."""
    known = {place: one.figure for place, one in enumerate(said) if one.figure.code in indicators()}
    live = {place: _live(one) for place, one in known.items()}
    batch.evaluate(list(live.values()))
    rows = dict(zip(live, counted_rows(list(live.values())), strict=True))
    return [_drift(one, live.get(place), rows.get(place, [])) for place, one in enumerate(said)]


def _live(frozen: FrozenFigure) -> Figure:
    return Figure(indicators()[frozen.code], frozen.asked_unit, frozen.asked_period)


def _drift(said: Said, live: Figure | None, rows: list[CountedRow]) -> Drift:
    before, now = set(said.rows), set(rows)
    return Drift(
        said=said,
        figure=live,
        live=None if live is None or live.told is None else kept(live.told),
        live_rows=rows,
        added=[row for row in rows if row not in before],
        removed=[row for row in said.rows if row not in now],
        redefined=live is None or live.indicator.digest != said.definition_digest,
    )
