"""Figures by API: every indicator of a unit and a period, and the rows behind one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router, Schema
from ninja.errors import HttpError

from qingce.figures.indicators.batch import evaluate
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import plain
from qingce.figures.indicators.drawer import seen
from qingce.figures.indicators.figure import Figure, Row
from qingce.figures.indicators.shown import Shown
from qingce.figures.indicators.sight import Sight
from qingce.foundation.api import Page, paged
from qingce.league.access.endpoints import endpoint
from qingce.league.access.requests import reach_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.league.people.veil import Veil
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
    of: str


@router.get(
    "/units/{code}/figures",
    response=list[FigureOut],
    summary=gettext_noop("All figures of a unit in a period"),
)
@endpoint("figure.see", on=unit_within_reach)
def figures(request: HttpRequest, unit: Unit, period: str) -> list[dict[str, Any]]:
    when = Period.parse(period)
    asked = [Figure(indicator, unit, when) for indicator in indicators().values()]
    evaluate(asked)
    sight = Sight(reach_of(request))
    return [_shown(figure, sight.shown(figure)) for figure in asked]


@router.get(
    "/units/{code}/figures/{indicator}/rows",
    response=Page[RowOut],
    summary=gettext_noop("The rows that one figure counts; names masked without the right to them"),
)
@endpoint("figure.see", on=unit_within_reach)
def rows(
    request: HttpRequest, unit: Unit, indicator: str, period: str, page: int = 1, size: int = 50
) -> dict[str, Any]:
    if indicator not in indicators():
        raise Http404
    figure = Figure(indicators()[indicator], unit, Period.parse(period))
    sight = Sight(reach_of(request))
    if sight.covers(figure):
        raise HttpError(403, _("So few that the list could point at a person: it is closed to you."))
    veil, open_to_reader = Veil.of(reach_of(request), unit), sight.is_open(figure)
    listed = figure.listed() if figure.indicator.is_formula else figure.ordered_rows()
    return paged(
        listed, page=page, size=size, show=lambda row: _row(figure, row, veil, open_to_reader=open_to_reader)
    )


def _shown(figure: Figure, value: Shown) -> dict[str, Any]:
    indicator = figure.indicator
    return {
        "code": indicator.code,
        "label": str(indicator),
        "topic": indicator.chapter_label,
        "value": None if value.covered else plain(figure.value),
        "unit": indicator.measure_word,
        "display": f"{value.text}{value.unit}" if value.covered else figure.display,
        "covered": value.covered,
        "basis": indicator.basis,
        "definition": indicator.definition,
    }


def _row(figure: Figure, row: Any, veil: Veil, *, open_to_reader: bool) -> dict[str, Any]:
    listed = row if isinstance(row, Row) else next(iter(figure.listed([row])))
    shown = seen(listed, veil, figure.unit, open_to_reader=open_to_reader)
    return {**vars(shown.row), "label": shown.label}
