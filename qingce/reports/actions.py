"""Issuing a report: its figures are frozen with their definitions and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.compose import compose, refuse_gaps
from qingce.reports.document import Document, Source
from qingce.reports.models import FrozenFigure, Snapshot
from qingce.reports.outline import Outline
from qingce.reports.rows import CountedRow, counted_rows

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def freeze(outline: Outline, unit: Unit, period: Period, *, by: User) -> Snapshot:
    """Issue the document as it stands now; Refused while it has gaps."""
    document = compose(outline, unit, period)
    refuse_gaps(document.gaps)
    snapshot = Snapshot.objects.create(
        document=outline.address,
        unit=unit,
        period=period.code,
        title=document.title,
        content=document.stored(),
        digest=document.digest,
        at=timezone.now(),
        by=by,
    )
    _freeze_figures(snapshot, document, unit, period)
    tell(
        Told.REPORT_FROZEN,
        by=by,
        about=snapshot.title,
        reference=f"snapshot-{snapshot.pk}",
        details={"digest": snapshot.digest},
    )
    return snapshot


def _freeze_figures(snapshot: Snapshot, document: Document, unit: Unit, period: Period) -> None:
    figures = [Figure(indicators()[source.code], unit, period) for source in document.sources]
    rows = counted_rows(figures)
    FrozenFigure.objects.bulk_create(
        _frozen(snapshot, source, those) for source, those in zip(document.sources, rows, strict=True)
    )


def _frozen(snapshot: Snapshot, source: Source, rows: list[CountedRow]) -> FrozenFigure:
    return FrozenFigure(
        snapshot=snapshot,
        place=source.place,
        code=source.code,
        label=source.label,
        value=source.value or 0,
        display=source.written,
        exact=source.exact,
        definition=source.definition,
        version=source.version,
        definition_digest=source.digest,
        rows=[row.stored() for row in rows],
    )
