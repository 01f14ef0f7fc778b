"""How Chinese text is set on the grid of GB/T 9704: cells, line ends, full-width punctuation.

A Chinese character fills one cell, a digit or Latin letter half a cell. A line holds 28 cells; a
comma or full stop after the 28th hangs in the margin, as Word and WPS set it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

CELLS = 28  # to a line
LINES = 22  # to a page
NOT_FIRST = set("，。、；：？！）》〉」』】〕”’％…—·～")
NOT_LAST = set("（《〈「『【〔“‘")
HANGING = set("，。、；：？！")
WIDE = {"A", "F", "W"}  # East Asian widths that fill a cell; A: quotation marks, dashes, ellipses
UNITS = re.compile(r"[!-~]+%?|—+|…+|.", re.DOTALL)  # what a line end may not cut

HALF_TO_FULL = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
HAN = r"[\u3400-\u9fff]"
BESIDE_HAN = re.compile(rf"(?<=[\u3400-\u9fff，。、；：？！）》”])[,;:?!()]|[,;:?!()](?={HAN}|[“《（])")
FULL_STOP = re.compile(rf"(?<={HAN}|[）》”])\.(?=\s|$|{HAN})")
QUOTED = re.compile(r'"([^"]*)"')
BRACKETED = re.compile(rf"\(([^()]*{HAN}[^()]*)\)")
REPEATED = ((re.compile(r"\.{3,}|。{3,}|(?<!…)…(?!…)"), "……"), (re.compile(r"(?<=\S)--+(?=\S)"), "——"))
FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９％", "0123456789%")


def full_width(text: str) -> str:
    """Punctuation in Chinese text as Chinese punctuation; figures as half-width Arabic figures."""
    text = text.translate(FULL_WIDTH_DIGITS)
    text = QUOTED.sub(r"“\1”", text)
    for found, instead in REPEATED:
        text = found.sub(instead, text)
    text = BRACKETED.sub(r"（\1）", text)
    text = FULL_STOP.sub("。", text)
    return BESIDE_HAN.sub(lambda mark: mark.group().translate(HALF_TO_FULL), text)


def cells(text: str) -> float:
    """How many cells the text fills."""
    return sum(1.0 if unicodedata.east_asian_width(one) in WIDE else 0.5 for one in text)


def broken(text: str, *, width: float = CELLS, first: float = 2, hanging: bool = True) -> list[str]:
    """The text cut into lines of `width` cells, the first one beginning `first` cells in.

    `hanging` says whether a mark may stand outside the type area; LibreOffice keeps it inside.
    """
    lines: list[str] = []
    rest, room = text, width - first
    while rest:
        cut = _line_end(rest, room, hanging=hanging)
        lines.append(rest[:cut])
        rest, room = rest[cut:], width
    return lines or [""]


def hangs(line: str, room: float) -> bool:
    """Whether the last character of the line stands outside the type area."""
    return bool(line) and line[-1] in HANGING and cells(line) > room


def _line_end(text: str, room: float, *, hanging: bool) -> int:
    """Where the line ends: as far as fits, without a rule of line ends broken."""
    ends = list(_ends(text, room, hanging=hanging))
    if ends[-1] == len(text):
        return len(text)
    return next((place for place in reversed(ends) if _may_end(text, place)), ends[-1])


def _ends(text: str, room: float, *, hanging: bool) -> Iterator[int]:
    """Every place up to which the text fits, the last one perhaps after a hanging mark."""
    filled, place = 0.0, 0
    for unit in UNITS.finditer(text):
        wide = cells(unit.group())
        if filled + wide > room:
            if hanging and place and unit.group() in HANGING and filled + wide <= room + 1:
                yield unit.end()
            break
        filled, place = filled + wide, unit.end()
        yield place
    if not place:  # a word wider than the line is cut where the line ends
        yield max(1, int(room * 2))


def _may_end(text: str, place: int) -> bool:
    return text[place - 1] not in NOT_LAST and (place >= len(text) or text[place] not in NOT_FIRST)
