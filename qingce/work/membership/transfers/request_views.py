"""Pages of a request for a member: asking, what the asking branch does, what the member's branch answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.ledger.records.forms import ReasonForm
from qingce.work.membership.finding import (
    Arrival,
    Departure,
    arrival_within_reach,
    departure_within_reach,
)
from qingce.work.membership.pages import asking, done, warned
from qingce.work.membership.transfers import requests
from qingce.work.membership.transfers.actions import remind
from qingce.work.membership.transfers.forms import RequestForm


@page("record.enter", on=unit_within_reach)
def new(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Ask for a member of another branch: name, number, and why."""
    form = RequestForm(unit, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = {"name": said["name"], "id_number": said["id_number"], "note": said["note"]}
        try:
            on, by = reach_of(request).on, user_of(request)
            case = requests.ask_for(unit, plan=form.plan(), on=on, by=by, **facts)
            messages.success(request, _("The member's branch has been asked; it answers here."))
            return redirect("transfer", number=case.number)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "membership/transfer_request.html", {"form": form, "unit": unit})


@page("record.enter", on=arrival_within_reach)
def asked(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """What the branch that asked does: remind, or ask no more."""
    case, on = arrival.case, reach_of(request).on
    if request.POST.get("act") == "remind":
        done(request, remind, case, on=on, said=_("A reminder was sent."))
        return redirect("transfer", number=case.number)
    title, said = _("Take this request back?"), _("The request is taken back.")
    return _with_reason(request, case, requests.withdraw, title, pgettext("transfer", "Take back"), said)


@page("record.enter", on=departure_within_reach)
def answer(request: HttpRequest, departure: Departure) -> HttpResponse:
    """What the member's branch answers."""
    case, on = departure.case, reach_of(request).on
    if request.POST.get("act") == "agree":
        warnings: list[str] = []
        said = _("Agreed; the body above lets the member go.")
        done(request, requests.agree, case, on=on, warnings=warnings, said=said)
        warned(request, warnings)
        return redirect("transfer", number=case.number)
    title = _("Decline this request")
    return _with_reason(request, case, requests.decline, title, _("Decline"), _("The request is declined."))


def _with_reason(
    request: HttpRequest, case: Any, verb: Any, title: str, act: str, answered: str
) -> HttpResponse:
    form = ReasonForm(request.POST if "because" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        because, on = form.cleaned_data["because"], reach_of(request).on
        done(request, verb, case, because=because, on=on, said=answered)
        return redirect("transfer", number=case.number)
    return asking(request, form, title, act, about=case, danger=True)
