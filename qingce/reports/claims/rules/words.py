"""Numbers that are part of a word, a name or a date."""

from __future__ import annotations

import re
from collections.abc import Callable

from qingce.reports.claims.rules.sight import HAN, Sight
from qingce.reports.claims.text import Span

COUNTED_BY = ("more_than", "nearly", "at_least", "approx")
BIG = 100  # a Chinese numeral so large is a number even without a measure word
LARGE = 10_000
TABLE = re.compile(r"\t|\||\s{2,}")
LIST_GOES_ON = re.compile(r"\s*(?:[,、;)。]|$|\n|和|及)")
THINGS = re.compile(
    r"[余多]?(?:青年|团员|学生|团支部|支部|学校|企业|乡镇|街道|社区|村|部门|县|区|镇|省|单位|少先队员|志愿者"
    r"|儿童|家庭|高校|项目|活动)"
)


def masked(role: str) -> Callable[[Sight], bool]:
    """The rule that a number lies within a name, a date or the like."""

    def holds(sight: Sight) -> bool:
        numeral = sight.one.numeral
        if role == "word" and numeral.sort in {"percent", "fraction"}:
            return False
        mask = sight.masks.over(Span(numeral.start, numeral.end))
        return mask is not None and mask.role == role

    return holds


def is_word(sight: Sight) -> bool:
    """A Chinese numeral without a sure measure word is part of a word: 一体, 三下乡."""
    one = sight.one
    if not sight.chinese:
        return False
    if one.numeral.digits_only or one.ordinal:
        return one.numeral.digits_only
    leads = re.search(r"前$", sight.before.rstrip()) and not HAN.match(sight.after[:1] or " ")
    if leads or one.unit in sight.words.sure or one.unit == "级":
        return False
    if sight.starts("grade") or sight.starts("enumeration"):
        return False
    big = one.numeral.value >= BIG and not one.numeral.bare
    counted = one.qualifier in COUNTED_BY and one.numeral.value >= 10
    return one.numeral.vague or not (big or counted)


def is_annex(sight: Sight) -> bool:
    """Within a table of sources, which explains the text and claims nothing new."""
    return sight.outlook.annex <= sight.one.start


def has_no_measure(sight: Sight) -> bool:
    """A number without a measure word that nothing marks as a count."""
    one, read = sight.one, sight.text.read
    if one.unit or one.numeral.sort in {"percent", "fraction"} or one.ordinal:
        return False
    if one.qualifier != "exact" or one.numeral.value >= LARGE or "万" in one.raw:
        return False
    if sight.ends("no_measure", of=read[max(0, one.start - 6) : one.start]):
        return False
    return not (_in_table(sight) or _in_list(sight) or _before_things(sight))


def _alone(sight: Sight) -> bool:
    return not HAN.match(sight.text.read[sight.one.end : sight.one.end + 1] or " ")


def _in_table(sight: Sight) -> bool:
    line = sight.text.said(sight.text.line(sight.one.start))
    by_itself = line.strip() == sight.one.raw and sight.one.numeral.value >= 10
    return _alone(sight) and (bool(TABLE.search(line)) or by_itself)


def _in_list(sight: Sight) -> bool:
    """“活动1、培训2场”: right after a word, and followed by a stop."""
    read, one = sight.text.read, sight.one
    after_word = HAN.search(read[max(0, one.start - 2) : one.start])
    return _alone(sight) and bool(after_word) and bool(LIST_GOES_ON.match(read[one.end : one.end + 3]))


def _before_things(sight: Sight) -> bool:
    """“531团支部”: the thing counted stands where the measure word would."""
    one = sight.one
    plain = one.numeral.sort == "arabic" and one.numeral.value >= 2
    return plain and bool(THINGS.match(sight.text.read[one.end : one.end + 5]))
