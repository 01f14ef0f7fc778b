"""Page numbers, and the imprint at the foot of the last even page."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from qingce.reports.layout import Layout, Paragraph
from qingce.reports.pages import blank_page_before_imprint
from qingce.reports.renderers.lines import lines
from qingce.reports.renderers.word.drawing import box_at_foot
from qingce.reports.renderers.word.elements import element, field, put, switch
from qingce.reports.renderers.word.tables import table
from qingce.reports.renderers.word.text import Writer
from qingce.reports.styles import MM, STYLES, THICK, THIN, TYPE_WIDTH

BOX_NUMBER = 9  # among the drawings of the file


def page_numbers(section: Any) -> None:
    """— 1 —: odd pages right, even pages left, one character in; a letter's first page has none."""
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")


def _number(footer: Any, side: str) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = STYLES["page_number"].word
    properties = paragraph._p.get_or_add_pPr()
    put(properties, "ind", leftChars=100, left=280, rightChars=100, right=280, firstLineChars=0, firstLine=0)
    put(properties, "jc", val=side)
    paragraph.add_run("— ")
    field(paragraph.add_run()._r, "PAGE")
    paragraph.add_run(" —")


def imprint(writer: Writer, layout: Layout) -> None:
    """The lines of the imprint between their rules, in a box that rests on the foot of the type area."""
    if not layout.imprint:
        return
    if blank_page_before_imprint(layout) and not layout.paper.is_letter:
        _even_page(writer)
    carrier = writer.add(writer.paragraph("small"))
    if blank_page_before_imprint(layout) and layout.paper.is_letter:
        switch(carrier.pPr, "pageBreakBefore", True)
    made = table([[writer.written(paragraph)] for paragraph in layout.imprint], [TYPE_WIDTH])
    made.find(qn("w:tblPr")).find(qn("w:tblStyle")).set(qn("w:val"), "TableNormal")
    for row, sides in zip(made.findall(qn("w:tr")), _rules(layout), strict=True):
        borders = element("tcBorders")
        borders.extend(sides)
        row.find(qn("w:tc")).find(qn("w:tcPr")).insert(1, borders)
    last = writer.paragraph("small")
    put(last.pPr, "spacing", before=0, after=0, line=20, lineRule="exact")
    height = sum(len(lines(one, lambda _run: 0)) * STYLES[one.style].pitch for one in layout.imprint) / MM + 2
    carrier.append(box_at_foot(BOX_NUMBER, TYPE_WIDTH, height, [made, last]))


def _even_page(writer: Writer) -> None:
    """End the section after the last paragraph, so that what follows begins an even page."""
    last = writer.body.sectPr.getprevious()
    if last.tag != qn("w:p"):
        last = writer.add(writer.paragraph("small"))
    put(last.get_or_add_pPr(), "sectPr").extend(copy.deepcopy(list(writer.body.sectPr)))
    writer.sections[-1].start_type = WD_SECTION.EVEN_PAGE


def _rules(layout: Layout) -> list[list[Any]]:
    """Of each line its rules: 0.35 mm first and last, 0.25 mm between; a letter has none."""
    lines: Sequence[Paragraph] = layout.imprint
    ruled = [place for place, one in enumerate(lines) if one.style != "copies" and not layout.paper.is_letter]
    sides: list[list[Any]] = [[] for _line in lines]
    for place in ruled:
        sides[place].append(_rule("top", THIN if place else THICK))
        if place == ruled[-1]:
            sides[place].append(_rule("bottom", THICK))
    return sides


def _rule(side: str, thickness: float) -> Any:
    return element(side, val="single", sz=round(thickness * MM * 8), space=0, color="000000")
