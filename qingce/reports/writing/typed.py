"""Numbers that stand in words: found, read, and told from dates, ordinals and names.

One function, `typed_numbers`, so that a better reader can take its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
HUNDREDTH = Decimal("0.01")
ARABIC = r"\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?P<figure>{ARABIC})(?P<scale>[万亿]?)(?P<percent>%?)(?P<more>余|多)?(?P<scale2>[万亿]?)"
    r"(?P<unit>人次|场次|课时|小时|万元|[个名次期场篇项条家件位户元人批种支所组册部对份堂册])?"
)
# What is no claim although it has digits: years and days, ordinals, numbers of papers, times, names.
ASIDE = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?:19|20)\d\d(?:[—－-](?:19|20)\d\d)(?:年|学年)?"
    r"|\d{1,2}月\d{1,2}日|\d{1,2}月(?!份?中)|\d{1,2}日|第\d+|〔\d+〕\d+号|\d{1,2}[:：]\d\d"
    r"|\d+·\d+|[A-Za-z]+(?:/[A-Z])?[- ]?\d+[A-Za-z\d-]*|\d+[A-Za-z]+|12355|12348|12345"
)
WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


@dataclass(frozen=True)
class Typed:
    """A number as somebody typed it, from `start` to `end` of the text."""

    start: int
    end: int
    raw: str
    value: Decimal  # of a percentage, the share: 95% is 0.95
    more: bool  # 余 or 多 after it
    unit: str  # its measure word; % for a share


def typed_numbers(text: str) -> list[Typed]:
    """Every number of `text` that could be a claim, in reading order."""
    return list(_found(text.translate(WIDE)))


def _found(text: str) -> Iterator[Typed]:
    aside = [match.span() for match in ASIDE.finditer(text)]
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if not any(start < last and first < end for first, last in aside):
            yield Typed(start, end, match.group(), _value(match), bool(match["more"]), _unit(match))


def _value(match: re.Match[str]) -> Decimal:
    value = Decimal(match["figure"])
    for scale in (match["scale"], match["scale2"], (match["unit"] or "")[:1]):
        value *= SCALES.get(scale, Decimal(1))
    return value * HUNDREDTH if match["percent"] else value


def _unit(match: re.Match[str]) -> str:
    if match["percent"]:
        return "%"
    unit = match["unit"] or ""
    return "元" if unit == "万元" else unit


def said_number(text: str) -> Typed | None:
    """The first number that a figure's own text says: 140 of “140余场次”."""
    match = NUMBER.search(text.translate(WIDE))
    if match is None:
        return None
    return Typed(*match.span(), match.group(), _value(match), bool(match["more"]), _unit(match))
