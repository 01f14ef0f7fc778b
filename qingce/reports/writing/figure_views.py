"""What the editor's picker asks: indicators by a word, the forms of one, units by name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.shown import HIDDEN
from qingce.figures.indicators.sight import Sight
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of
from qingce.league.organisations.fields import unit_called
from qingce.ledger.periods import Period
from qingce.reports.tables import is_unknown
from qingce.reports.writing.finding import called
from qingce.reports.writing.forms_of_figures import forms_of
from qingce.reports.writing.models import Draft
from qingce.reports.writing.requests import refused
from qingce.reports.writing.route import draft_within_reach


@page("document.write", on=draft_within_reach)
def choices(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Indicators that fit what was typed, each with what it says of the document's unit and period."""
    found = called(request.GET.get("q", ""))
    figures = [Figure(one, draft.unit, draft.period_asked) for one in found]
    batch.evaluate(figures)
    sight = Sight(reach_of(request))
    return JsonResponse(
        {
            "figures": [
                {
                    "code": one.indicator.code,
                    "label": str(one.indicator),
                    "chapter": one.indicator.chapter_label,
                    "text": HIDDEN if sight.covers(one) else "—" if is_unknown(one) else one.display,
                }
                for one in figures
            ]
        }
    )


@page("document.write", on=draft_within_reach)
def forms(request: HttpRequest, draft: Draft) -> HttpResponse:
    """How one figure would read, in every form that fits it, of the unit and period asked for."""
    indicator = indicators().get(request.GET.get("figure", ""))
    if indicator is None:
        return refused(Refused(_("No figure is called so. Try another word, pinyin or initials.")), 422)
    reach = reach_of(request)
    code, said = request.GET.get("unit", ""), request.GET.get("period", "")
    try:
        unit = reach.unit(code) if code else draft.unit
        if unit is None:
            raise Refused(_("No unit within your reach is called so."))
        figure = Figure(indicator, unit, Period.parse(said) if said else draft.period_asked)
    except Refused as refusal:
        return refused(refusal, 422)
    before = figure.last_year()
    batch.evaluate([figure, before])
    if Sight(reach).covers(figure):
        return refused(Refused(_("A small number of a sensitive matter: it is not put into a text.")), 422)
    return JsonResponse(
        {
            "label": str(indicator),
            "definition": figure.definition,
            "unit": {"code": unit.code, "name": str(unit)},
            "href": Question(unit, figure.period).address("figure", indicator.code),
            "unknown": is_unknown(figure),
            "forms": [
                {"code": one.code, "label": str(one.label), "text": one.text}
                for one in forms_of(figure, before)
            ],
        }
    )


@page("document.write", on=draft_within_reach)
def units(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The unit that was meant, within reach."""
    found = unit_called(reach_of(request).units("document.write"), request.GET.get("q", "").strip())
    return JsonResponse({"units": [{"code": found.code, "name": str(found)}] if found else []})
