"""Issuing a report: its figures are frozen with their definitions and rows, its files are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.foundation.words import initials
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.compose import compose, refuse_gaps
from qingce.reports.document import Document, Source
from qingce.reports.frozen import kept
from qingce.reports.issued.codes import check_code
from qingce.reports.issued.files import files_of
from qingce.reports.issued.shares import Share, shares
from qingce.reports.models import FrozenFigure, IssuedFile, Snapshot
from qingce.reports.outline import Outline
from qingce.reports.rows import CountedRow, counted_rows

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


def freeze(outline: Outline, unit: Unit, period: Period, *, by: User) -> Snapshot:
    """Issue what the outline says now of a unit and a period; Refused while it has gaps."""
    with override("zh-hans"):  # a paper is Chinese whatever its author's screen says
        document = compose(outline, unit, period)
    return issue(document, unit=unit, period=period, by=by)


@telling()
def issue(
    document: Document,
    *,
    unit: Unit,
    period: Period,
    by: User,
    replaces: Snapshot | None = None,
    because: str = "",
) -> Snapshot:
    """Hand the document in: text, values, definitions, rows and files stay as they are now.

    With `replaces` the former issue is kept and says that this one stands in its place; `because`
    is the reason. Refused while there are gaps.
    """
    refuse_gaps(document.gaps)
    if replaces is not None:
        _refuse_replacement(replaces, document, unit, period, because)
    snapshot = Snapshot(
        document=document.outline,
        unit=unit,
        period=period.code,
        title=document.title[:200],
        initials=initials(document.title)[:200],
        content=document.stored(),
        digest=document.digest,
        at=timezone.now(),
        by=by,
        replaces=replaces,
        because=because.strip() if replaces is not None else "",
    )
    figures = list(_frozen_figures(snapshot, document, unit, period))
    files = [IssuedFile(snapshot=snapshot, **kept_file) for kept_file in files_of(document)]
    snapshot.seal = snapshot.sealed(figures, files)
    snapshot.save()
    FrozenFigure.objects.bulk_create(figures)
    IssuedFile.objects.bulk_create(files)
    _tell(snapshot, by=by)
    return snapshot


def _tell(snapshot: Snapshot, *, by: User) -> None:
    former = snapshot.replaces
    tell(
        Told.REPORT_REPLACED if former else Told.REPORT_FROZEN,
        by=by,
        about=snapshot.title,
        reference=f"snapshot-{snapshot.pk}",
        details={
            "digest": snapshot.digest,
            "seal": snapshot.seal,
            **({"replaces": f"snapshot-{former.pk}", "because": snapshot.because} if former else {}),
        },
    )


def _refuse_replacement(
    former: Snapshot, document: Document, unit: Unit, period: Period, because: str
) -> None:
    if not because.strip():
        raise Refused(_("Say why the former issue is replaced: the reason is printed beside it."))
    if former.replaced_by is not None:
        raise Refused(
            _("“%s” has been replaced already; replace the issue that stands in its place.") % former
        )
    if (former.document, former.unit_id, former.period) != (document.outline, unit.pk, period.code):
        raise Refused(_("A new issue replaces one of the same report, unit and period."))


def _frozen_figures(
    snapshot: Snapshot, document: Document, unit: Unit, period: Period
) -> Iterator[FrozenFigure]:
    units = _units(document, unit)
    asked = [
        Figure(
            indicators()[source.code],
            units.get(source.unit, unit),
            Period.parse(source.period) if source.period else period,
        )
        for source in document.sources
    ]
    rows = counted_rows(asked)
    split = shares(asked, rows)
    overrides = _overrides(document)
    for source, figure, those, parts in zip(document.sources, asked, rows, split, strict=True):
        yield _frozen(snapshot, source, figure, those, parts, overrides.get(source.place, ""))


def _units(document: Document, unit: Unit) -> dict[str, Unit]:
    codes = {source.unit for source in document.sources} - {"", unit.code}
    return {one.code: one for one in Unit.objects.filter(code__in=codes)} if codes else {}


def _overrides(document: Document) -> dict[int, str]:
    """Why a figure is written otherwise than counted, by its place in the annex."""
    reasons: dict[int, str] = {}
    for run in document.runs():
        source = document.source_of(run) if run.override else None
        if source is not None:
            reasons.setdefault(source.place, run.override)
    return reasons


def _frozen(
    snapshot: Snapshot,
    source: Source,
    figure: Figure,
    rows: list[CountedRow],
    parts: list[Share],
    override: str,
) -> FrozenFigure:
    frozen = FrozenFigure(
        snapshot=snapshot,
        place=source.place,
        code=source.code,
        unit=figure.unit,
        period=figure.period.code,
        label=source.label,
        value=kept(source.value or 0),
        display=source.written[:60],
        exact=source.exact,
        override=override,
        definition=source.definition,
        version=source.version,
        definition_digest=source.digest,
        rows=[row.stored() for row in rows],
        shares=[part.stored() for part in parts],
    )
    frozen.check_code = check_code(frozen)
    return frozen
