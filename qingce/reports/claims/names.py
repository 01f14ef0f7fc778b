"""Numbers that are part of a name, a date or a code: they are left aside, with the reason."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from qingce.reports.claims.patterns import CODE, COUNTED, DATE, NUMERAL, QUOTES, SERIES, STRUCTURE
from qingce.reports.claims.text import Span, Text
from qingce.reports.claims.vocabulary import Vocabulary, alternatives

SHORT = 22  # a quotation so long at most is a name, even with a comma in it
LONGEST = 48


@dataclass(frozen=True)
class Mask:
    """A stretch whose numbers count nothing: why, and whether the whole stretch is the name."""

    start: int
    end: int
    role: str  # name, date, structure


class Masks:
    """All names, dates and codes of a text; asked for the one that holds a number."""

    def __init__(self, text: Text, words: Vocabulary) -> None:
        found = [
            *_quotations(text.read),
            *_patterns(text.read),
            *_known(text.read, words),
            *_series(text.read),
        ]
        self.found = sorted(found, key=lambda one: (one.start, -one.end))
        self._starts = [one.start for one in self.found]
        self._reach = max((one.end - one.start for one in self.found), default=0)

    def over(self, span: Span) -> Mask | None:
        """The name that holds the number, or that begins within it."""
        last = bisect_right(self._starts, span.end - 1)
        found: list[Mask] = []
        for mask in reversed(self.found[:last]):
            if mask.start < span.start - self._reach:
                break
            if mask.start <= span.start < mask.end or (span.start < mask.start < span.end):
                found.append(mask)
        return max(found, key=lambda mask: (mask.end - mask.start, mask.role == "name"), default=None)


def _quotations(read: str) -> Iterator[Mask]:
    for opening, closing in QUOTES:
        for match in re.finditer(f"{opening}([^{opening}{closing}\n]{{1,{LONGEST}}}){closing}", read):
            if opening in "《〈" or _is_name(match[1]):
                yield Mask(*match.span(), "name")
    for match in re.finditer(rf'"([^"\n]{{1,{LONGEST}}})"', read):
        if _is_name(match[1]):
            yield Mask(*match.span(), "name")


def _is_name(said: str) -> bool:
    """Whether a quotation is a name and not a sentence that somebody said."""
    return len(said) <= SHORT or not (re.search(r"[,。;!?]", said) and COUNTED.search(said))


def _patterns(read: str) -> Iterator[Mask]:
    for pattern, role in ((DATE, "date"), (CODE, "name"), (STRUCTURE, "structure")):
        for match in pattern.finditer(read):
            yield Mask(*match.span(), role)


def _whole_name(said: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(said)})(?![余多])")


def _known(read: str, words: Vocabulary) -> Iterator[Mask]:
    """Names of the catalogue; one that begins with a numeral is not the end of a longer numeral."""
    for role, said in (("name", words.names), ("word", words.words)):
        pattern = words.once(role, partial(_whole_name, said))
        for match in pattern.finditer(read):
            before = read[match.start() - 1 : match.start()]
            if NUMERAL.match(match[0]) and before and (NUMERAL.match(before) or before in "第.数几近超"):
                continue
            yield Mask(*match.span(), role)


def _series(read: str) -> Iterator[Mask]:
    """Names built of short counted words: 一专一站两联, 三抓三促; not 三名一等奖."""
    for match in SERIES.finditer(read):
        if not re.search(r"等奖|等功", read[match.start() : match.end() + 2]):
            yield Mask(*match.span(), "name")
