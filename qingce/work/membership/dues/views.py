"""Pages of dues: a branch's statement, payments, waivers, handing up, reversals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Membership, Unit
from qingce.ledger.records.forms import ReasonForm
from qingce.work.membership.dues import actions as dues
from qingce.work.membership.dues.forms import HandingUpForm, PaymentForm, TermsForm, WaiverForm
from qingce.work.membership.dues.statement import Statement, sums_beneath
from qingce.work.membership.finding import entry_within_reach
from qingce.work.membership.models import DuesEntry
from qingce.work.membership.pages import asking, done


@page("dues.keep", on=unit_within_reach)
def statement(request: HttpRequest, unit: Unit) -> HttpResponse:
    """What was due, paid, waived and is open, by member and month, and the journal of the year."""
    reach = reach_of(request)
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() and 1990 <= int(said) <= reach.on.year else reach.on.year
    years = [reach.on.year - back for back in range(3)]
    if not unit.is_branch:
        sums = sums_beneath(unit, year=year, on=reach.on)
        known = {"unit": unit, "sums": sums, "year": year, "years": years}
        return render(request, "membership/dues_beneath.html", known)
    drawn = Statement(unit, year=year, on=reach.on)
    return render(request, "membership/dues.html", {"unit": unit, "drawn": drawn, "years": years})


@page("dues.keep", on=unit_within_reach)
def payment(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Two touches when everybody has paid: all who owe are ticked, up to this month."""
    on = reach_of(request).on
    lines = _open_lines(request, unit)
    form = PaymentForm(lines, request.POST or None)
    if request.method == "POST" and form.is_valid():
        people, months = form.chosen
        return _entered(request, form, unit, dues.pay, unit, people, months, on=on)
    return asking(request, form, _("Record dues paid"), _("Save"), about=unit, nothing=not form.lines)


@page("dues.keep", on=unit_within_reach)
def waiver(request: HttpRequest, unit: Unit) -> HttpResponse:
    on = reach_of(request).on
    form = WaiverForm(_open_lines(request, unit), request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, months = form.chosen
        decision = form.cleaned_data["decision"]
        return _entered(request, form, unit, dues.waive, unit, person, months, decision=decision, on=on)
    return asking(request, form, _("Waive dues"), _("Save"), about=unit, nothing=not form.lines)


@page("dues.keep", on=unit_within_reach)
def handing_up(request: HttpRequest, unit: Unit) -> HttpResponse:
    on = reach_of(request).on
    held = dues.cash(unit)
    form = HandingUpForm(request.POST or None, initial={"amount": held})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        return _entered(request, form, unit, dues.hand_up, unit, facts["amount"], paper=facts["paper"], on=on)
    note = _("The branch holds %s.") % dues.yuan(held)
    return asking(request, form, _("Hand up dues"), _("Save"), about=unit, note=note)


@page("dues.keep", on=unit_within_reach)
def terms(request: HttpRequest, unit: Unit) -> HttpResponse:
    on = reach_of(request).on
    rows = Membership.objects.on(on).filter(unit=unit).select_related("person", "unit")
    stays = list(rows.order_by("person__initials", "pk"))
    form = TermsForm(stays, request.POST or None, initial={"since": on, **request.GET.dict()})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        stay = form.stays[facts["member"]]
        told = {"wage": facts["wage"], "since": facts["since"]}
        return _entered(request, form, unit, dues.set_terms, stay, facts["band"], **told)
    note = _("Without an entry a member owes what students and members without income owe.")
    return asking(request, form, _("Monthly dues of a member"), _("Save"), about=unit, note=note)


@page("dues.keep", on=entry_within_reach)
def reversal(request: HttpRequest, entry: DuesEntry) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because, on = form.cleaned_data["because"], reach_of(request).on
        done(request, dues.reverse, entry, because=because, on=on, said=_("Reversed in the open."))
        return redirect("dues", code=entry.unit.code)
    return asking(request, form, _("Reverse this entry"), _("Reverse"), about=entry, danger=True)


def _open_lines(request: HttpRequest, unit: Unit) -> list[Any]:
    on = reach_of(request).on
    since = on.replace(year=on.year - 1, month=1, day=1)  # also what stayed open last year
    return Statement(unit, year=on.year, on=on, since=since).lines


def _entered(
    request: HttpRequest, form: Any, unit: Unit, verb: Any, *given: Any, **facts: Any
) -> HttpResponse:
    try:
        verb(*given, by=user_of(request), **facts)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return asking(request, form, unit, _("Save"), about=unit)
    return redirect("dues", code=unit.code)
