"""Pages of lifting a restriction before its time: the proposal, and the decision of the body above."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of
from qingce.ledger.records.forms import ReasonForm
from qingce.work.membership.discipline import lifting
from qingce.work.membership.discipline.forms import LiftingForm, NumberedApprovalForm
from qingce.work.membership.finding import MatterAt, matter_within_reach
from qingce.work.membership.pages import asking, done


@page("record.enter", on=matter_within_reach)
def proposal(request: HttpRequest, at: MatterAt) -> HttpResponse:
    """Propose to lift what is still suspended."""
    form = LiftingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"grounds": form.cleaned_data["grounds"], "on": reach_of(request).on}
        done(request, lifting.propose_lifting, at.case, said=_("Proposed; the body above decides."), **facts)
        return redirect("matter", number=at.number)
    return asking(request, form, _("Propose to lift it early"), _("Propose"), about=at.case)


@page("matter.approve", on=matter_within_reach)
def decision(request: HttpRequest, at: MatterAt) -> HttpResponse:
    """Approve the lifting with its document number."""
    found, on = lifting.open_lifting(at.case), reach_of(request).on
    if found is None:
        return _nothing_proposed(request, at)
    form = NumberedApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"document": form.cleaned_data["document"], "on": on}
        done(request, lifting.approve_lifting, found, said=_("Lifted; the rights are back today."), **facts)
        return redirect("matter", number=at.number)
    return asking(request, form, _("Lift it early?"), _("Approve"), about=at.case, note=found.grounds)


@page("matter.approve", on=matter_within_reach)
def refusal(request: HttpRequest, at: MatterAt) -> HttpResponse:
    """Do not approve the lifting."""
    found, on = lifting.open_lifting(at.case), reach_of(request).on
    if found is None:
        return _nothing_proposed(request, at)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        done(request, lifting.refuse_lifting, found, because=because, on=on, said=_("Not approved."))
        return redirect("matter", number=at.number)
    return asking(request, form, _("Do not lift it"), _("Do not approve"), about=at.case, danger=True)


def _nothing_proposed(request: HttpRequest, at: MatterAt) -> HttpResponse:
    messages.error(request, _("Nobody has proposed to lift anything here."))
    return redirect("matter", number=at.number)
