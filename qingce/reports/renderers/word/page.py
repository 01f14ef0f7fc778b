"""Paper, margins, document grid and the settings of the file."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from qingce.reports.renderers.word.elements import element
from qingce.reports.styles import (
    BOTTOM,
    LEFT,
    PAGE_NUMBER_BELOW,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    RIGHT,
    TOP,
)  # fmt: skip

LINE_PITCH = 579  # twentieths of a point: 22 lines on 225 mm
CHARACTER_SPACE = -849  # 1/4096 point: 28 characters of 16 points on 156 mm
HALF_NUMBER = 2.5  # mm: half the height of a page number, whose dash is measured


def page(section: Any, *, letter: bool = False) -> None:
    section.page_width, section.page_height = Mm(PAPER_WIDTH), Mm(PAPER_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = Mm(15)
    section.footer_distance = Mm(BOTTOM - PAGE_NUMBER_BELOW - HALF_NUMBER)
    section.different_first_page_header_footer = letter
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(
        element("docGrid", type="linesAndChars", linePitch=LINE_PITCH, charSpace=CHARACTER_SPACE)
    )


def settings(file: Any) -> None:
    file.settings.odd_and_even_pages_header_footer = True
    root = file.settings.element
    for tag in ("characterSpacingControl", "themeFontLang"):
        for old in root.findall(qn(f"w:{tag}")):
            root.remove(old)
    control = element("characterSpacingControl", val="doNotCompress")
    before = root.find(qn("w:compat"))
    root.append(control) if before is None else before.addprevious(control)
