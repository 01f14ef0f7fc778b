"""Numbers as Chinese texts write them: 140, 5,270, 1.2万, 三百余, 百分之六十, 三分之二, 5—10, 近百."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

CHARS = ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {char: value for value, chars in enumerate(CHARS) for char in chars}
TENS = {"十": 10, "百": 100, "千": 1000}
LARGE = {
    "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6,
    "千万": 10**7, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
BLANK = r"[ \t\x0b]*"
NUMERAL_CHARS = "零〇○一二两三四五六七八九十百千万亿"
CHINESE_CHARS = "[" + NUMERAL_CHARS + "]"
MAGNITUDE = r"万亿|千万|百万|十万|亿|万(?!元户)|千(?![米克瓦家里])|百"
ARABIC = re.compile(
    rf"(?<![\d.])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?![\d,])|\d+)(?P<places>\.\d+)?"
    rf"(?:{BLANK}(?P<more>[余多]))?(?:{BLANK}(?P<large>{MAGNITUDE}))?"
)
CHINESE = re.compile(
    rf"(?P<some>[数几好]?)(?P<said>{CHINESE_CHARS}+)(?P<more>[余多])?(?P<few>几)?(?P<large>[万亿])?"
)
PERCENT = re.compile(rf"百分之(?P<said>{CHINESE_CHARS}+)(?:点(?P<places>{CHINESE_CHARS}+))?")
FRACTION = re.compile(rf"(?P<under>{CHINESE_CHARS}+)分之(?P<over>{CHINESE_CHARS}+)")
TO = rf"{BLANK}(?:[-~—–―～]{{1,2}}|至|到){BLANK}"
SAID_TWICE = r"(?P<measure>人次|场次|课时|小时|[名人个场次期件户家篇项条元%])"  # 30名至50名
RANGE = re.compile(rf"(?:{BLANK}{SAID_TWICE})?{TO}")
SUFFIX = re.compile(r"(?:万亿|千万|百万|亿|万|千|百)$")
GROWS = re.compile(r"[从由自][^,。;:]{0,10}$")  # 从10名到20名 is growth


@dataclass(frozen=True)
class Numeral:
    """A number and how it was written."""

    start: int
    end: int
    value: Decimal
    sort: str  # arabic, chinese, percent, fraction
    step: Decimal  # the weight of the last digit written
    more: bool = False  # 余 or 多 stands within it
    bare: bool = False  # 百, 千 or 万 alone
    vague: bool = False  # 数十, 两三百, 几十
    digits_only: bool = False  # 二〇二三, 三五
    upper: Decimal | None = None  # of a range
    whole: str = ""


def numerals(text: str) -> list[Numeral]:
    """Every number of the text in reading order, ranges joined; which of them count is not asked here."""
    arabic = list(_arabic(text))
    ends = {one.start: one.end for one in arabic}
    taken = [place for start, end in ends.items() for place in range(start, end)]
    covered = set(taken)
    chinese = [one for one in _chinese(text) if one.start not in covered]
    found = sorted([*arabic, *chinese], key=lambda one: one.start)
    return list(_ranges(text, _compound(found)))


def _compound(found: list[Numeral]) -> list[Numeral]:
    """“1亿2千万” is one number."""
    joined: list[Numeral] = []
    for one in found:
        before = joined[-1] if joined else None
        if (
            before
            and before.end == one.start
            and before.sort == one.sort
            and before.step > one.value > 0
            and before.step >= LARGE["万"]
        ):
            joined[-1] = replace(
                before, end=one.end, value=before.value + one.value, step=one.step, more=one.more
            )
        else:
            joined.append(one)
    return joined


def _arabic(text: str) -> Iterator[Numeral]:
    for match in ARABIC.finditer(text):
        digits, places = match["digits"].replace(",", ""), match["places"] or ""
        large = Decimal(LARGE[match["large"]]) if match["large"] else Decimal(1)
        value = Decimal(digits + places) * large
        step = large.scaleb(-max(len(places) - 1, 0))
        yield Numeral(*match.span(), value, "arabic", step, more=bool(match["more"]), whole=match["digits"])


def _chinese(text: str) -> Iterator[Numeral]:
    taken = 0
    for match in re.finditer(
        rf"百分之{CHINESE_CHARS}|{CHINESE_CHARS}+分之{CHINESE_CHARS}|[数几好]?{CHINESE_CHARS}", text
    ):
        if match.start() < taken:
            continue
        one = _percent(text, match.start()) or _fraction(text, match.start()) or _plain(text, match.start())
        if one:
            taken = one.end
            yield one


def _percent(text: str, at: int) -> Numeral | None:
    match = PERCENT.match(text, at)
    value = chinese_value(match["said"]) if match else None
    if match is None or value is None:
        return None
    places = "".join(str(DIGITS.get(char, 0)) for char in match["places"] or "")
    return Numeral(
        *match.span(), Decimal(f"{value}.{places or 0}"), "percent", Decimal(1).scaleb(-len(places))
    )


def _fraction(text: str, at: int) -> Numeral | None:
    match = FRACTION.match(text, at)
    if match is None:
        return None
    under, over = chinese_value(match["under"]), chinese_value(match["over"])
    if not under or over is None:
        return None
    return Numeral(*match.span(), round(Decimal(over) / under, 4), "fraction", Decimal("0.0001"))


def _plain(text: str, at: int) -> Numeral | None:
    match = CHINESE.match(text, at)
    if match is None:
        return None
    said, large = match["said"], match["large"]
    end = match.end("more") if match["more"] else match.end("said")
    if large and (match["more"] or match["few"]):
        end = match.end()
    elif match["few"]:
        end = match.end("few")
    else:
        large = ""
    value = chinese_value(said)
    adjacent = bool(re.search(r"[一二三四五六七八九][二三四五六七八九]", said))
    digits_only = len(said) > 1 and all(char in DIGITS for char in said)
    factor = LARGE[large] if large else 1
    known = Decimal(0 if value is None else value) * factor
    return Numeral(
        match.start(),
        end,
        known,
        "chinese",
        step_of(known),
        more=bool(match["more"] or match["few"]),
        bare=said in {"百", "千", "万", "亿", "千万", "百万"} and not match["some"],
        vague=bool(match["some"])
        or value is None
        or (adjacent and not digits_only)
        or (digits_only and len(said) == 2),
        digits_only=digits_only,
        whole=said,
    )


def chinese_value(said: str) -> int | None:
    """The value of a Chinese numeral; None when it is not one (两三百, 百千万)."""
    if all(char in DIGITS for char in said):
        return int("".join(str(DIGITS[char]) for char in said))
    total = section = digit = 0
    last_large = 10**13
    pending = False
    for char in said:
        if char in DIGITS:
            if pending and digit:
                return None
            digit, pending = DIGITS[char], True
        elif char in TENS:
            section += (digit or (1 if not pending or digit else 0)) * TENS[char]
            digit, pending = 0, False
        elif LARGE[char] < last_large:
            last_large = LARGE[char]
            total += ((section + digit) or 1) * LARGE[char]
            section, digit, pending = 0, 0, False
        else:
            return None
    return total + section + digit


def step_of(value: Decimal) -> Decimal:
    """The weight of the last digit that is not nought: ten of 140, a thousand of 12000."""
    if not value:
        return Decimal(1)
    whole = f"{value.normalize():f}"
    if "." in whole:
        return Decimal(1).scaleb(-len(whole.split(".")[1]))
    return Decimal(10) ** (len(whole) - len(whole.rstrip("0")))


def _ranges(text: str, found: list[Numeral]) -> Iterator[Numeral]:
    """Two numbers joined by a dash or 至 are one range when they are of one sort."""
    skip = False
    for one, following in zip(found, [*found[1:], None], strict=False):
        if skip:
            skip = False
            continue
        joined = _range(text, one, following) if following else None
        skip = joined is not None
        yield joined or one


def _range(text: str, one: Numeral, following: Numeral) -> Numeral | None:
    between = RANGE.fullmatch(text, one.end, following.start)
    if between is None or following.sort != one.sort or one.vague or following.bare:
        return None
    measure = between["measure"]
    if measure and (not text.startswith(measure, following.end) or GROWS.search(text[: one.start][-12:])):
        return None
    factor = _shared(text[one.start : one.end], text[following.start : following.end])
    if one.value * factor >= following.value:
        factor = Decimal(1)
    if one.value >= following.value:
        return None
    value, step = one.value * factor, one.step * factor
    end, upper = following.end, following.value
    return Numeral(one.start, end, value, one.sort, step, more=following.more, upper=upper)


def _shared(low: str, high: str) -> Decimal:
    """What the last number says for both: of 3至5万 the first is 30000, of 三十至五十万 it is 300000."""
    suffix = SUFFIX.search(high.rstrip("余多"))
    if suffix is None or low[-1] in "万亿":
        return Decimal(1)
    if low[-1] in TENS:
        return Decimal(LARGE[suffix[0][-1]] if suffix[0][-1] in "万亿" else 1)
    return Decimal(LARGE[suffix[0]])
