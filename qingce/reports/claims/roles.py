"""What a number in a text is: a claim about work done, or something that counts nothing, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from qingce.reports.claims.names import Masks
from qingce.reports.claims.numerals import NUMERAL_CHARS
from qingce.reports.claims.plan import Outlook
from qingce.reports.claims.spans import Expression
from qingce.reports.claims.text import Span, Text
from qingce.reports.claims.vocabulary import Vocabulary

COUNTABLE = ("claim", "stock", "total", "subset", "scope", "change", "rank")
MORE = rf"[{NUMERAL_CHARS}]"
PLACES = {"名", "位", ""}  # of a rank
PLANNERS = tuple(" ,:、;还并也再已已年月委府县区市镇团会联我们")  # who plans, or when
TIMES = {"time"}
SMALL_LOOSE = {"loose"}
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Sight:
    """One number with what stands around it."""

    text: Text
    one: Expression
    previous: Expression | None
    following: Expression | None
    words: Vocabulary
    masks: Masks
    outlook: Outlook

    @cached_property
    def sentence(self) -> Span:
        return self.text.sentence(self.one.start)

    @cached_property
    def clause(self) -> Span:
        return self.text.clause(self.one.start)

    @cached_property
    def before(self) -> str:
        """What the clause says before the number."""
        return self.text.read[self.clause.start : self.one.start]

    @cached_property
    def close(self) -> str:
        """What stands between the previous figure, or the beginning of the clause, and this one."""
        start = max(self.clause.start, self.previous.end if self.previous else 0)
        return self.text.read[min(start, self.one.start) : self.one.start]

    @cached_property
    def said_before(self) -> str:
        """What the whole sentence says before the number."""
        return self.text.read[self.sentence.start : self.one.start]

    @cached_property
    def after(self) -> str:
        """What the clause says after the figure."""
        return self.text.read[self.one.end : max(self.clause.end, self.one.end)]

    @cached_property
    def chinese(self) -> bool:
        return self.one.numeral.sort == "chinese"

    def ends(self, name: str, place: str = "before", of: str | None = None) -> bool:
        return bool(self.words.ending(name, place).search(self.before if of is None else of))

    def starts(self, name: str, place: str = "after") -> bool:
        """Whether the figure is followed at once, its measure word taken along, by a word of the cue."""
        said = self.text.read[self.one.numeral.end : self.one.numeral.end + 12].lstrip(" 余多")
        rest = self.after.lstrip()
        pattern = self.words.pattern(name, place)
        return bool(pattern.match(said) or pattern.match(rest))


Rule = Callable[[Sight], bool]


def role_of(sight: Sight) -> str:
    """The role of a number; empty when it is no number at all but part of a word."""
    return next((role for role, holds in RULES if holds(sight)), "claim")


def _masked(role: str) -> Rule:
    def holds(sight: Sight) -> bool:
        numeral = sight.one.numeral
        mask = sight.masks.over(Span(numeral.start, numeral.end))
        return mask is not None and mask.role == role

    return holds


def _is_word(sight: Sight) -> bool:
    """A Chinese numeral without a sure measure word is part of a word: 一体, 三下乡."""
    one = sight.one
    if not sight.chinese:
        return False
    if one.numeral.digits_only or one.ordinal:
        return one.numeral.digits_only
    if re.search(r"前$", sight.before.rstrip()) and not HAN.match(sight.after[:1] or " "):
        return False
    if one.unit in sight.words.sure:
        return False
    if sight.starts("grade") or sight.starts("enumeration") or one.unit == "级":
        return False
    big = one.numeral.value >= 100 and not one.numeral.bare
    counted = one.qualifier in {"more_than", "nearly", "at_least", "approx"} and one.numeral.value >= 10
    return not (big or counted) or one.numeral.vague


def _is_rank(sight: Sight) -> bool:
    one, before = sight.one, sight.before
    if one.ordinal and one.unit in PLACES:
        if one.unit in {"名", "位"} and re.match(r"(?:书记|代表|青年|志愿|主席|校长|老师)", sight.after):
            return False
        placed = sight.ends("rank", of=before) or bool(
            re.search(rf"(?:{'|'.join(sight.words.cue('rank', 'scope'))})[^,]{{0,12}}$", before)
        )
        ranked = bool(sight.words.pattern("rank").search(before[-16:]))
        return (one.unit == "名" and not one.numeral.value > 200) or placed or (ranked and one.unit != "位")
    leading = re.search(r"前$", before.rstrip())
    if leading and not one.ordinal:
        return one.unit in {"名", "位", "强", "%", ""} and one.sort not in TIMES and one.numeral.value <= 200
    return False


def _is_ordinal(sight: Sight) -> bool:
    return sight.one.ordinal or bool(
        re.search(r"前$", sight.before)
        and sight.one.sort in {"sessions", "time"}
        and not sight.before.endswith("年前")
    )


def _is_grade(sight: Sight) -> bool:
    classed = sight.chinese and sight.one.unit in {"类", "档"}
    if classed and sight.following and sight.following.start == sight.one.end:
        return True
    return (
        sight.starts("grade")
        or (sight.one.unit in {"级", "星"} and not _is_level(sight))
        or bool(re.match(r"A+级", sight.after))
    )


def _is_level(sight: Sight) -> bool:
    if sight.one.unit != "级":
        return False
    said = sight.before.rstrip(" 、")
    return sight.one.numeral.value <= 6 and any(
        said.endswith(word) for word in sight.words.cue("level", "before")
    )


def _is_enumeration(sight: Sight) -> bool:
    if sight.chinese and sight.one.numeral.value <= 12:
        return sight.starts("enumeration") and not _counted_plainly(sight)
    return sight.one.numeral.value <= 20 and sight.starts("enumeration_arabic")


def _counted_plainly(sight: Sight) -> bool:
    """“建立三项机制” was done; “从三个方面” was only said."""
    return False


def _is_duration(sight: Sight) -> bool:
    one = sight.one
    if one.unit == "年" and one.numeral.sort == "arabic" and one.numeral.value >= 1900:
        return False
    if one.sort == "time":
        return not (one.unit in {"分钟"} and "时长" in sight.close)
    return one.sort == "work_time" and (
        sight.ends("duration")
        or one.numeral.value == 24
        or bool(re.match(r"(?:内|制|服务|值班|在线|不间断|全天)", sight.after))
    )


def _is_criterion(sight: Sight) -> bool:
    one = sight.one
    if one.sort == "age" or (sight.ends("age") and one.sort != "people" and one.unit != "分"):
        return True
    if one.qualifier == "at_most":
        return (
            not re.match(r"\d", one.raw[-1:])
            and one.unit not in {"%"}
            and not sight.text.read[one.start :].startswith(("不足", "不到"))
        )
    if one.qualifier in {"at_least"} and (
        sight.starts("criterion") or re.match(r"(?:的|者|且)", sight.after)
    ):
        return True
    return bool(sight.words.pattern("criterion").search(sight.close[-10:]))


def _is_per_unit(sight: Sight) -> bool:
    if re.match(r"\s*/\s*(?:人|名|户|月|年|天|次|场|校|村|生|篇|小时|期|件|亩)", sight.after):
        return True
    if (
        re.match(r"(?:每|一)(?:人|名|户|月|年|校|村)(?![\u4e00-\u9fff]*\d)", sight.after)
        and sight.one.sort == "money"
    ):
        return True
    if sight.words.pattern("per_unit").search(sight.close):
        return True
    inherited = (
        sight.previous
        and sight.clause.holds(sight.previous.start)
        and sight.words.pattern("per_unit").search(sight.before) is not None
    )
    return bool(inherited and re.search(r"(?:不少于|至少|和|、|开展|组织)$", sight.close))


def _is_vague(sight: Sight) -> bool:
    one = sight.one
    if one.unit == "番" and not re.search(r"翻了?$", sight.before):
        return True
    if one.numeral.vague:
        return True
    if sight.chinese and one.numeral.value == 1 and sight.starts("vague"):
        return True
    return one.numeral.bare and (one.qualifier == "exact" or one.raw.startswith("上"))


def _is_figurative(sight: Sight) -> bool:
    """一 before a measure word mostly counts nothing; it does after some verbs and at the end of a clause."""
    one = sight.one
    if (
        not sight.chinese
        or one.numeral.value != 1
        or one.numeral.more
        or one.numeral.upper
        or one.sort in {"rates", "money"}
    ):
        return False
    before = sight.before.rstrip()
    if sight.ends("figurative", of=before):
        return True
    if one.unit in sight.words.cue("figurative", "events") and sight.ends(
        "figurative", "one_event", of=before
    ):
        return False
    if sight.ends("figurative", "one", of=before):
        return False
    at_end = not HAN.match(sight.after.lstrip()[:1] or "") or sight.after.startswith(("和", "及"))
    return not (
        at_end and HAN.search(before[-1:] or "") and one.unit not in {"步", "批", "类", "种", "道", "层"}
    )


def _is_plan(sight: Sight) -> bool:
    said = sight.said_before
    if sight.ends("target"):
        return True
    if _announced(sight, said) and not sight.words.pattern("plan", "past").search(sight.before):
        return True
    if re.search(r"(?:到|至)(?:20\d{2}年|“?十[四五]五”?末)[^。;]{0,30}$", said):
        return True
    return sight.outlook.plans(sight.one.start) and not sight.words.pattern("plan", "past").search(said)


def _announced(sight: Sight, said: str) -> bool:
    """A word of the future that is not the end of another: 模拟 ends like 拟, 培育计划 like 计划."""
    for match in sight.words.pattern("plan").finditer(said):
        before = said[match.start() - 1 : match.start()]
        if match[0].startswith("拟") and before in tuple("模虚比"):
            continue
        if match[0].startswith(("计划", "规划")) and before and before not in PLANNERS:
            continue
        return True
    return False


def _is_context(sight: Sight) -> bool:
    return bool(sight.words.pattern("context").search(sight.close)) or (
        sight.one.sort == "quantities" and bool(re.search(r"(?:全县|全区|全市|距|海拔|占地)", sight.close))
    )


def _has_no_measure(sight: Sight) -> bool:
    """A number without a measure word that nothing marks as a count."""
    one = sight.one
    if one.unit or one.numeral.sort in {"percent", "fraction"} or one.ordinal:
        return False
    if one.qualifier != "exact" or one.numeral.value >= 10_000 or "万" in one.raw:
        return False
    if sight.ends("no_measure", of=sight.text.read[max(0, one.start - 6) : one.start]):
        return False
    line = sight.text.line(one.start)
    rest = sight.text.said(line)
    in_table = bool(re.search(r"\t|\||\s{2,}", rest)) or (rest.strip() == one.raw and one.numeral.value >= 10)
    alone = not HAN.match(sight.text.read[one.end : one.end + 1] or " ")
    if in_table and alone:
        return False
    if (
        alone
        and HAN.search(sight.text.read[one.start - 2 : one.start])
        and re.match(r"\s*(?:[,、;)。]|$|\n|和|及)", sight.text.read[one.end : one.end + 3])
    ):
        return False
    return not (
        one.numeral.sort == "arabic"
        and one.numeral.value >= 2
        and re.match(
            r"(?:余|多)?(?:青年|团员|学生|团支部|支部|学校|企业|乡镇|街道|社区|村|部门|县|区|镇|省|单位|少先队员|志愿者|儿童|家庭|高校|项目|活动)",
            sight.text.read[one.end : one.end + 5],
        )
    )


def _changes(sight: Sight) -> bool:
    return (
        sight.one.sort == "rates"
        and sight.one.unit not in {"%", "‰", "成"}
        or bool(sight.words.pattern("change").search(sight.close))
        or bool(re.search(r"[由从]$", sight.close) and sight.starts("change"))
    )


def _is_subset(sight: Sight) -> bool:
    return bool(re.search(r"其中", sight.said_before)) or bool(
        sight.words.pattern("subset").search(sight.close)
    )


def _is_total(sight: Sight) -> bool:
    if re.match(
        r"\s*[,(:]?\s*[((]?其中",
        sight.text.read[sight.one.end : sight.one.end + 12].replace(sight.after, "", 0),
    ):
        return True
    return (
        bool(sight.words.pattern("total").search(sight.close))
        or "其中" in sight.text.read[sight.one.end : min(sight.sentence.end, sight.one.end + 24)]
    )


def _is_stock(sight: Sight) -> bool:
    return bool(sight.words.pattern("stock").search(sight.close)) and not re.search(
        r"(?:开展|举办|组织|新|发展|培训|覆盖)", sight.close
    )


def _is_scope(sight: Sight) -> bool:
    noun = any(sight.after.startswith(word) for word in sight.words.cue("scope", "nouns"))
    return noun and bool(sight.words.pattern("scope").search(sight.before))


def _is_annex(sight: Sight) -> bool:
    return sight.outlook.annex <= sight.one.start


RULES: tuple[tuple[str, Rule], ...] = (
    ("date", _masked("date")),
    ("name", _masked("name")),
    ("structure", _masked("structure")),
    ("annex", _is_annex),
    ("word", _masked("word")),
    ("word", _is_word),
    ("rank", _is_rank),
    ("ordinal", _is_ordinal),
    ("grade", _is_grade),
    ("level", _is_level),
    ("enumeration", _is_enumeration),
    ("duration", _is_duration),
    ("criterion", _is_criterion),
    ("per_unit", _is_per_unit),
    ("vague", _is_vague),
    ("figurative", _is_figurative),
    ("plan", _is_plan),
    ("context", _is_context),
    ("name", _has_no_measure),
    ("change", _changes),
    ("subset", _is_subset),
    ("total", _is_total),
    ("scope", _is_scope),
    ("stock", _is_stock),
)
