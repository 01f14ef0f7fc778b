"""The annex 数据来源表: every figure with its definition, each row a bookmark that the text links to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from qingce.reports.annex import cells, heads
from qingce.reports.document import Document
from qingce.reports.renderers.word.elements import bookmark, element, put
from qingce.reports.styles import STYLES

WIDTHS = [Mm(14), Mm(34), Mm(66), Mm(28), Mm(14)]


def annex(file: Any, document: Document) -> None:
    if not document.sources:
        return
    label = file.add_paragraph(_("Annex"), style=STYLES["chapter"].word)
    label.paragraph_format.page_break_before = True
    put(label._p.get_or_add_pPr(), "ind", firstLineChars=0, firstLine=0)
    file.add_paragraph(_("Where the figures come from"), style=STYLES["title"].word)
    table = file.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    _row(table.rows[0], heads())
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    for source in document.sources:
        row = table.add_row()
        _row(row, cells(source))
        number = row.cells[0].paragraphs[0].runs[0]._r
        bookmark(number, f"source_{source.place}", len(document.sources) + source.place)


def _row(row: Any, texts: list[str]) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = STYLES["cell"].word
        paragraph.add_run(text).font.size = Pt(10.5)
    row._tr.get_or_add_trPr().append(element("cantSplit"))
