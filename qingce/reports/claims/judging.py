"""Whether what a text states is true of the ledger's value: 140余 is true of 143, not of 140 or 150."""

from __future__ import annotations

from decimal import Decimal

from qingce.figures.indicators.definitions import Indicator
from qingce.figures.indicators.display import rounded, rounded_down, written
from qingce.reports.claims.numerals import step_of
from qingce.reports.claims.reading import Claim

ABOUT = Decimal("0.1")  # 约: within a tenth
HUNDRED = Decimal(100)


def comparable(indicator: Indicator, value: Decimal) -> Decimal:
    """The ledger's value in the measure of the text: a rate as a number of hundredths."""
    return value * HUNDRED if indicator.form == "percent" else value


def is_true(claim: Claim, indicator: Indicator, value: Decimal) -> bool:
    """Whether the claim holds of the value that the ledger gives."""
    if claim.value is None:
        return False
    held, said = comparable(indicator, value), claim.value
    if claim.upper is not None:
        return _lies_within(claim, indicator, held)
    if claim.qualifier == "more_than":
        return said < held < said + step(said)
    if claim.qualifier == "nearly":
        return said - step(said) < held < said
    if claim.qualifier == "at_least":
        return held >= said
    if claim.qualifier == "at_most":
        return held <= said
    if claim.qualifier == "approx":
        return abs(held - said) <= said * ABOUT
    return _equals(claim, indicator, held)


def _lies_within(claim: Claim, indicator: Indicator, held: Decimal) -> bool:
    """30至50名: from the lower end to the upper, both included; 余 and 约 widen it as they do a number."""
    low, high = claim.value or Decimal(0), claim.upper or Decimal(0)
    if indicator.form == "percent":
        held = rounded(held, max(-int(one.as_tuple().exponent) for one in (low, high, Decimal(0))))
    if claim.qualifier == "at_least":
        return held >= low
    if claim.qualifier == "at_most":
        return held <= high
    if claim.qualifier == "more_than":
        return low <= held < high + step(high)
    if claim.qualifier == "approx":
        return low * (1 - ABOUT) <= held <= high * (1 + ABOUT)
    return low <= held <= high


def step(stated: Decimal) -> Decimal:
    """How far 余 may reach: to the next number of the stated precision, as official prose rounds."""
    return min(step_of(stated), _step_of_prose(stated))


def _step_of_prose(stated: Decimal) -> Decimal:
    """The distance to the next round number that prose would name instead: 140 → 150, 5000 → 5100."""
    following = stated + 1
    while rounded_down(following) <= stated:
        following = following + max(Decimal(1), Decimal(10) ** (len(str(int(stated))) - 2))
    return rounded_down(following) - stated


def _equals(claim: Claim, indicator: Indicator, held: Decimal) -> bool:
    said = claim.value
    if said is None:
        return False
    if indicator.form == "percent":
        whole = said == HUNDRED
        places = max(-int(said.as_tuple().exponent), 0) if not whole else 1
        return held == HUNDRED if whole else rounded(held, places) == said
    if claim.step > 1 and held != said:  # written in 万 or 亿, rounded to what is written
        return rounded(held / claim.step, 0) * claim.step == said
    return held == said


def in_words(indicator: Indicator, value: Decimal) -> str:
    """The ledger's value as a document would write it."""
    return written(value, unit=indicator.unit, form=indicator.form)
