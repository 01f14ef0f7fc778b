"""Drift: how far the ledger has moved from what was issued, figure by figure and row by row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.reports.frozen import kept
from qingce.reports.rows import CountedRow, counted_rows

if TYPE_CHECKING:
    from qingce.reports.models import FrozenFigure, Snapshot


@dataclass(frozen=True)
class Drift:
    """How far the ledger has moved from a frozen figure."""

    frozen: FrozenFigure
    live: Decimal | None  # None when the indicator is gone or has no value now
    live_exact: str
    live_rows: list[CountedRow]
    added: list[CountedRow]
    removed: list[CountedRow]
    redefined: bool

    @property
    def difference(self) -> Decimal | None:
        return None if self.live is None else self.live - self.frozen.value

    @property
    def is_change(self) -> bool:
        moved = self.difference is None or self.difference or self.added or self.removed
        return bool(moved) or self.redefined


def drift_of(snapshot: Snapshot) -> dict[str, Drift]:
    """What has changed since the issue, by key; figures that stand as issued are left out."""
    drifts = all_drift(list(snapshot.figures.select_related("unit", "snapshot__unit")))
    return {drift.frozen.key: drift for drift in drifts if drift.is_change}


def all_drift(frozen: list[FrozenFigure]) -> list[Drift]:
    """Every figure beside what the ledger says now; asked together, whatever their number."""
    known = [one for one in frozen if one.code in indicators()]
    live = [Figure(indicators()[one.code], one.asked_unit, one.asked_period) for one in known]
    batch.evaluate(live)
    rows = dict(zip((one.pk for one in known), counted_rows(live), strict=True))
    figures = dict(zip((one.pk for one in known), live, strict=True))
    return [_drift(one, figures.get(one.pk), rows.get(one.pk, [])) for one in frozen]


def _drift(frozen: FrozenFigure, live: Figure | None, rows: list[CountedRow]) -> Drift:
    before, now = set(frozen.counted), set(rows)
    value = None if live is None or live.told is None else kept(live.told)
    return Drift(
        frozen=frozen,
        live=value,
        live_exact=live.exact if live else "—",
        live_rows=rows,
        added=[row for row in rows if row not in before],
        removed=[row for row in frozen.counted if row not in now],
        redefined=live is None or live.indicator.digest != frozen.definition_digest,
    )
