"""A text checked against the ledger: every claim with its indicator, the ledger's value and a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from qingce.figures.indicators.batch import evaluate
from qingce.figures.indicators.definitions import Indicator
from qingce.figures.indicators.display import plain
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.sight import Sight
from qingce.reports.claims.consistency import Finding, findings
from qingce.reports.claims.judging import comparable, in_words, is_true
from qingce.reports.claims.reading import Claim, Reading, read
from qingce.reports.claims.reasons import reason_for
from qingce.reports.claims.ties import tied

AGREES, DIFFERS, NO_INDICATOR, NOT_A_CLAIM = "agrees", "differs", "no_indicator", "not_a_claim"
VERDICTS = (DIFFERS, AGREES, NO_INDICATOR, NOT_A_CLAIM)


@dataclass(frozen=True)
class Judged:
    """A claim with what the ledger says of it; without a question the ledger was not asked."""

    claim: Claim
    verdict: str
    reason: str
    indicator: Indicator | None = None
    value: Decimal | None = None  # as the text would state it: a rate as hundredths
    stated: str = ""  # the ledger's value in words
    address: str = ""  # the figure with its rows
    covered: bool = False

    @property
    def as_json(self) -> dict[str, Any]:
        claim = self.claim
        return {
            "start": claim.start,
            "end": claim.end,
            "raw": claim.raw,
            "value": plain(claim.value),
            "upper": plain(claim.upper),
            "unit": claim.unit,
            "qualifier": claim.qualifier,
            "role": claim.role,
            "countable": claim.countable,
            "indicator": self.indicator.code if self.indicator else None,
            "system": claim.system or None,
            "ledger_value": plain(self.value),
            "verdict": self.verdict,
            "reason": self.reason,
            "ledger": self.stated,
        }


@dataclass(frozen=True)
class Checked:
    """A whole text, checked."""

    reading: Reading
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    question: Question | None

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(one.verdict for one in self.judged)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def as_json(self) -> dict[str, Any]:
        return {
            "claims": [one.as_json for one in self.judged],
            "findings": [
                {"sort": one.sort, "sentence": one.sentence, "starts": [claim.start for claim in one.claims]}
                for one in self.findings
            ],
            "counts": self.counts,
        }


def check(written: str, question: Question | None = None, sight: Sight | None = None) -> Checked:
    """Read a text and, when a unit and period are given, ask the ledger about each claim."""
    reading = read(written)
    indicators = tied(reading)
    values = _values(list(indicators.values()), question, sight) if question else {}
    judged = [_judged(claim, indicators.get(claim), values, question is not None) for claim in reading.claims]
    return Checked(reading, tuple(judged), tuple(findings(reading)), question)


@dataclass(frozen=True)
class _Value:
    value: Decimal | None
    address: str
    covered: bool


def _values(asked: Sequence[Indicator], question: Question, sight: Sight | None) -> dict[str, _Value]:
    figures = {indicator.code: question.figure(indicator) for indicator in asked}
    evaluate(list(figures.values()))
    return {
        code: _Value(
            figure.value,
            question.address("figure", code),
            covered=sight is not None and sight.covers(figure),
        )
        for code, figure in figures.items()
    }


def _judged(claim: Claim, indicator: Indicator | None, values: dict[str, _Value], asked: bool) -> Judged:
    if not claim.countable:
        return Judged(claim, NOT_A_CLAIM, reason_for(claim.role))
    if indicator is None:
        return Judged(claim, NO_INDICATOR, reason_for(NO_INDICATOR))
    if not asked:
        return Judged(claim, NO_INDICATOR, reason_for("not_asked"), indicator)
    found = values[indicator.code]
    if found.covered or found.value is None:
        reason = reason_for("covered" if found.covered else "no_value")
        return Judged(claim, NO_INDICATOR, reason, indicator, address=found.address, covered=found.covered)
    holds = is_true(claim, indicator, found.value)
    return replace(
        Judged(claim, AGREES if holds else DIFFERS, reason_for(AGREES if holds else DIFFERS), indicator),
        value=comparable(indicator, found.value),
        stated=in_words(indicator, found.value),
        address=found.address,
    )
