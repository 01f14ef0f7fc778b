"""Numbers that put something into an order, a class or a list of points."""

from __future__ import annotations

import re

from qingce.reports.claims.rules.sight import Sight

OF_A_RANK = {"名", "位", ""}
LOWEST = 200  # a place further down is no rank that anybody reports
LEADING = re.compile(r"前$")
TITLES = re.compile(r"(?:书记|代表|青年|志愿|主席|校长|老师)")
CLASSES = {"类", "档", "本", "等"}  # 二类, 一本: a class, when its own number follows
LEVELS, CHINESE_POINTS, POINTS = 6, 12, 20


def is_rank(sight: Sight) -> bool:
    """第3位, 第二名, 前三."""
    one, before = sight.one, sight.before
    if one.ordinal and one.unit in OF_A_RANK:
        return not (one.unit and TITLES.match(sight.after)) and _is_placed(sight)
    if LEADING.search(before.rstrip()) and not one.ordinal:
        return one.unit in {*OF_A_RANK, "强", "%"} and one.numeral.value <= LOWEST
    return False


def _is_placed(sight: Sight) -> bool:
    """Whether the words before tell of an order: 位列, 全省."""
    one, before = sight.one, sight.before
    scopes = "|".join(sight.words.cue("rank", "scope"))
    placed = sight.ends("rank") or bool(re.search(rf"(?:{scopes})[^,]{{0,12}}$", before))
    by_name = one.unit == "名" and one.numeral.value <= LOWEST
    return by_name or placed or (one.unit != "位" and sight.hears("rank", before[-16:]))


def is_ordinal(sight: Sight) -> bool:
    """第十届, 前三期."""
    leading = LEADING.search(sight.before) and sight.one.sort in {"sessions", "time"}
    return sight.one.ordinal or bool(leading and not sight.before.endswith("年前"))


def is_grade(sight: Sight) -> bool:
    """一等奖, 五星级, 二类15个."""
    one = sight.one
    classed = sight.chinese and one.unit in CLASSES
    if classed and sight.following and sight.following.start == one.end:
        return True
    if sight.starts("grade") or re.match(r"A+级", sight.after):
        return True
    return one.unit in {"级", "星"} and not is_level(sight)


def is_level(sight: Sight) -> bool:
    """省市县三级."""
    said = sight.before.rstrip(" 、")
    names = sight.words.cue("level", "before")
    return sight.one.unit == "级" and sight.one.numeral.value <= LEVELS and said.endswith(names)


def is_enumeration(sight: Sight) -> bool:
    """三个方面, 五大行动: points of what is being said."""
    value = sight.one.numeral.value
    if sight.chinese and value <= CHINESE_POINTS:
        return sight.starts("enumeration")
    return value <= POINTS and sight.starts("enumeration_arabic")
