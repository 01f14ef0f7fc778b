"""Which figure a typed number probably is: the same value first, then the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.cache import cache

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import rounded_down
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.sight import Sight
from qingce.figures.indicators.stamp import KEPT_FOR, stamp
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.writing.forms_of_figures import own_form
from qingce.reports.writing.typed import Typed

AT_MOST = 3
AROUND = 24  # characters on each side that say what the number is about
SAME_MEASURE = {"人": "名", "位": "名", "场": "场次", "次": "场次"}


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


def values(unit: Unit, period: Period) -> list[Figure]:
    """Every figure of the unit and period, kept until anything that counts changes."""
    figures = [Figure(one, unit, period) for one in indicators().values()]
    key = f"writing-values:{stamp()}:{unit.pk}:{period.code}"
    known = cache.get(key)
    if known is None:
        batch.evaluate(figures)
        known = {one.indicator.code: (one.value, one.statement) for one in figures}
        cache.set(key, known, KEPT_FOR)
    for one in figures:
        one.__dict__["value"], one.statement = known[one.indicator.code]
    return figures


def _points(figure: Figure, typed: Typed, around: str) -> float:
    """A value that agrees weighs 4, its measure word 2, each pair of characters in common 1 up to 4."""
    return (
        (4 if agrees(figure, typed) else 0)
        + (2 if typed.unit and _measure(typed.unit) == _measure(figure.indicator.unit) else 0)
        + min(4, len(_pairs(figure.indicator.label) & _pairs(around)))
        - (3 if typed.unit and _measure(typed.unit) != _measure(figure.indicator.unit) else 0)
    )


def agrees(figure: Figure, typed: Typed) -> bool:
    """Whether what was typed is true of the figure: 140余 of 143, 143 of 143."""
    value = figure.told
    if value is None or not value:
        return False
    if typed.more:
        return typed.value == rounded_down(value) < value
    return bool(value == typed.value or (typed.unit == "%" and round(value, 3) == typed.value))


def _measure(unit: str) -> str:
    return SAME_MEASURE.get(unit, unit)


def _pairs(text: str) -> set[str]:
    words = re.sub(r"[^\u4e00-\u9fff]", " ", text)
    return {words[at : at + 2] for at in range(len(words) - 1) if " " not in words[at : at + 2]}


def _offer(figure: Figure, typed: Typed) -> Offer:
    same = agrees(figure, typed)
    form = ("more" if typed.more else "exact") if same else own_form(figure)
    if figure.indicator.unit == "%" or figure.indicator.form == "rank":
        form = figure.indicator.form
    if same and "万" in typed.raw and not typed.more:
        form = "wan"
    return Offer(figure.indicator.code, str(figure.indicator), form, figure.in_form(form), same)
