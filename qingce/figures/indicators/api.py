"""Figures by API: every indicator of a unit and a period, and the rows behind one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError

from qingce.figures.indicators.batch import evaluate
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import plain
from qingce.figures.indicators.figure import Figure, Row
from qingce.figures.indicators.shown import COVERED, shown
from qingce.foundation.api import Page, paged
from qingce.foundation.words import masked_name
from qingce.league.access.endpoints import endpoint
from qingce.league.access.reach import Reach
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period

router = Router(tags=["figures"])


class FigureOut(Schema):
    code: str
    label: str
    topic: str
    value: float | None
    unit: str
    display: str
    covered: bool
    basis: str
    definition: str


class RowOut(Schema):
    model: str
    id: int
    number: str
    label: str
    unit: str
    day: dt.date | None
    grade: str
    amount: float


@router.get("/units/{code}/figures", response=list[FigureOut], summary="All figures of a unit in a period")
@endpoint("figure.see", on=unit_within_reach)
def figures(request: HttpRequest, unit: Unit, period: str) -> list[dict[str, Any]]:
    when = Period.parse(period)
    asked = [Figure(indicator, unit, when) for indicator in indicators().values()]
    evaluate(asked)
    return [_shown(figure, covered=_covered(request, figure)) for figure in asked]


@router.get(
    "/units/{code}/figures/{indicator}/rows",
    response=Page[RowOut],
    summary="The rows that one figure counts; names masked without the right to them",
)
@endpoint("figure.see", on=unit_within_reach)
def rows(
    request: HttpRequest, unit: Unit, indicator: str, period: str, page: int = 1, size: int = 50
) -> dict[str, Any]:
    if indicator not in indicators():
        raise Http404
    figure = Figure(indicators()[indicator], unit, Period.parse(period))
    if _covered(request, figure):
        raise HttpError(403, _("So few that the list could point at a person: it is closed to you."))
    named = _reach(request).may("person.see", unit)
    listed = figure.listed() if figure.indicator.is_formula else figure.ordered_rows()
    return paged(listed, page=page, size=size, show=lambda row: _row(figure, row, named=named))


def _reach(request: HttpRequest) -> Reach:
    return request.reach  # type: ignore[attr-defined]


def _covered(request: HttpRequest, figure: Figure) -> bool:
    """Whether the value is sensitive, small and not this reader's to see."""
    may_see = _reach(request).may("case.see", figure.unit)
    return shown(figure.indicator, figure.value, open_to_reader=may_see).covered


def _shown(figure: Figure, *, covered: bool) -> dict[str, Any]:
    indicator = figure.indicator
    return {
        "code": indicator.code,
        "label": str(indicator),
        "topic": indicator.chapter_label,
        "value": None if covered else plain(figure.value),
        "unit": indicator.measure_word,
        "display": f"{COVERED}{indicator.measure_word}" if covered else figure.display,
        "covered": covered,
        "basis": indicator.basis,
        "definition": indicator.definition,
    }


def _row(figure: Figure, row: Any, *, named: bool) -> dict[str, Any]:
    shown = row if isinstance(row, Row) else next(iter(figure.listed([row])))
    label = shown.label if named or not shown.personal else masked_name(shown.label)
    return {**vars(shown), "label": label}
