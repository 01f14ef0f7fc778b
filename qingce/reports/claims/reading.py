"""Reading a text: every number in it, what it is, and what kind of work it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from qingce.reports.claims.kinds import Topics
from qingce.reports.claims.names import Mask, Masks
from qingce.reports.claims.plan import Outlook
from qingce.reports.claims.rules import COUNTABLE, role_of
from qingce.reports.claims.rules.sight import Sight
from qingce.reports.claims.spans import Expression, expressions
from qingce.reports.claims.text import Span, Text
from qingce.reports.claims.vocabulary import Vocabulary, vocabulary

LEFT_ASIDE = {"name": "name", "date": "date", "ordinal": "ordinal", "rank": "rank"}


@dataclass(frozen=True)
class Claim:
    """A figure as the text states it."""

    start: int
    end: int
    raw: str
    value: Decimal | None
    unit: str
    qualifier: str
    role: str
    step: Decimal
    upper: Decimal | None = None
    system: str = ""

    @property
    def countable(self) -> bool:
        return self.role in COUNTABLE


@dataclass(frozen=True)
class Reading:
    text: Text
    claims: tuple[Claim, ...]

    @property
    def countable(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.countable]


def read(written: str, words: Vocabulary | None = None) -> Reading:
    """Every figure of a text, in reading order."""
    words = words or vocabulary()
    text = Text(written)
    masks, outlook = Masks(text, words), Outlook(text, words)
    found = expressions(text, words)
    roles = _roles(text, found, words, masks, outlook)
    counted = [one for one, role in zip(found, roles, strict=True) if role in COUNTABLE]
    places = [one for one, role in zip(found, roles, strict=True) if role == "scope"]
    kinds = Topics(text, words, counted, places).kinds(counted)
    claims = [
        _claim(text, one, role, masks, kinds)
        for one, role in zip(found, roles, strict=True)
        if role not in {"word", "structure"}
    ]
    return Reading(text, tuple(_each_once(claims)))


def _roles(
    text: Text, found: list[Expression], words: Vocabulary, masks: Masks, outlook: Outlook
) -> list[str]:
    roles = []
    figure: Expression | None = None
    for one, following in zip(found, [*found[1:], None], strict=False):
        role = role_of(Sight(text, one, figure, following, words, masks, outlook))
        roles.append(role)
        if role not in {"word", "structure", "name", "date"}:
            figure = one
    return roles


def _claim(text: Text, one: Expression, role: str, masks: Masks, kinds: Mapping[Expression, str]) -> Claim:
    claim = Claim(
        one.start,
        one.end,
        one.raw,
        one.value,
        one.unit,
        LEFT_ASIDE.get(role, one.qualifier),
        role,
        one.numeral.step,
        one.numeral.upper,
    )
    if claim.countable:
        return replace(claim, system=kinds[one])
    mask = masks.over(Span(one.numeral.start, one.numeral.end))
    return _whole_name(text, claim, mask) if mask and role in {"name", "date"} else claim


def _whole_name(text: Text, claim: Claim, mask: Mask) -> Claim:
    return replace(claim, start=mask.start, end=mask.end, raw=text.written[mask.start : mask.end])


def _each_once(claims: list[Claim]) -> list[Claim]:
    """A name with two numbers in it is one name."""
    kept: list[Claim] = []
    for claim in claims:
        if not (kept and kept[-1].start == claim.start and kept[-1].end == claim.end):
            kept.append(claim)
    return kept
