"""A text as it is read: the same length as written, so that every place can be found again.

Full-width letters, digits and signs are read as half-width; lines broken within a sentence are read on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
BLANKS = dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F, 0xFEFF, 0x200B), 0x20)
BREAK = "\x0b"  # stands for a line broken within a sentence
SENTENCE_ENDS = "。!?;\n"
CLAUSE_ENDS = SENTENCE_ENDS + ",:"
HARD_WRAP = 24  # a line at least so long, without a stop at its end, goes on in the next
STOPS = '。!?;:.”"》)'
ENUMERATOR = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.,是要]|[((][一二三四五六七八九十\d]{1,3}[))]"
    r"|\d{1,2}[、.)](?!\d)|第[一二三四五六七八九十]{1,3}[章节部]|[①-⑳])"
)


@dataclass(frozen=True)
class Span:
    start: int
    end: int

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Text:
    """What was written, and the same as it is read."""

    written: str

    @cached_property
    def read(self) -> str:
        plain = self.written.translate({**FULL_WIDTH, **BLANKS}).replace("\r\n", " \n")
        return _rejoined(plain)

    @cached_property
    def lines(self) -> list[Span]:
        spans, start = [], 0
        for line in self.written.splitlines(keepends=True):
            spans.append(Span(start, start + len(line.rstrip("\r\n"))))
            start += len(line)
        return spans

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [0, *(place + 1 for place, one in enumerate(self.read) if one in SENTENCE_ENDS)]

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [0, *(place + 1 for place, one in enumerate(self.read) if one in CLAUSE_ENDS)]

    def sentence(self, place: int) -> Span:
        return self._piece(self._sentence_starts, place)

    def clause(self, place: int) -> Span:
        return self._piece(self._clause_starts, place)

    def line(self, place: int) -> Span:
        return self.lines[max(bisect_right(self._line_starts, place) - 1, 0)]

    def said(self, span: Span) -> str:
        return self.read[span.start : span.end]

    def _piece(self, starts: list[int], place: int) -> Span:
        number = bisect_right(starts, place) - 1
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(self.read)
        return Span(starts[number], end)


def _rejoined(plain: str) -> str:
    """Line breaks within a sentence become a blank of their own; the length stays."""
    lines = plain.split("\n")
    joined = lines[0]
    for before, after in pairwise(lines):
        wrapped = before is not lines[0] and _wrapped(before, after)
        joined += (BREAK if wrapped or _cut_before_measure(before, after) else "\n") + after
    return joined


def _wrapped(before: str, after: str) -> bool:
    """A long line without a stop at its end, followed by one that begins no point of its own."""
    full = len(before) >= HARD_WRAP and "\t" not in before and before.rstrip()[-1:] not in STOPS
    return full and bool(after.strip()) and not (ENUMERATOR.match(after) or ENUMERATOR.match(before))


def _cut_before_measure(before: str, after: str) -> bool:
    """A line that breaks between a number and its measure word: “累计开展12” / “场次。”."""
    return bool(
        re.search(r"[\u4e00-\u9fff]\s*\d+\s*$", before)
        and re.match(r"\s*(?:余|多|万|场|人|名|个|次|期|元|家|%)", after)
    )
