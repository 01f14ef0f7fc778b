"""On how many pages a layout stands: what decides where the imprint goes."""

from __future__ import annotations

from collections.abc import Iterator

from qingce.reports.layout import Layout, Paragraph
from qingce.reports.styles import MARK_TOP, MM, PITCH, STYLES
from qingce.reports.typography import CELLS, LINES, broken

HEAD_LINES = 3  # from the mark to below the rule, besides its 35 mm
TABLE_LINE = 24  # points of a row of a table


def ends_on_page(layout: Layout) -> tuple[int, int]:
    """The page on which the text ends, and how many of its lines are free."""
    page, used = 1, _head_lines(layout)
    paragraphs = list(layout.body)
    for place, paragraph in enumerate(paragraphs):
        lines = _lines(paragraph)
        follows = min(_lines(paragraphs[place + 1]), 2) if place + 1 < len(paragraphs) else 0
        tied = paragraph.tied or STYLES[paragraph.style].tied
        if tied and used + lines + follows > LINES and lines < LINES:
            page, used = page + 1, 0
        used += lines
        while used > LINES:
            page, used = page + 1, used - LINES
    return page, LINES - used


def blank_page_before_imprint(layout: Layout) -> bool:
    """Whether the imprint needs a page of its own: it stands at the foot of the last, an even page."""
    page, free = ends_on_page(layout)
    needed = len(layout.imprint) + 1
    return free < needed if layout.paper.is_letter else bool(page % 2) or free < needed


def _head_lines(layout: Layout) -> int:
    if not layout.has_red_head:
        return 0
    height = MARK_TOP * MM / PITCH if not layout.paper.is_letter else 0
    return round(height) + HEAD_LINES


def _lines(paragraph: Paragraph) -> int:
    if paragraph.rows:
        return round(len(paragraph.rows) * TABLE_LINE / PITCH + 0.5)
    return paragraph.above + sum(1 for _line in _texts(paragraph))


def _texts(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.style == "title":
        yield from (run.text for run in paragraph.runs)
        return
    width = CELLS - paragraph.left - paragraph.hang - paragraph.right
    yield from broken(paragraph.text, width=width, first=STYLES[paragraph.style].first)
