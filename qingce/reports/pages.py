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
    page, used, together = 1, float(_head_lines(layout)), 0.0
    for lines, sticks in (piece for one in layout.body for piece in _pieces(one)):
        together += lines
        if sticks:
            continue
        if used + together > LINES:
            page, used = page + 1, 0.0
        used, together = used + together, 0.0
    return page, int(LINES - used)


def _pieces(paragraph: Paragraph) -> Iterator[tuple[float, bool]]:
    """The paragraph in lines that a page may part, each with whether it stays with what follows."""
    if paragraph.rows:
        yield from ((TABLE_LINE / PITCH, False) for _row in paragraph.rows)
        return
    lines = sum(1 for _line in _texts(paragraph))
    if STYLES[paragraph.style].tied:
        yield paragraph.above + lines, True
        return
    for place in range(lines):
        sticks = paragraph.tied and place >= lines - 2
        yield 1 + (0 if place else paragraph.above), sticks


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


def _texts(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.style == "title":
        yield from (run.text for run in paragraph.runs)
        return
    width = CELLS - paragraph.left - paragraph.hang - paragraph.right
    yield from broken(paragraph.text, width=width, first=STYLES[paragraph.style].first)
