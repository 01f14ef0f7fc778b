"""Numbers that stand in words: read by the reader of written claims, which leaves names and dates aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from qingce.reports.claims.reading import Claim, read

SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
HUNDREDTH = Decimal("0.01")
NUMBER = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<percent>%?)(?:余|多)?(?P<scale2>[万亿]?)"
    r"(?P<unit>人次|场次|课时|小时|[^\W\d_])?"
)
WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


@dataclass(frozen=True)
class Typed:
    """A number as somebody typed it, from `start` to `end` of the text."""

    start: int
    end: int
    raw: str
    claim: Claim


@dataclass(frozen=True)
class Number:
    """The number in a figure's own text: 140 of “140余场次”; `end` is where it ends."""

    value: Decimal  # of a percentage, the share: 95% is 0.95
    unit: str
    end: int


@lru_cache(maxsize=2048)
def typed_numbers(text: str) -> tuple[Typed, ...]:
    """Every number of `text` that claims something, in reading order."""
    return tuple(Typed(one.start, one.end, one.raw, one) for one in read(text).countable)


def said_number(text: str) -> Number | None:
    """The first number that a figure's own text says."""
    match = NUMBER.search(text.translate(WIDE))
    if match is None:
        return None
    value = Decimal(match["figure"])
    for scale in (match["scale"], match["scale2"]):
        value *= SCALES.get(scale, Decimal(1))
    return Number(value * HUNDREDTH if match["percent"] else value, match["unit"] or "", match.end("figure"))
