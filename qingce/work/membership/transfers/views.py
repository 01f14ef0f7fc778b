"""Pages of transfers: the list of what waits, one transfer with its acts, a class of graduates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Membership, Unit
from qingce.league.rules import ruling
from qingce.ledger.records.forms import ReasonForm
from qingce.work.membership.finding import (
    Arrival,
    Departure,
    Moving,
    arrival_within_reach,
    departure_within_reach,
    moving_within_reach,
    transfers,
)
from qingce.work.membership.models import Direction
from qingce.work.membership.pages import asking, done, warned
from qingce.work.membership.transfers import actions as transfer
from qingce.work.membership.transfers import guards as transfer_guards
from qingce.work.membership.transfers.forms import (
    GraduatesForm,
    PlacingForm,
    ReceptionForm,
    TransferForm,
)
from qingce.work.membership.transfers.graduates import handover
from qingce.work.membership.transfers.listing import SHOWS, TransferFilter, days_since, waiting_on
from qingce.work.membership.transfers.requests import hides_sender


@page("person.see")
def listing(request: HttpRequest) -> HttpResponse:
    """What waits on the reader, what is under way, what is closed."""
    reach = reach_of(request)
    asked = TransferFilter(request.GET, reach)
    chosen: Any = Paginator(asked.rows(), 50).get_page(request.GET.get("page"))
    for case in chosen:
        case.days = days_since(case.last_on, on=reach.on)
        case.hides_sender = hides_sender(case, reach)
    lapses = ruling("transfer_lapse_days", on=reach.on)
    said = {"asked": asked, "page_obj": chosen, "shows": SHOWS, "long": lapses.value or 0}
    return render(request, "membership/transfers.html", said)


@page("transfer.approve")
def approving_many(request: HttpRequest) -> HttpResponse:
    """Approve those ticked, each at the side it waits on; all of them or none."""
    reach, on = reach_of(request), reach_of(request).on
    waiting = transfers().filter(waiting_on(reach)).exclude(stage__in=("drafted", "requested"))
    ticked = waiting.filter(number__in=request.POST.getlist("number"))
    if request.method == "POST" and ticked:
        try:
            with transaction.atomic():
                for case in ticked:
                    verb = transfer.let_go if case.stage == "submitted" else transfer.take_in
                    if case.stage != "receiver_approved":
                        verb(case, on=on, by=user_of(request))
            messages.success(request, _("Approved: %d") % len(ticked))
        except Refused as refusal:
            messages.error(request, str(refusal))
    elif request.method == "POST":
        messages.error(request, _("Nobody is ticked."))
    return redirect("transfers")


@page("record.enter", on=unit_within_reach)
def new(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Begin one transfer and hand it up at once: two things are asked, the rest is known."""
    reach = reach_of(request)
    stays = _members(unit, reach)
    form = TransferForm(stays, request.POST or None, today=reach.on, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        warnings: list[str] = []
        try:
            with transaction.atomic():
                plan = form.plan()
                transfer_guards.check(form.stay, plan, on=reach.on, warnings=warnings)
                case = transfer.start(form.stay, plan, on=reach.on, by=user_of(request))
                transfer.submit(case, on=reach.on, by=user_of(request))
            warned(request, warnings)
            messages.success(request, _("The transfer is on its way."))
            return redirect("transfer", number=case.number)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "membership/transfer_new.html", {"form": form, "unit": unit, "stays": stays})


@page("record.enter", on=unit_within_reach)
def graduates(request: HttpRequest, unit: Unit) -> HttpResponse:
    """A class that leaves school: those who go the same way are handed over together."""
    reach = reach_of(request)
    seen = handover(unit, on=reach.on)
    form = GraduatesForm(seen.remaining, request.POST or None, today=reach.on)
    if request.method == "POST" and form.is_valid():
        warnings: list[str] = []
        try:
            with transaction.atomic():
                plan = form.plan()
                for stay in form.chosen:
                    transfer_guards.check(stay, plan, on=reach.on, warnings=warnings)
                    case = transfer.start(stay, plan, on=reach.on, by=user_of(request))
                    transfer.submit(case, on=reach.on, by=user_of(request))
            warned(request, sorted(set(warnings)))
            messages.success(request, _("On their way: %d") % len(form.chosen))
            return redirect("graduates", code=unit.code)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "membership/graduates.html", {"form": form, "unit": unit, "seen": seen})


@page("record.enter", on=unit_within_reach)
def newcomer(request: HttpRequest, unit: Unit) -> HttpResponse:
    """A member who comes from another county, let go there."""
    form = ReceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = reach_of(request).on
        try:
            case = transfer.receive_newcomer(unit, on=on, by=user_of(request), **form.cleaned_data)
            return redirect("transfer", number=case.number)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    title = _("A member comes from outside the county")
    return asking(request, form, title, _("Enter"), about=unit)


