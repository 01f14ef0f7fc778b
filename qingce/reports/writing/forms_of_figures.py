"""In which forms a figure may stand in a text, and how it then reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingce.figures.indicators.display import WAN, number, rounded_down, written
from qingce.figures.indicators.figure import Figure
from qingce.reports.outline import CHANGE

GROWTH = "growth"  # against the same period of last year, in per cent
COMPARED = {CHANGE, GROWTH}
LABELS = {
    "exact": _("exact"),
    "more": _("rounded down, with 余"),
    "wan": _("in 万"),
    "percent": _("in per cent"),
    "rank": _("as a rank"),
    CHANGE: _("more or less than last year"),
    GROWTH: _("growth on last year"),
}
SAME = "持平"


@dataclass(frozen=True)
class Form:
    code: str
    label: Any
    text: str  # how the figure reads in it


def forms_of(figure: Figure, before: Figure) -> list[Form]:
    """The forms that fit the figure, its own first, each as it would be written."""
    codes = sorted(_fitting(figure), key=lambda code: code != own_form(figure))
    return [Form(code, LABELS[code], said(figure, code, before)) for code in codes]


def own_form(figure: Figure) -> str:
    """The indicator's own form; where it reads like the exact one, that."""
    form = figure.indicator.form
    return "exact" if form in {"more", "wan"} and figure.in_form(form) == figure.exact else form


def said(figure: Figure, form: str, before: Figure | None = None) -> str:
    """The figure as it stands in a text."""
    if form == CHANGE:
        return _change(figure, before)
    if form == GROWTH:
        return _growth(figure, before)
    percent = figure.indicator.unit == "%"
    return figure.in_form("percent" if percent else form or figure.indicator.form)


def needs_last_year(forms: Iterable[str]) -> bool:
    return any(form in COMPARED for form in forms)


def _fitting(figure: Figure) -> list[str]:
    value = figure.told
    if value is None or figure.indicator.form == "rank":
        return ["rank"] if figure.indicator.form == "rank" else ["exact"]
    if figure.indicator.unit == "%":
        return ["percent"]
    codes = ["exact"]
    codes += ["more"] if rounded_down(value) < value else []
    codes += ["wan"] if value >= WAN else []
    return [*codes, CHANGE, GROWTH]


def _change(figure: Figure, before: Figure | None) -> str:
    """增加21名, 减少3名 or 持平."""
    change = (figure.told or Decimal(0)) - _told(before)
    if not change:
        return SAME
    amount = written(abs(change), unit=figure.indicator.unit, form="exact")
    return f"{'增加' if change > 0 else '减少'}{amount}"


def _growth(figure: Figure, before: Figure | None) -> str:
    """增长12.5%, 下降3% or 持平; a dash where last year had nothing to grow from."""
    then, change = _told(before), (figure.told or Decimal(0)) - _told(before)
    if not then:
        return "—"
    if not change:
        return SAME
    return f"{'增长' if change > 0 else '下降'}{number(abs(change) / then * 100, places=1)}%"


def _told(figure: Figure | None) -> Decimal:
    return (figure.told if figure else None) or Decimal(0)
