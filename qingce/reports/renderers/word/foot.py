"""Page numbers, and the imprint at the foot of the last even page."""

from __future__ import annotations

from typing import Any

from qingce.reports.layout import Layout
from qingce.reports.renderers.word.elements import element, field, put
from qingce.reports.renderers.word.text import Writer
from qingce.reports.styles import MM, STYLES, THICK, THIN, TYPE_WIDTH


def page_numbers(section: Any, layout: Layout) -> None:
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
    """The lines of the imprint between their rules, at the foot of the type area."""
    for place, paragraph in enumerate(layout.imprint):
        made = writer.write(paragraph)
        properties = made.pPr
        put(
            properties, "framePr", w=round(TYPE_WIDTH * MM * 20), wrap="around", hSpace=0, vAnchor="margin",
            hAnchor="margin", xAlign="center", yAlign="bottom",
        )  # fmt: skip
        if paragraph.style == "copies":
            continue
        last = place + 1 == len(layout.imprint) or layout.imprint[place + 1].style == "copies"
        borders = put(properties, "pBdr")
        borders.append(_rule("top", THIN if place else THICK))
        if last:
            borders.append(_rule("bottom", THICK))


def _rule(side: str, thickness: float) -> Any:
    return element(side, val="single", sz=round(thickness * MM * 8), space=1, color="000000")
