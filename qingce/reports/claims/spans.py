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
    for name in BEFORE:
        match = words.ending(name).search(window)
        if match is None or _only_ends_so(window[: match.end()].rstrip(), match[0].strip(), words):
            continue
        word = match[0].strip()
        if word in {"上", "过"} and not numeral.bare:
            continue
        return match[0], name
    return "", ""


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


_following: dict[int, re.Pattern[str]] = {}
_after_words: dict[int, str] = {}


def following(words: Vocabulary) -> re.Pattern[str]:
    """What may stand after a number: 余, 多, 来, +, then a measure word."""
    if id(words) not in _following:
        measures = alternatives(words.measures)
        _following[id(words)] = re.compile(
            rf"(?:{BLANK}(?P<plus>\+)(?!\d))?(?:{BLANK}(?P<more>[余多](?!元化|样|方面|种形式|措|彩|维|层次|渠道)))?"
            rf"(?P<about>来(?=[个名人场次家位户]))?"
            rf"(?:{BLANK}(?P<unit>(?:{measures})(?!(?<=支)[部书援持撑]|(?<=部)门|(?<=人)[大民才均]|(?<=所)有|(?<=条)例|(?<=场)[所地景]"
            rf"|(?<=名)(?:称|单(?!身|亲))|(?<=级)以上|(?<=面)[对向]|(?<=次)元|(?<=台)账|(?<=家)[庭长乡电政访校]|(?<=路)演|(?<=科)[技研普]|(?<=分)[别享之会]|(?<=线)上|(?<=点)[击赞亮]"
            rf"|(?<=项)目|(?<=组)[织建]|(?<=队)[伍员]|(?<=班)[级子主]|(?<=校)[园外]|(?<=期)间|(?<=件)事|(?<=位)[于列居置]|(?<=篇)章|(?<=站)[式点]|(?<=大)[会学型赛])))?"
        )
    return _following[id(words)]


def _tails(words: Vocabulary) -> str:
    if id(words) not in _after_words:
        said = [word for name in AFTER for word in words.cue(name, "after") if word != "来"]
        _after_words[id(words)] = alternatives(said)
    return _after_words[id(words)]
