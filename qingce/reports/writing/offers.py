"""Which figure a typed number probably is: the same value first, then the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.sight import Sight
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.claims.judging import is_true
from qingce.reports.writing.forms_of_figures import own_form
from qingce.reports.writing.typed import Typed
from qingce.reports.writing.values import values

AT_MOST = 3
AROUND = 24  # characters on each side that say what the number is about
SAME_MEASURE = {"人": "名", "位": "名", "场": "场次", "次": "场次", "万元": "元"}


@dataclass(frozen=True)
class Offer:
    """An indicator that the number may come from, and how it would then be written."""

    code: str
    label: str
    form: str
    text: str
    same: bool  # whether the value agrees with what was typed


def offers(typed: Typed, text: str, unit: Unit, period: Period, reach: Reach) -> list[Offer]:
    """The likeliest figures; none when neither value nor words point to one."""
    around = text[max(0, typed.start - AROUND) : typed.start] + text[typed.end : typed.end + AROUND]
    sight = Sight(reach)
    ranked = sorted(
        (
            (_points(figure, typed, around), place, figure)
            for place, figure in enumerate(values(unit, period))
        ),
        key=lambda one: (-one[0], one[1]),
    )
    likely = [figure for points, _place, figure in ranked if points >= 3 and not sight.covers(figure)]
    return [_offer(figure, typed) for figure in likely[:AT_MOST]]


def _points(figure: Figure, typed: Typed, around: str) -> float:
    """A true value weighs 4, the kind of work 3, the measure word 2, each pair of characters in common 1."""
    claim, indicator = typed.claim, figure.indicator
    same_measure = not claim.unit or _measure(claim.unit) == _measure(indicator.unit)
    return (
        (4 if agrees(figure, typed) else 0)
        + (3 if claim.system and claim.system == indicator.system else 0)
        + (2 if claim.unit and same_measure else 0)
        + min(4, len(_pairs(indicator.label) & _pairs(around)))
        - (0 if same_measure else 3)
    )


def agrees(figure: Figure, typed: Typed) -> bool:
    """Whether what was typed is true of the figure: 140余 of 143, 143 of 143."""
    value = figure.told
    return bool(value) and value is not None and is_true(typed.claim, figure.indicator, value)


def _measure(unit: str) -> str:
    return SAME_MEASURE.get(unit, unit)


def _pairs(text: str) -> set[str]:
    words = re.sub(r"[^\u4e00-\u9fff]", " ", text)
    return {words[at : at + 2] for at in range(len(words) - 1) if " " not in words[at : at + 2]}


def _offer(figure: Figure, typed: Typed) -> Offer:
    same = agrees(figure, typed)
    form = own_form(figure) if not same or figure.indicator.form in {"percent", "rank"} else _form(typed)
    return Offer(figure.indicator.code, str(figure.indicator), form, figure.in_form(form), same)


def _form(typed: Typed) -> str:
    """The form in which the number was typed."""
    if typed.claim.qualifier == "more_than":
        return "more"
    return "wan" if "万" in typed.raw else "exact"
