"""The red head: the issuer's mark, the number and the rule; of a letter, the double rules."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from qingce.reports.layout import Layout, Paragraph
from qingce.reports.renderers.measures import mark_size
from qingce.reports.renderers.word.elements import element, put
from qingce.reports.renderers.word.text import Writer
from qingce.reports.styles import (
    LETTER_MARK_TOP,
    LETTER_RULE,
    LETTER_RULE_FOOT,
    MARK_TOP,
    MM,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    PITCH,
    RED,
    RULE_BELOW,
    TYPE_WIDTH,
)  # fmt: skip


def head(writer: Writer, layout: Layout) -> None:
    if not layout.has_red_head:
        return
    marked = 0
    for paragraph in layout.head:
        made = writer.write(paragraph)
        if paragraph.style in ("marked", "secrecy"):
            marked += 1
        elif paragraph.style == "mark":
            _mark(made, paragraph, layout, marked)
    if layout.paper.is_letter:
        _letter_rules(writer)
    else:
        _rule_below(made)


def _mark(made: Any, paragraph: Paragraph, layout: Layout, marked: int) -> None:
    """Its upper edge 35 mm below the type area's; of a letter, 30 mm below the paper's."""
    size = mark_size(paragraph.text)
    properties = made.pPr
    line = size * 1.25
    room = (MARK_TOP * MM - marked * PITCH) if not layout.paper.is_letter else 0
    before = max(0.0, room - (line - size) / 2)
    put(properties, "spacing", before=round(before * 20), line=round(line * 20), lineRule="exact")
    for run in made.findall(qn("w:r")):
        for tag in ("sz", "szCs"):
            put(run.get_or_add_rPr(), tag, val=round(size * 2))
    if layout.paper.is_letter:
        top = LETTER_MARK_TOP * MM - (line - size) / 2
        _framed(properties, top, TYPE_WIDTH, line)


def _framed(properties: Any, top: float, width: float, height: float) -> None:
    """Take the paragraph out of the text, to a place on the paper: `top` in points, `width` in mm."""
    left = (PAPER_WIDTH - width) / 2
    put(
        properties, "framePr", w=round(width * MM * 20), h=round(height * 20), hRule="exact", wrap="around",
        hSpace=0, vAnchor="page", hAnchor="page", x=round(left * MM * 20), y=round(top * 20),
    )  # fmt: skip


def _rule_below(made: Any) -> None:
    """A red rule as wide as the type area, 4 mm below the number."""
    borders = put(made.pPr, "pBdr")
    borders.append(element("bottom", val="single", sz=12, space=round(RULE_BELOW * MM), color=RED))


def _letter_rules(writer: Writer) -> None:
    """The double red rules, 170 mm long: thick over thin below the mark, thin over thick at the foot."""
    top = LETTER_MARK_TOP + mark_size("信") / MM + 4
    section = writer.sections[0]
    _double(section.first_page_header.paragraphs[0], "thickThinSmallGap", top)
    _double(section.first_page_footer.paragraphs[0], "thinThickSmallGap", PAPER_HEIGHT - LETTER_RULE_FOOT)


def _double(made: Any, kind: str, top: float) -> None:
    properties = made._p.get_or_add_pPr()
    put(properties, "spacing", before=0, after=0, line=20, lineRule="exact")
    put(properties, "pBdr").append(element("top", val=kind, sz=18, space=0, color=RED))
    _framed(properties, top * MM, LETTER_RULE, 3)
