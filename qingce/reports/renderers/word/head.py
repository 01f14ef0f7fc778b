"""The red head: the issuer's mark, the number and the rule; of a letter, the double rules."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from qingce.reports.layout import Layout, Paragraph
from qingce.reports.renderers.measures import mark_size
from qingce.reports.renderers.word.drawing import rule
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
    SIZE_3,
    TOP,
    TYPE_WIDTH,
)  # fmt: skip

THICK, THIN, BETWEEN = 2.0, 0.75, 1.0  # of a double rule: points, points, millimetres


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
        elif paragraph.style == "letter_number":
            _below_the_double_rule(made, layout)
    if layout.paper.is_letter:
        _letter_rules(writer, layout)
    else:
        _rule_below(writer)


def _mark(made: Any, paragraph: Paragraph, layout: Layout, marked: int) -> None:
    """Its upper edge 35 mm below the type area's; of a letter, 30 mm below the paper's."""
    size = mark_size(paragraph.text)
    line = size * 1.25
    room = 0 if layout.paper.is_letter else MARK_TOP * MM - marked * PITCH
    before = max(0.0, room - (line - size) / 2)
    put(made.pPr, "spacing", before=round(before * 20), line=round(line * 20), lineRule="exact")
    for run in made.findall(qn("w:r")):
        for tag in ("sz", "szCs"):
            put(run.get_or_add_rPr(), tag, val=round(size * 2))
    if layout.paper.is_letter:
        _framed(made.pPr, LETTER_MARK_TOP * MM - (line - size) / 2, TYPE_WIDTH, line)


def _framed(properties: Any, top: float, width: float, height: float) -> None:
    """Take the paragraph out of the text, to a place on the paper: `top` in points, `width` in mm."""
    left = (PAPER_WIDTH - width) / 2
    put(
        properties, "framePr", w=round(width * MM * 20), h=round(height * 20), hRule="exact", wrap="around",
        hSpace=0, vAnchor="page", hAnchor="page", x=round(left * MM * 20), y=round(top * 20),
    )  # fmt: skip


def _rule_below(writer: Writer) -> None:
    """A red rule as wide as the type area, 4 mm below the number."""
    made = writer.add(writer.paragraph("number"))
    height = RULE_BELOW * MM - (PITCH - SIZE_3) / 2
    put(made.pPr, "spacing", before=0, after=0, line=round(height * 20), lineRule="exact")
    put(made.pPr, "pBdr").append(element("bottom", val="single", sz=12, space=0, color=RED))


def rule_of_letter(layout: Layout) -> float:
    """Millimetres from the paper's top to the first double rule: 4 mm below the mark."""
    mark = next(one for one in layout.head if one.style == "mark")
    return LETTER_MARK_TOP + mark_size(mark.text) / MM + RULE_BELOW


def _below_the_double_rule(made: Any, layout: Layout) -> None:
    before = (rule_of_letter(layout) + 2 - TOP) * MM
    put(made.pPr, "spacing", before=round(before * 20), line=round(PITCH * 20), lineRule="exact")


def _letter_rules(writer: Writer, layout: Layout) -> None:
    """The double red rules, 170 mm long: thick over thin below the mark, thin over thick at the foot."""
    carrier = writer.sections[0].first_page_header.paragraphs[0]._p
    left, foot = (PAPER_WIDTH - LETTER_RULE) / 2, PAPER_HEIGHT - LETTER_RULE_FOOT
    head_rule = rule_of_letter(layout)
    rules = ((head_rule, THICK), (head_rule + BETWEEN, THIN), (foot - BETWEEN, THIN), (foot, THICK))
    for number, (top, weight) in enumerate(rules, 1):
        carrier.append(rule(number, top, left, LETTER_RULE, weight, RED))
