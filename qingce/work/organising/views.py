"""Pages of the papers on units: one form for each act, the approval, and what a unit's papers are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.accounts.models import User
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of
from qingce.league.organisations.fields import unit_called
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import State
from qingce.work.organising import actions
from qingce.work.organising.acts import ACTS, Act
from qingce.work.organising.effects import is_planned
from qingce.work.organising.forms import ActForm
from qingce.work.organising.models import SeatAllotment, UnitEvent
from qingce.work.organising.paper_forms import ApprovalForm

PAPERS = 20


def door(act: Act) -> Callable[..., Any]:
    """The page of one act at one unit: asked, looked at beforehand, then submitted or approved."""

    @page(act.permission, on=unit_within_reach)
    def change(request: HttpRequest, unit: Unit) -> HttpResponse:
        return _act(request, act, unit)

    return change


def _act(request: HttpRequest, act: Act, unit: Unit) -> HttpResponse:
    reach = reach_of(request)
    form = act.form(unit, reach, request.POST or None, initial=_initial(request, reach))
    said: dict[str, Any] = {"act": act, "unit": unit, "form": form, "warnings": [], "looked": False}
    if not act.fits(unit) or unit.dissolved_on is not None:
        said["refused"] = _("This cannot be done with %s.") % unit
    elif request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do", "look") == "look":
                said["warnings"] = actions.rehearse(lambda: _done(form, act, reach, approved=True)[1])
                said["looked"] = True
            else:
                return _carried_out(request, form, act, reach)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    said["foresight"] = form.foresight() if "refused" not in said else []
    said["may_approve"] = _may_approve(reach, act, unit)
    answer = render(request, "organising/act.html", said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _carried_out(request: HttpRequest, form: ActForm, act: Act, reach: Reach) -> HttpResponse:
    approved = request.POST.get("do") == "approve"
    event, warnings = _done(form, act, reach, approved=approved)
    for warning in warnings:
        messages.warning(request, warning)
    done = _("Approved; the tree is changed.") if approved else _("Submitted for approval.")
    messages.success(request, done)
    return redirect("record", number=event.number)


def _done(form: ActForm, act: Act, reach: Reach, *, approved: bool) -> tuple[UnitEvent, list[str]]:
    by, said = cast(User, reach.user), form.cleaned_data
    with actions.telling():
        event = actions.draw_up(
            act.kind,
            unit=form.owner,
            subject=form.subject,
            on=said["on"],
            note=said["note"],
            parts=form.parts(),
            by=by,
        )
        if not approved:
            warnings = actions.judge(event)
            return cast(UnitEvent, ledger.submit(event, by=by)), warnings
        warnings = actions.approve(
            event,
            document_number=said["document_number"],
            approved_by=said["approved_by"],
            by=by,
            today=reach.on,
        )
    return event, warnings


def _initial(request: HttpRequest, reach: Reach) -> dict[str, Any]:
    """What the address says beforehand: `?to=` a unit within reach, as after a drag."""
    said = request.GET.get("to", "")
    return {"to": unit_called(reach.units("unit.see"), said)} if said else {}


def _may_approve(reach: Reach, act: Act, unit: Unit) -> bool:
    above = unit if act.noun == "founding" else actions.body_above(unit)
    return reach.may("record.confirm", above)


def event_within_reach(reach: Reach, *, number: str) -> UnitEvent | None:
    """A paper whose unit lies within any post of the reader."""
    rows = UnitEvent.objects.select_related("unit", "subject_unit", "change", "election", "congress")
    return rows.filter(number=number.upper(), unit__in=reach.units()).first()


@page("record.confirm", on=event_within_reach)
def approval(request: HttpRequest, event: UnitEvent) -> HttpResponse:
    """Approve a paper that was submitted, with the number of the approving document."""
    reach = reach_of(request)
    form = ApprovalForm(request.POST or None, initial={"document_number": event.document_number})
    if request.method == "POST" and form.is_valid():
        try:
            warnings = actions.approve(event, **form.cleaned_data, by=cast(User, reach.user), today=reach.on)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            for warning in warnings:
                messages.warning(request, warning)
            messages.success(request, _("Approved; the tree is changed."))
            return redirect("record", number=event.number)
    answer = render(request, "organising/approval.html", {"event": event, "form": form})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@page("record.see", on=event_within_reach)
def decision(request: HttpRequest, event: UnitEvent) -> HttpResponse:
    """The part of a paper's page that leads to its approval, to its congress and to the units made."""
    waiting = event.state in (State.DRAFT, State.SUBMITTED) and (
        is_planned(event) or hasattr(event, "election")
    )
    may = reach_of(request).may("record.confirm", event)
    return render(request, "organising/decision.html", {"event": event, "waiting": waiting, "may": may})


@page("unit.see", on=unit_within_reach)
def papers(request: HttpRequest, unit: Unit) -> HttpResponse:
    """The papers about one unit, and the acts that the reader may begin."""
    reach = reach_of(request)
    rows = UnitEvent.objects.filter(
        Q(subject_unit=unit) | Q(change__to=unit), unit__in=reach.units("record.see")
    )
    acts = [one for one in ACTS if reach.may(one.permission, unit) and one.fits(unit)]
    said = {
        "unit": unit,
        "events": rows.exclude(state=State.VOID)[:PAPERS],
        "acts": acts if unit.dissolved_on is None else [],
        "delegations": unit_delegations(unit) if reach.may("congress.keep", unit) else [],
    }
    return render(request, "organising/papers.html", said)


def unit_delegations(unit: Unit) -> list[SeatAllotment]:
    """The seats that the unit has at congresses, the latest first."""
    rows = SeatAllotment.objects.filter(unit=unit).exclude(event__state=State.VOID).select_related("event")
    return list(rows.order_by("-event__happened_on")[:5])
