"""What does not fit within a text: parts and wholes, the same thing said twice, growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from qingce.figures.indicators.display import number
from qingce.reports.claims.numerals import step_of
from qingce.reports.claims.reading import Claim, Reading

WITHIN = re.compile(r"其中|包括|含(?!量)")
PARTS = re.compile(r"分别为|分别是")
CLASSES = re.compile(
    r"(?:国家|省|市|县|区|校|院|镇|乡|村)级|[一二三四五]类|[一二三]等|线上|线下|集体|个人|小学|中学|大学"
)
GROWTH = re.compile(r"(?:增长|提高|上升|增加|增幅为?|增幅达)(?:了|达|到|约)?$")
SHRINKING = re.compile(r"(?:下降|减少|降低|降幅为?)(?:了|达|约)?$")
FROM_TO = re.compile(r"[由从](?:[^,。;]{0,10})$")
REACHED = re.compile(
    r"^(?:[^,。;]{0,8})?(?:增至|增加到|增长到|上升到|提高到|提升到|升至|扩大到|增加至|增长至|提高至|提升至|降至|减少到|减至|下降到)"
)
NEXT_PART = re.compile(r"[^,;。]*$|[^,;。]*,[\u4e00-\u9fff“”()]{1,8}$")
TOLERANCE = Decimal("0.6")  # of a percentage that was rounded
SUBJECT = re.compile(r"[\u4e00-\u9fff“”A-Za-z0-9+·]{4,}$")
VERBS = re.compile(
    r"^(?:共|累计|全年|今年|年内|先后|总计|合计|已|并|还|再|开展|举办|组织|召开|组织开展|完成|实现|达到?|为|有|上半年|截至目前)+"
)


@dataclass(frozen=True)
class Finding:
    """Something that does not fit, with the claims that it concerns."""

    sort: str  # subset, parts, twice, growth
    claims: tuple[Claim, ...]
    sentence: str


def findings(reading: Reading) -> list[Finding]:
    """All that does not fit within the text, in reading order."""
    counted = [claim for claim in reading.countable if claim.value is not None]
    found = [
        *_subsets(reading, counted),
        *_growth(reading, counted),
        *_twice(reading, counted),
    ]
    return sorted(found, key=lambda one: one.claims[-1].start)


def _subsets(reading: Reading, counted: Sequence[Claim]) -> Iterator[Finding]:
    """其中: no part is larger than its whole, and parts that fill it add up."""
    for at, whole in enumerate(counted):
        parts = _parts(reading, counted, at)
        if not parts:
            continue
        for part in parts:
            if _value(part) > _ceiling(whole):
                yield Finding(
                    "subset",
                    (whole, part),
                    _("“%(part)s” is said to be part of “%(whole)s” and is larger than it.")
                    % {"part": part.raw, "whole": whole.raw},
                )
        if len(parts) > 1 and all(_value(part) <= _ceiling(whole) for part in parts):
            yield from _sum_of(reading, whole, parts)


def _sum_of(reading: Reading, whole: Claim, parts: Sequence[Claim]) -> Iterator[Finding]:
    """Parts that exclude one another never exceed the whole; men and women together are all of it."""
    total = sum((_value(part) for part in parts), Decimal(0))
    exact = all(one.qualifier == "exact" and one.upper is None for one in (whole, *parts))
    said = reading.text.read[whole.end : parts[-1].end]
    fills = bool(("男" in said and "女" in said) or PARTS.search(said))
    apart = fills or len(CLASSES.findall(said)) >= len(parts)
    if (apart and total > _ceiling(whole)) or (fills and exact and total != _value(whole)):
        yield _adds_up(whole, parts, total)


def _adds_up(whole: Claim, parts: Sequence[Claim], total: Decimal) -> Finding:
    return Finding(
        "parts",
        (whole, *parts),
        _("The parts of “%(whole)s” add up to %(total)s.") % {"whole": whole.raw, "total": number(total)},
    )


def _parts(reading: Reading, counted: Sequence[Claim], at: int) -> list[Claim]:
    """The figures after 其中 in the same sentence, of the same measure word."""
    whole = counted[at]
    parts: list[Claim] = []
    text = reading.text
    sentence = text.sentence(whole.start)
    for claim in counted[at + 1 :]:
        between = text.read[(parts[-1] if parts else whole).end : claim.start]
        joins = NEXT_PART.match(between) if parts else WITHIN.search(between)
        if claim.start >= sentence.end or not joins or claim.unit != whole.unit or claim.role == "change":
            break
        parts.append(claim)
    return parts


def _growth(reading: Reading, counted: Sequence[Claim]) -> Iterator[Finding]:
    """“由23个增至31个，增长34.8%”: the percentage must follow from the two numbers."""
    text = reading.text.read
    for one, two, rate in zip(counted, counted[1:], counted[2:], strict=False):
        if rate.start >= reading.text.sentence(one.start).end or one.unit != two.unit or not _value(one):
            continue
        if not (
            FROM_TO.search(text[max(0, one.start - 14) : one.start])
            and REACHED.match(text[one.end : two.start])
        ):
            continue
        said = text[two.end : rate.start]
        change = _value(two) - _value(one)
        if rate.unit == "%" and one.unit != "%" and (GROWTH.search(said) or SHRINKING.search(said)):
            real = abs(change) / _value(one) * 100
            if abs(real - _value(rate)) > TOLERANCE or (change < 0) is bool(GROWTH.search(said)):
                yield _grows(one, two, rate, f"{number(real, places=1)}%")
        elif (
            rate.unit in {one.unit, "个百分点", "百分点"}
            and GROWTH.search(said)
            and abs(change) != _value(rate)
        ):
            yield _grows(one, two, rate, f"{number(abs(change))}{rate.unit}")


def _grows(one: Claim, two: Claim, rate: Claim, real: str) -> Finding:
    return Finding(
        "growth",
        (one, two, rate),
        _("From “%(one)s” to “%(two)s” is %(real)s, not “%(said)s”.")
        % {"one": one.raw, "two": two.raw, "real": real, "said": rate.raw},
    )


def _twice(reading: Reading, counted: Sequence[Claim]) -> Iterator[Finding]:
    """The same subject with the same measure word and another number."""
    seen: dict[tuple[str, str], Claim] = {}
    for claim in counted:
        if claim.role in {"change", "scope", "rank"}:
            continue
        subject = subject_of(reading, claim)
        if not subject:
            continue
        key = (subject, claim.unit)
        before = seen.setdefault(key, claim)
        if before is not claim and not _agree(before, claim):
            yield Finding(
                "twice",
                (before, claim),
                _("“%(subject)s” is given as “%(one)s” and as “%(two)s”.")
                % {"subject": subject, "one": before.raw, "two": claim.raw},
            )


def subject_of(reading: Reading, claim: Claim) -> str:
    """The words right before the number, or right after its measure word, that say what is counted."""
    clause = reading.text.clause(claim.start)
    before = reading.text.read[clause.start : claim.start].rstrip()
    found = SUBJECT.search(before)
    said = VERBS.sub("", found.group()) if found else ""
    return said if len(said) >= 6 else ""


def _agree(one: Claim, two: Claim) -> bool:
    """Whether both may be said of one number: 143 and 140余."""
    return max(_floor(one), _floor(two)) <= min(_ceiling(one), _ceiling(two))


def _value(claim: Claim) -> Decimal:
    return claim.value or Decimal(0)


def _floor(claim: Claim) -> Decimal:
    value = _value(claim)
    return value - claim.step if claim.qualifier in {"nearly", "approx"} else value


def _ceiling(claim: Claim) -> Decimal:
    """The most that a claim leaves room for."""
    value = claim.upper or _value(claim)
    if claim.qualifier in {"more_than", "at_least", "approx"}:
        return value * 2 if claim.qualifier == "at_least" else value + max(claim.step, step_of(value))
    return value
