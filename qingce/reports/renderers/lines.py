"""Paragraphs cut into lines of the grid, as the page template takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from qingce.reports.document import Run
from qingce.reports.layout import Paragraph
from qingce.reports.styles import CELL, MM, SIZE_3, STYLES, TYPE_WIDTH, Style
from qingce.reports.typography import broken, cells, hangs

PlaceOf = Callable[[Run], int]  # a figure's row of the annex; 0 for plain words
HALF = CELL / SIZE_3 / 2  # the width of a digit, in ems
HALVES = re.compile(r"([!-~]+|·| )")  # set in half cells, whatever the font thinks of their width
TRIMMED = set("（《〈「『【〔")  # typst cuts the empty half of these at the beginning of a line
REMAINDER = 0.3  # points kept free, so that no rounding makes a line too long


def lines(paragraph: Paragraph, place_of: PlaceOf) -> list[dict[str, Any]]:
    style = STYLES[paragraph.style]
    if paragraph.style == "title":
        return [_line(style, [run], place_of, 0, 0, fills=False) for run in paragraph.runs]
    width = TYPE_WIDTH * MM / cell(style)
    first = paragraph.left + style.first
    later = paragraph.left + paragraph.hang
    room = width - paragraph.right
    texts = broken(paragraph.text, width=_whole(room - later), first=first - later)
    made, runs = [], list(paragraph.runs)
    for place, text in enumerate(texts):
        mine, runs = _taken(runs, len(text))
        indent = later if place else first
        fills = style.side == "justify" and place + 1 < len(texts)
        made.append(_line(style, mine, place_of, indent, paragraph.right, fills=fills))
    made[-1]["far"] = [
        {**_piece(run, text, place_of), "name": bool(place)}
        for place, run in enumerate(paragraph.far)
        for text in _split(run.text)
    ]
    return made


def cell(style: Style) -> float:
    """Points from one character to the next: on the grid for size 3, their own size for others."""
    return CELL if style.size == SIZE_3 else style.size


def _whole(width: float) -> float:
    return int(width * 2 + 0.01) / 2


def _line(
    style: Style, runs: Sequence[Run], place_of: PlaceOf, left: float, right: float, *, fills: bool
) -> dict[str, Any]:
    text = "".join(run.text for run in runs)
    room = TYPE_WIDTH * MM - (left + right) * cell(style)
    return {
        "pieces": list(_pieces(runs, place_of, hanging=hangs(text, room / cell(style) + 0.1))),
        "far": [],
        "left": left * cell(style),
        "right": right * cell(style),
        "tracking": _tracking(text, style, room, fills=fills),
    }


def _tracking(text: str, style: Style, room: float, *, fills: bool) -> float:
    """What is added to each character: for a filled line, so much that it reaches the right edge."""
    usual = cell(style) - style.size
    if not fills:
        return usual
    shown = text[:-1] if hangs(text, room / cell(style) + 0.1) else text
    parts = HALVES.split(shown)
    halves = sum(cells(one) * 2 for one in parts[1::2])
    spaced = sum(len(one) for one in parts[::2])
    free = room - REMAINDER - halves * HALF * style.size
    natural = sum(cells(one) for one in parts[::2]) * style.size
    return (free - natural) / spaced if spaced else usual


def _pieces(runs: Sequence[Run], place_of: PlaceOf, *, hanging: bool) -> Iterator[dict[str, Any]]:
    for place, run in enumerate(runs):
        text = run.text
        last = hanging and place + 1 == len(runs)
        if not place and text[:1] in TRIMMED:
            yield {**_piece(run, text[0], place_of), "trimmed": True}
            text = text[1:]
        for part in _split(text[:-1] if last else text):
            yield _piece(run, part, place_of)
        if last:
            yield {**_piece(run, text[-1], place_of), "hangs": True}


def _split(text: str) -> list[str]:
    return [part for part in HALVES.split(text) if part]


def _piece(run: Run, text: str, place_of: PlaceOf) -> dict[str, Any]:
    return {
        "text": text,
        "digits": round(cells(text) * 2) if HALVES.fullmatch(text) else 0,
        "name": False,
        "link": place_of(run),
        "gap": run.gap,
        "hangs": False,
        "trimmed": False,
    }


def _taken(runs: list[Run], length: int) -> tuple[list[Run], list[Run]]:
    """The runs that make up the next `length` characters, and what is left."""
    mine: list[Run] = []
    rest = list(runs)
    while length > 0 and rest:
        run = rest.pop(0)
        if len(run.text) > length:
            rest.insert(0, replace(run, text=run.text[length:]))
            run = replace(run, text=run.text[:length])
        mine.append(run)
        length -= len(run.text)
    return mine, rest


def table_cells(rows: Sequence[Sequence[Run]], place_of: PlaceOf) -> list[list[list[dict[str, Any]]]]:
    return [
        [[_piece(run, part, place_of) | {"digits": 0} for part in [run.text]] for run in row] for row in rows
    ]
