"""A draft as the document that renderers draw and the issue keeps."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qingce.figures.indicators import batch
from qingce.figures.indicators.figure import Figure
from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.rows import row_counts
from qingce.reports.tables import exact, is_unknown
from qingce.reports.writing.drawing import Drawing, Key, Said, numerals
from qingce.reports.writing.models import Draft, Role
from qingce.reports.writing.paper_form import standing_paper
from qingce.reports.writing.runs import Piece

ROLES = {Role.HEADING: "chapter"}  # where the document's role has another name


def document_of(draft: Draft, drawing: Drawing) -> Document:
    """The document as it stands now, gaps and all."""
    places = {key: place for place, key in enumerate(drawing.figures, 1)}
    period = draft.period_asked
    return Document(
        outline=draft.outline,
        unit=draft.unit.code,
        unit_name=draft.unit.name,
        period=draft.period,
        period_name=period.label,
        blocks=tuple(_blocks(drawing, places)),
        sources=tuple(_sources(draft, drawing)),
        gaps=tuple(drawing.gaps),
        paper=standing_paper(draft),
        limit=draft.plan.limit if draft.plan else 0,
    )


def _blocks(drawing: Drawing, places: dict[Key, int]) -> Iterator[Block]:
    numbered = numerals(drawing.paragraphs)
    for one in drawing.paragraphs:
        if one.role == Role.TABLE:
            yield from (_table(told, places) for told in drawing.of_paragraph[one.pk])
            continue
        runs = [_run(told, places) for told in drawing.of_paragraph[one.pk]]
        if numbered[one.pk]:
            runs.insert(0, Run(numbered[one.pk]))
        if runs:
            yield Block(ROLES.get(Role(one.role), one.role), tuple(runs))


def _table(told: Said, places: dict[Key, int]) -> Block:
    caption = (Run(told.text),) if told.text else ()
    return Block("table", caption, tuple(tuple(_run(cell, places) for cell in row) for row in told.rows))


def _run(told: Said, places: dict[Key, int]) -> Run:
    piece = told.piece
    if piece.sort == "stated":
        return Run(told.text, source=told.remark)
    return Run(
        told.text,
        figure=piece.code if piece.sort in {"figure", "all"} else "",
        record=told.record,
        gap=bool(told.gap),
        place=places.get(told.key, 0) if told.key else 0,
        form=piece.form,
        override=told.remark if piece.override else "",
    )


def _sources(draft: Draft, drawing: Drawing) -> Iterator[Source]:
    figures = drawing.figures
    batch.evaluate(list(figures.values()))  # formulas show their parts, so that these are asked too
    counts = row_counts(list(figures.values()))
    written = _first_forms(drawing)
    overridden = {drawing.key(piece): piece for piece in _overridden(drawing)}
    for place, ((key, figure), rows) in enumerate(zip(figures.items(), counts, strict=True), 1):
        yield _source(place, key, figure, rows, written.get(key, figure.display), overridden.get(key), draft)


def _source(
    place: int, key: Key, figure: Figure, rows: int, written: str, overridden: Piece | None, draft: Draft
) -> Source:
    indicator, unknown = figure.indicator, is_unknown(figure)
    _code, unit, period = key
    return Source(
        place=place,
        code=indicator.code,
        label=str(indicator),
        definition=figure.definition,
        version=indicator.version,
        digest=indicator.digest,
        value=None if unknown else figure.told,
        exact="—" if unknown else figure.exact,
        written=written,
        rows=rows,
        parts=tuple(f"{one.indicator} {one.exact}" for one in figure.components.values()),
        remark=_remark(figure, overridden),
        unit="" if unit == draft.unit.code else unit,
        period="" if period == draft.period else period,
    )


def _remark(figure: Figure, overridden: Piece | None) -> str:
    if overridden is not None:
        told = {"text": overridden.override, "because": overridden.because, "by": overridden.by}
        return _("Written “%(text)s” by %(by)s: %(because)s") % told
    if figure.statement is not None:
        return _("Stated by hand: see the definition.")
    if not figure.value:
        return _("Nothing is recorded in this period; see whether the sentence should stay.")
    return ""


def _first_forms(drawing: Drawing) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for told in drawing.everything():
        if told.key and not told.gap:
            found.setdefault(told.key, told.text)
        for key in (cell.key for row in told.rows for cell in row if cell.key):
            found.setdefault(key, exact(drawing.figures[key]))
    return found


def _overridden(drawing: Drawing) -> Iterator[Piece]:
    for told in drawing.everything():
        if told.key and told.piece.override:
            yield told.piece
