"""Pages of a congress: its delegations, the seats, the delegates of one unit, one delegate's links."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.people.veil import Veil
from qingce.work.organising import congress_actions
from qingce.work.organising.congress_forms import DelegatesForm, LinkForm, MandateEndForm, SeatsForm
from qingce.work.organising.congress_reading import Reading
from qingce.work.organising.congresses import Delegate, SeatAllotment
from qingce.work.organising.models import UnitEvent
from qingce.work.organising.views import event_within_reach


def allotment_within_reach(reach: Reach, *, pk: int) -> SeatAllotment | None:
    """The delegation of a unit within reach."""
    found = SeatAllotment.objects.select_related("unit", "event__unit").filter(pk=pk).first()
    return found if found is not None and reach.covers(found) else None


def delegate_within_reach(reach: Reach, *, pk: int) -> Delegate | None:
    """A delegate whose delegation lies within reach."""
    found = Delegate.objects.select_related("unit", "person", "event__unit").filter(pk=pk).first()
    return found if found is not None and reach.covers(found) else None


@page("record.see", on=event_within_reach)
def congress(request: HttpRequest, event: UnitEvent) -> HttpResponse:
    """Delegations with seats and delegates, and whose links are short of what is asked."""
    reach = reach_of(request)
    said = {"event": event, "reading": Reading(event, reach), "may": reach.may("congress.keep", event)}
    return render(request, "organising/congress.html", said)


@page("congress.keep", on=event_within_reach)
def seats(request: HttpRequest, event: UnitEvent) -> HttpResponse:
    form = SeatsForm(event, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            warnings = congress_actions.allot(event, form.seats(), by=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            for warning in warnings:
                messages.warning(request, warning)
            messages.success(request, _("The seats are allotted."))
            return redirect("congress", number=event.number)
    return render(request, "organising/seats.html", {"event": event, "form": form})


@page("congress.keep", on=allotment_within_reach)
def delegation(request: HttpRequest, allotment: SeatAllotment) -> HttpResponse:
    """The delegates of one unit, and the form for those newly elected."""
    reach = reach_of(request)
    form = DelegatesForm(allotment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if _did(request, form, congress_actions.enter_delegates, allotment, form.people, on=on):
            return redirect("delegation", pk=allotment.pk)
    reading = Reading(allotment.event, reach)
    mine = next(one for one in reading.delegations if one.allotment.pk == allotment.pk)
    said = {
        "allotment": allotment,
        "delegation": mine,
        "form": form,
        "wanted": reading.wanted,
        "congress_open": reach.covers(allotment.event),
    }
    return render(request, "organising/delegation.html", said)


@page("congress.keep", on=delegate_within_reach)
def delegate(request: HttpRequest, delegate: Delegate) -> HttpResponse:
    """One delegate: the mandate, and the branches and young people kept in touch with."""
    reach = reach_of(request)
    form = LinkForm(delegate, reach, request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("branch", "person", "since")}
        if _did(request, form, congress_actions.link, delegate, **facts):
            return redirect("delegate", pk=delegate.pk)
    veil = Veil.of(reach, delegate)
    links = [
        (one, veil.person(one.person, unit=delegate.unit_id, on=reach.on) if one.person else one.branch)
        for one in delegate.links.select_related("branch", "person").order_by("since", "pk")
    ]
    name = veil.person(delegate.person, unit=delegate.unit_id, on=reach.on)
    allotment = SeatAllotment.objects.filter(event=delegate.event, unit=delegate.unit).first()
    said = {
        "delegate": delegate,
        "name": name,
        "links": links,
        "form": form,
        "allotment": allotment,
        "congress_open": reach.covers(delegate.event),
    }
    return render(request, "organising/delegate.html", said)


@page("congress.keep", on=delegate_within_reach)
def mandate_end(request: HttpRequest, delegate: Delegate) -> HttpResponse:
    form = MandateEndForm(request.POST or None, initial={"on": reach_of(request).on})
    sent = request.method == "POST" and form.is_valid()
    if sent and _did(request, form, congress_actions.end_mandate, delegate, **form.cleaned_data):
        return redirect("delegate", pk=delegate.pk)
    answer = render(request, "organising/mandate_end.html", {"delegate": delegate, "form": form})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _did(request: HttpRequest, form: Any, verb: Any, *about: Any, **facts: Any) -> bool:
    """Call the verb; its refusal becomes the form's."""
    try:
        verb(*about, **facts, by=user_of(request))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True
