"""Why a figure moved: its added and removed rows, and what happened to the records behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from qingce.figures.indicators.display import number
from qingce.figures.indicators.models import Statement
from qingce.figures.indicators.shown import Shown
from qingce.figures.indicators.sight import Sight
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit
from qingce.reports.issued.chronicle import Chronicle, Happening
from qingce.reports.issued.drift import Drift
from qingce.reports.issued.lines import Line, LineBook
from qingce.reports.models import FrozenFigure
from qingce.reports.rows import CountedRow


@dataclass(frozen=True)
class Moved:
    """One row that came, went, or weighs otherwise than before."""

    line: Line
    before: Decimal | None  # None: it was not counted
    after: Decimal | None  # None: it is counted no longer
    happenings: list[Happening] = field(default_factory=list)
    state: str = ""  # of its record, where that counts no longer

    @property
    def sort(self) -> str:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "weighed"


@dataclass(frozen=True)
class Explained:
    """One figure that moved, with the rows that moved it; `more` are not listed here."""

    drift: Drift
    moved: list[Moved]
    more: int
    statements: list[str]
    live: Shown  # what the ledger says now, covered where a small number must not be told

    @property
    def now(self) -> str:
        if self.live.covered:
            return self.live.text
        return self.drift.live_exact

    @property
    def difference(self) -> str:
        """+3 or -1 with a sign; empty where it would uncover or there is nothing to compare."""
        moved = self.drift.difference
        if not moved or self.live.covered:
            return ""
        percent = self.drift.figure is not None and self.drift.figure.indicator.unit == "%"
        said = f"{number(abs(moved) * 100)}%" if percent else number(abs(moved))
        return f"{'+' if moved > 0 else '−'}{said}"

    @property
    def in_words(self) -> str:
        return f"{self.drift.frozen.label}：{self.drift.said.exact} → {self.now}"

    def of(self, sort: str) -> list[Moved]:
        return [one for one in self.moved if one.sort == sort]

    @property
    def sorts(self) -> list[tuple[str, str, list[Moved]]]:
        """The rows by what became of them, those sorts only that occur."""
        labels = {
            "removed": _("No longer counted"),
            "added": _("Counted since"),
            "weighed": _("Counted with another amount"),
        }
        return [(sort, label, self.of(sort)) for sort, label in labels.items() if self.of(sort)]


def moves(
    before: Sequence[CountedRow], after: Sequence[CountedRow]
) -> list[tuple[CountedRow, Decimal | None, Decimal | None]]:
    """Rows of two lists that are not alike: the row, its amount before and after."""
    was = {(row.model, row.id): row for row in before}
    now = {(row.model, row.id): row for row in after}
    gone = [(row, row.amount, None) for key, row in was.items() if key not in now]
    weighed = [
        (row, was[key].amount, row.amount)
        for key, row in now.items()
        if key in was and was[key].amount != row.amount
    ]
    come = [(row, None, row.amount) for key, row in now.items() if key not in was]
    return [*gone, *weighed, *come]


def explain(drifts: Sequence[Drift], reach: Reach, unit: Unit, *, shown: int) -> list[Explained]:
    """Each drift with its first `shown` rows and their stories; as many queries for one as for fifty."""
    if not drifts:
        return []
    moved = [moves(drift.said.rows, drift.live_rows) for drift in drifts]
    listed: list[tuple[FrozenFigure, list[CountedRow]]] = [
        (drift.frozen, [row for row, _before, _after in those[:shown]])
        for drift, those in zip(drifts, moved, strict=True)
    ]
    book, sight = LineBook(reach, listed), Sight(reach)
    numbers = {row.number for _figure, rows in listed for row in rows}
    chronicle = Chronicle(reach, unit, numbers, since=min(drift.said.at for drift in drifts))
    stated = _statements(drifts)
    lines = [list(book.lines(figure, rows)) for figure, rows in listed]
    registers = chronicle.of_registers([line for those in lines for line in those])
    return [
        Explained(
            drift=drift,
            moved=told(those[:shown], mine, chronicle, registers, since=drift.said.at),
            more=max(0, len(those) - shown),
            statements=stated.get(drift.frozen.key, []),
            live=sight.shown(drift.figure) if drift.figure is not None else Shown("—", ""),
        )
        for drift, those, mine in zip(drifts, moved, lines, strict=True)
    ]


def told(
    moved: Sequence[tuple[CountedRow, Decimal | None, Decimal | None]],
    lines: Sequence[Line],
    chronicle: Chronicle,
    registers: Mapping[str, list[Happening]],
    *,
    since: dt.datetime,
) -> list[Moved]:
    """Rows that moved, each with what happened to it after `since`."""
    return [
        Moved(
            line=line,
            before=before,
            after=after,
            happenings=[
                one
                for one in (*chronicle.of(line.number), *registers.get(line.reference, ()))
                if one.at > since
            ],
            state=chronicle.state(line.number),
        )
        for line, (_row, before, after) in zip(lines, moved, strict=True)
    ]


def _statements(drifts: Sequence[Drift]) -> dict[str, list[str]]:
    """What was stated by hand, or taken back, since each figure was said; one query."""
    asked = {(one.frozen.code, one.frozen.asked_unit.pk, one.frozen.asked_period.code): one for one in drifts}
    since = min(drift.said.at for drift in drifts)
    lately = Q(at__gt=since) | Q(voided_at__gt=since)
    rows = Statement.objects.filter(lately, code__in={code for code, _unit, _period in asked})
    told: dict[str, list[str]] = {}
    for one in rows.select_related("by", "voided_by").order_by("at"):
        drift = asked.get((one.code, one.unit_id, one.period))
        if drift is None:
            continue
        said = told.setdefault(drift.frozen.key, [])
        if one.at > drift.said.at:
            said.append(one.sentence)
        if one.voided_at is not None and one.voided_at > drift.said.at:
            by, because = one.voided_by, one.voided_because
            said.append(_("%(by)s took the statement back: %(because)s") % {"by": by, "because": because})
    return told
