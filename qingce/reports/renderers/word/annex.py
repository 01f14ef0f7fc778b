"""The annex 数据来源表: every figure with its definition, each row a bookmark that the text links to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qingce.reports.annex import cells, heads
from qingce.reports.document import Document, Source
from qingce.reports.renderers.word.elements import bookmark, put, run_of, switch
from qingce.reports.renderers.word.tables import table
from qingce.reports.renderers.word.text import Writer

WIDTHS = (14, 34, 66, 28, 14)  # mm


def annex(writer: Writer, document: Document) -> None:
    if not document.sources:
        return
    label = writer.add(writer.paragraph("chapter"))
    switch(label.pPr, "pageBreakBefore", True)
    put(label.pPr, "ind", firstLineChars=0, firstLine=0)
    label.append(run_of(_("Annex")))
    title = writer.add(writer.paragraph("title"))
    title.append(run_of(_("Where the figures come from")))
    rows = [[_cell(writer, text) for text in heads()]]
    rows += [_row(writer, source, len(document.sources)) for source in document.sources]
    writer.add(table(rows, WIDTHS))
    writer.add(writer.paragraph("small"))


def _row(writer: Writer, source: Source, offset: int) -> list[Any]:
    number, *rest = cells(source)
    first = writer.paragraph("small")
    first.extend(bookmark(run_of(number), f"source_{source.place}", offset + source.place))
    return [first, *(_cell(writer, text) for text in rest)]


def _cell(writer: Writer, text: str) -> Any:
    made = writer.paragraph("small")
    made.append(run_of(text))
    return made
