"""Numbers that are part of a name, a date or a code: they are left aside, with the reason."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from qingce.reports.claims.numerals import NUMERAL_CHARS
from qingce.reports.claims.text import Span, Text
from qingce.reports.claims.vocabulary import Vocabulary, alternatives

S = r"[ \t]*"
DASH = rf"{S}(?:[-~—–]{{1,2}}|至|到|、|/){S}"
YEAR = r"(?:19|20)\d{2}"
CN = f"[{NUMERAL_CHARS}]"
SHORT = 22  # a quotation so long at most is a name, even with a comma in it
LONGEST = 48

DATES = [
    rf"{YEAR}{S}[./-]{S}\d{{1,2}}{S}[./-]{S}\d{{1,2}}日?(?!\d)",
    rf"{YEAR}{S}年?{S}[/.]?{S}\d{{1,2}}{S}[月]?{S}[/.]{S}\d{{1,2}}{S}日",
    rf"{YEAR}{S}年{S}/?{S}\d{{1,2}}{S}月份?(?:{S}/?{S}\d{{1,2}}{S}[日号])?(?:{DASH}(?:{YEAR}{S}年{S})?(?:\d{{1,2}}{S}月份?)?{S}(?:\d{{1,2}}{S}[日号])?)?",
    rf"{YEAR}{S}年?{DASH}{YEAR}{S}(?:年度?|学年度?)?",
    rf"{YEAR}{S}(?:年度|学年度|学年|年|届)",
    rf"{YEAR}(?={S}[\u4e00-\u9fffA-Za-z“\"·])(?!{S}(?:余|多|人|名|个|场|次|元|万|篇|家|条|件|项|期|支|户|位|份|册|套|小时|课时|亩|株|棵|台|辆|本|只|头|吨|箱|张|款|单|分|所|平方|公里|千|百|笔|种|幅|盒|瓶|双|岁|天))",
    rf"(?<!\d)\d{{2}}{S}年(?=第|\d|底|初|度)",
    rf"(?<![\d个])\d{{1,2}}{S}月?份?{DASH}\d{{1,2}}{S}月份?",
    rf"(?<![\d个.])\d{{1,2}}{S}月(?:份|底|初|中旬|上旬|下旬|末)?(?:{S}\d{{1,2}}{S}(?:{DASH}\d{{1,2}}{S})?[日号](?:{DASH}(?:\d{{1,2}}{S}月{S})?\d{{1,2}}{S}[日号])?)?(?!次|度)",
    rf"(?<![\d.])\d{{1,2}}{S}[日号]{DASH}\d{{1,2}}{S}[日号]",
    r"(?<![\d.])\d{1,2}:\d{2}(?::\d{2})?",
    r"(?:上午|下午|晚上|早上|凌晨|中午|晚|早)\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半|整)?)?",
    rf"(?<!{CN})[一二]?[一二〇零○九]{{1}}[一二三四五六七八九〇零○]{{2,3}}年",
    rf"(?<!{CN})(?:十[一二]?|[一二三四五六七八九])月(?:份|底|初|中旬|上旬|下旬)?(?:{CN}{{1,3}}[日号])?(?!光|球|亮|度|嫂)",
    r"第?[一二三四1-4](?:个)?季度",
    r"前[一二三1-3两](?:个)?季度",
    rf"前{S}(?:\d{{1,2}}|{CN}{{1,2}})个月",
]
CODES = [
    r"https?://\S+", r"[\w.]+@[\w.]+", r"[〔\[(]\d{4}[〕\])]\s*第?\s*\d+\s*号",
    r"(?<!\d)1[3-9]\d{9}(?!\d)", r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)", r"(?<![\d.])\d{3,4}-\d{3,4}-\d{3,4}(?!\d)", r"(?<![\d.])\d{17}[\dXx]",
    r"(?:电话|热线|手机|传真|邮编|QQ群?|微信群|微信号|账号|编号|证号|号码|代码|咨询)(?:号码)?[::是为]?\s*\d[\d-]{3,}(?![\d-])(?!\s*(?:人|名|次|个|条|件|例|起|余|多|万))",
    r"第?\s*\d{2,3}\s*版", rf"第\s*(?:\d+|{CN}+)\s*[页条款章节号]",
    r"(?<=比)[^\d,。]{0,3}\d+(?:\.\d+)?:\d+(?:\.\d+)?", r"(?<![\d.])\d+(?:\.\d+)?:\d+(?:\.\d+)?(?=的?比例|配备|的标准)",
    r"(?<![\d.])\d{1,4}(?:\.\d+)?:\d(?:\.\d+)?(?![\d.])",
    r"GB(?:/T)?\s*\d[\d.—-]*", r"(?<![A-Za-z])(?![Xx]+\d)[A-Za-z]+[-/]?\d+(?:\.\d+)?(?![\d万%余])",
    r"(?<![\d.])\d{1,3}(?:G|D|K|V|[Vv]\d)(?![A-Za-z])",
    r"\d+(?:\s*[×xX*]\s*\d+)+", r"(?<![\d.])\d+(?:\s*\+\s*(?:\d+|[A-Za-zNXn]))+", r"[NXn]\+\d+", r"(?<![\d.])\d{1,2}[·•・]\d{1,2}(?!\d)",
    r"(?<![\d.])\d{1,2}\.\d{1,2}(?=\s*(?:国际|全民|宪法|国家安全|世界|禁毒|消费者|学雷锋|心理健康日|全国|法制宣传|消防日|防灾))",
    r"(?<!\d)\d{2}后(?![勤续来])", r"(?:[789]0|[09]5|00)、(?=\d0后|\d5后|00后)", rf"{CN}{{1,2}}[··]{CN}{{1,2}}",
    rf"(?:\d+|{CN}+){S}周年", rf"(?:\d+|{CN}+){S}号(?:楼|院|文|令|门|馆|线)", r"(?:\d+|[一二三四五六七八九])路(?:公交|车)",
    rf"(?:党的|团的|共青团|省|市|区|县|全国)?{CN}{{1,3}}届(?:{CN}{{1,2}}中)?全会", rf"{CN}{{1,3}}届{CN}{{1,2}}次全[会委]\w?",
    rf"(?<!{CN}){CN}{{2,3}}大(?!型|约|于|量|批|赛|学生|部)",
    r"\d{7,}(?!\s*[余多万]?\s*(?:元|人|名|次|个|户|小时|篇|条|件))(?!\.)", r"\d{1,3}(?:°|℃|摄氏度)", r"第[一二三四]课堂",
]  # fmt: skip
STRUCTURE = [  # of the layout: numbers of points and pages
    r"(?m)^[ \t]*\d{1,2}[ \t]*$", r"(?m)^[ \t]*[((]?\d{1,2}[))、．](?!\d)", r"(?m)^[ \t]*\d{1,2}\.(?!\d)", r"(?m)^[ \t]*[—–-][ \t]*\d{1,3}[ \t]*[—–-][ \t]*$",
    rf"(?m)^[ \t]*[((]?{CN}{{1,3}}[))、,.．]", rf"(?m)^[ \t]*第{CN}{{1,3}}(?:部分|章|节|篇)", rf"(?:(?<=[。;:,!?\n\x0b \"”])|^)第?{CN}{{1,2}}(?:是|要|来|则|抓|看|防|靠)(?!否|不|求)",
    r"[((]\d{1,2}[))]", r"图\s?\d+", r"表\s?\d+", r"附件\s?(?:\d+|[一二三四五六七八九])", r"(?m)^[ \t]*\d{1,2}(?=[ \t]+[\u4e00-\u9fff“])(?![ \t]+[余多名个场次期人篇家支项条件部位户万亿千百岁年月日天届批对套份])",
]  # fmt: skip
PLAIN = r"[^\W\d_a-zA-Z零〇○一二两三四五六七八九十百千万亿]"  # a Chinese character that is no numeral
SERIES = re.compile(  # 三抓三促, 一转两联三报到
    rf"(?<![一二三四五六七八九十百千万两第])[一二两三四五六七八九十百]{PLAIN}(?:[一二两三四五六七八九十百]{PLAIN})+"
)
NUMERAL = re.compile(rf"\d|{CN}")
QUOTES = [("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"), ("【", "】")]
COUNTED = re.compile(rf"\d+\s*[余多]?\s*万?\s*(?:余|多)?\s*(?:人次|场次|名|人|场|次|万元|元|家|篇)")


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
            *_series(text.read, words),
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


DATE = re.compile("|".join(DATES))
CODE = re.compile("|".join(CODES))
LAYOUT = re.compile("|".join(one.replace("(?m)", "") for one in STRUCTURE), re.MULTILINE)


def _patterns(read: str) -> Iterator[Mask]:
    for pattern, role in ((DATE, "date"), (CODE, "name"), (LAYOUT, "structure")):
        for match in pattern.finditer(read):
            yield Mask(*match.span(), role)


def _known(read: str, words: Vocabulary) -> Iterator[Mask]:
    """Names of the catalogue; one that begins with a numeral is not the end of a longer numeral."""
    for role, said in (("name", words.names), ("word", words.words)):
        pattern = words.once(role, lambda said=said: re.compile(f"(?:{alternatives(said)})(?![余多])"))
        for match in pattern.finditer(read):
            before = read[match.start() - 1 : match.start()]
            if NUMERAL.match(match[0]) and before and (NUMERAL.match(before) or before in "第.数几近超"):
                continue
            yield Mask(*match.span(), role)


def _series(read: str, words: Vocabulary) -> Iterator[Mask]:
    """Names built of short counted words: 一专一站两联, 三抓三促."""
    for match in SERIES.finditer(read):
        said = match[0]
        if re.search(r"等奖|等功", read[match.start() : match.end() + 2]):
            continue
        if any(f"{said[1:3]}".startswith(measure) for measure in ("人次", "场次")):
            continue
        yield Mask(*match.span(), "name")
