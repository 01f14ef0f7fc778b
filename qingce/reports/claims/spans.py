"""Figures as they stand in the text: number, qualifier and measure word in one unbroken string."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qingce.reports.claims.numerals import BLANK, Numeral, numerals
from qingce.reports.claims.text import Text
from qingce.reports.claims.vocabulary import Vocabulary, alternatives

BEFORE = ("at_most", "approx", "nearly", "more_than", "at_least")  # 约 … 余 is about, not more than
AFTER = ("at_most", "at_least", "approx")
WINDOW = 6
FIRST = re.compile(rf"第{BLANK}$")


@dataclass(frozen=True)
class Expression:
    """One number of a text with what belongs to it."""

    start: int
    end: int
    raw: str
    value: Decimal
    unit: str
    qualifier: str
    numeral: Numeral
    sort: str  # what the measure word measures; empty when there is none
    ordinal: bool  # 第…


def expressions(text: Text, words: Vocabulary) -> list[Expression]:
    """Every number of the text with its qualifier and measure word, in reading order."""
    return [_expression(text, numeral, words) for numeral in numerals(text.read)]


def _expression(text: Text, numeral: Numeral, words: Vocabulary) -> Expression:
    read = text.read
    before, qualifier = _before(read, numeral, words)
    unit, end, after = _after(read, numeral, words)
    ordinal = FIRST.search(read[max(0, numeral.start - 3) : numeral.start])
    start = numeral.start - (len(ordinal.group()) if ordinal else len(before))
    if numeral.sort == "percent":
        unit = "%"
    if ordinal:
        qualifier, after = "", ""
    said = qualifier or after or ("more_than" if numeral.more else "") or _default(unit)
    raw = text.written[start:end]
    return Expression(
        start, end, raw, _value(numeral), unit, said, numeral, _sort(unit, words), bool(ordinal)
    )


def _value(numeral: Numeral) -> Decimal:
    return numeral.value.normalize() if numeral.value else Decimal(0)


def _default(unit: str) -> str:
    return "percent" if unit in {"%", "‰"} else "exact"


def _sort(unit: str, words: Vocabulary) -> str:
    return words.measures.get(unit, "")


def _before(read: str, numeral: Numeral, words: Vocabulary) -> tuple[str, str]:
    """The qualifying word right before the number, with the blank between."""
    window = read[max(0, numeral.start - WINDOW) : numeral.start]
    heard = [(match[0], name) for name in BEFORE if (match := words.ending(name).search(window))]
    said, name = max(heard, key=lambda one: len(one[0]), default=("", ""))
    word = said.strip()
    if not word or _only_ends_so(window.rstrip(), word, words):
        return "", ""
    return ("", "") if word in {"上", "过"} and not numeral.bare else (said, name)


def _only_ends_so(said: str, word: str, words: Vocabulary) -> bool:
    """签约 ends like 约 and 附近 like 近: then the word qualifies nothing."""
    return any(
        said.endswith(other) and len(other) > len(word) and other.endswith(word)
        for other in words.cue("not_a_qualifier", "words")
        if other not in words.cue("more_than", "before")
    )


def _after(read: str, numeral: Numeral, words: Vocabulary) -> tuple[str, int, str]:
    """Measure word, end of the figure, and the qualifier that stands after the number."""
    match = following(words).match(read, numeral.end)
    if match is None:
        return "", numeral.end, ""
    unit = match["unit"] or ""
    end, qualifier = numeral.end, ""
    if match["plus"] or match["more"]:
        qualifier, end = "more_than", max(match.end("plus"), match.end("more"))
    if match["about"]:
        qualifier, end = "approx", match.end("about")
    if unit:
        end = match.end("unit")
        late = read[end : end + 1]
        if late in {"余", "多"} and unit == "元":
            qualifier, end = "more_than", end + 1
    tail = re.match(rf"{BLANK}(?:{_tails(words)})", read[end : end + 8])
    if tail and not qualifier:
        word = tail[0].strip()
        name = next(name for name in AFTER if word in words.cue(name, "after"))
        return unit, end + tail.end(), name
    return unit, end, qualifier


def following(words: Vocabulary) -> re.Pattern[str]:
    """What may stand after a number: 余, 多, 来, +, then a measure word that begins no other word."""

    def made() -> re.Pattern[str]:
        measures, others = alternatives(words.measures), alternatives(words.cue("not_a_measure", "words"))
        more = alternatives(words.cue("not_more", "words"))
        return re.compile(
            rf"(?:{BLANK}(?P<plus>\+)(?!\d))?(?:{BLANK}(?!{more})(?P<more>[余多]))?"
            rf"(?P<about>来(?=[个名人场次家位户]))?(?:{BLANK}(?!{others})(?P<unit>{measures}))?"
        )

    return words.once("following", made)


def _tails(words: Vocabulary) -> str:
    said = [word for name in AFTER for word in words.cue(name, "after") if word != "来"]
    return words.once("tails", lambda: re.compile(alternatives(said))).pattern