@page("person.see", on=moving_within_reach)
def one(request: HttpRequest, moving: Moving) -> HttpResponse:
    """One transfer: where it stands, on whom it waits, and what the reader can do."""
    reach, case = reach_of(request), moving.case
    waits = transfer_guards.waits_on(case, on=reach.on)
    said = {
        "case": case,
        "transfer": case.transfer,
        "waits": waits,
        "days": transfer_guards.waiting_days(case, on=reach.on),
        "hides_sender": hides_sender(case, reach),
        "may_ask": case.to_unit is not None and reach.may("record.enter", case.to_unit),
        "steps": case.steps.all(),
        "reminders": case.reminders.select_related("unit"),
        "may_enter": reach.may("record.enter", case),
        "may_let_go": reach.may("transfer.approve", case),
        "may_take_in": _takes_in(reach, case),
        "placing": _placing_form(reach, case),
    }
    return render(request, "membership/transfer.html", said)


@page("record.enter", on=departure_within_reach)
def begun(request: HttpRequest, departure: Departure) -> HttpResponse:
    """What the branch that began it does: hand it up, take it back, ask the other side to act."""
    case, on = departure.case, reach_of(request).on
    act = request.POST.get("act", "")
    if act == "submit":
        done(request, transfer.submit, case, on=on, said=_("The transfer is on its way."))
    elif act == "remind":
        done(request, transfer.remind, case, on=on, said=_("A reminder was sent."))
    else:
        return _closing(
            request,
            case,
            transfer.take_back,
            _("Take this transfer back?"),
            pgettext("transfer", "Take back"),
        )
    return redirect("transfer", number=case.number)


@page("transfer.approve", on=departure_within_reach)
def sending(request: HttpRequest, departure: Departure) -> HttpResponse:
    """What the sending body does; for a destination outside the county also the last two steps."""
    case, on = departure.case, reach_of(request).on
    act = request.POST.get("act", "")
    outside = case.transfer.direction == Direction.OUT
    if act == "let_go":
        done(request, transfer.let_go, case, on=on, said=_("Approved; it goes to the receiving side."))
    elif act == "lapse":
        warnings: list[str] = []
        done(request, transfer.lapse, case, on=on, warnings=warnings, said=_("Closed as lapsed."))
        warned(request, warnings)
    elif act == "take_in" and outside:
        paper = request.POST.get("document", "")
        done(request, transfer.take_in, case, on=on, document=paper, said=_("Noted."))
    elif act == "place" and outside:
        done(request, transfer.place, case, branch=None, on=on, said=_("The membership here has ended."))
    else:
        return _closing(request, case, transfer.send_back, _("Return this transfer"), _("Return"))
    return redirect("transfer", number=case.number)


@page("transfer.approve", on=arrival_within_reach)
def reception(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """What the receiving body does: take in, place in a branch, or return."""
    reach, case = reach_of(request), arrival.case
    act = request.POST.get("act", "")
    if act == "take_in":
        done(request, transfer.take_in, case, on=reach.on, said=_("Taken in; now place the member."))
    elif act == "place":
        form = _placing_form(reach, case, request.POST)
        if form is None or form.is_valid():
            branch, warnings = form.cleaned_data["branch"] if form else case.to_unit, list[str]()
            facts = {"branch": branch, "on": reach.on, "warnings": warnings}
            done(request, transfer.place, case, said=_("Placed."), **facts)
            warned(request, warnings)
        else:
            messages.error(request, _("No unit within your reach is called so."))
    else:
        return _closing(request, case, transfer.send_back, _("Return this transfer"), _("Return"))
    return redirect("transfer", number=case.number)


def _closing(request: HttpRequest, case: Any, verb: Any, title: str, act: str) -> HttpResponse:
    form = ReasonForm(request.POST if "because" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        because, on = form.cleaned_data["because"], reach_of(request).on
        done(request, verb, case, because=because, on=on, said=_("Closed."))
        return redirect("transfer", number=case.number)
    return asking(request, form, title, act, about=case, danger=True)


def _members(unit: Unit, reach: Reach) -> list[Membership]:
    rows = Membership.objects.on(reach.on).filter(unit=unit).select_related("person", "unit")
    return list(rows.order_by("person__initials", "pk"))


def _takes_in(reach: Reach, case: Any) -> bool:
    return case.to_unit is not None and reach.may("transfer.approve", case.to_unit)


def _placing_form(reach: Reach, case: Any, *said: Any) -> PlacingForm | None:
    """Asked only where the receiving body is no branch itself."""
    if case.to_unit is None or case.to_unit.is_branch:
        return None
    return PlacingForm(Unit.objects.beneath(case.to_unit, day=reach.on).branches(), *said)
