"""Pages of matters: the list, putting one to the meeting, and its page with the next step."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.veil import Veil
from qingce.league.standing.models import Restriction
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records.forms import ReasonForm
from qingce.ledger.records.models import State
from qingce.work.membership.discipline import actions as discipline
from qingce.work.membership.discipline.forms import ApprovalForm, HearingForm, ProposalForm, VoteForm
from qingce.work.membership.discipline.lifting import may_be_lifted, open_lifting
from qingce.work.membership.finding import MatterAt, matter_within_reach
from qingce.work.membership.models import MemberCase
from qingce.work.membership.pages import asking, done, warned


@page("person.see")
def listing(request: HttpRequest) -> HttpResponse:
    """Matters within reach, those under way first."""
    reach = reach_of(request)
    rows = MemberCase.objects.filter(matter__isnull=False, unit__in=reach.units("person.see"))
    rows = rows.exclude(state=State.VOID).select_related("person", "unit", "matter")
    show_open = request.GET.get("show", "open") != "closed"
    rows = rows.filter(state=State.SUBMITTED) if show_open else rows.filter(state=State.CONFIRMED)
    chosen = Paginator(rows.order_by("-happened_on", "-pk"), 50).get_page(request.GET.get("page"))
    said = {"page_obj": chosen, "kinds": discipline.matter_kinds(), "home": reach.home}
    return render(request, "membership/matters.html", said)


@page("record.enter", on=unit_within_reach)
def new(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Put a matter to the branch meeting; the kind is chosen before."""
    reach = reach_of(request)
    kind = _kind(request.GET.get("kind", ""))
    if kind is None:
        said = {"kinds": discipline.matter_kinds(), "unit": unit}
        return render(request, "membership/matter_kinds.html", said)
    rows = Membership.objects.on(reach.on).filter(unit=unit).select_related("person", "unit")
    stays = list(rows.order_by("person__initials", "pk"))
    form = ProposalForm(kind, stays, request.POST or None, today=reach.on, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            by = user_of(request)
            case = discipline.propose(form.stay, kind, form.proposal(), on=reach.on, by=by)
            return redirect("matter", number=case.number)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return asking(request, form, str(kind), _("Put to the meeting"), about=unit)


@page("person.see", on=matter_within_reach)
def one(request: HttpRequest, at: MatterAt) -> HttpResponse:
    """One matter: grounds, hearing, votes, what follows, and the next step."""
    reach, case = reach_of(request), at.case
    said = {
        "case": case,
        "matter": case.matter,
        "name": Veil.of(reach, at).person(case.person, unit=case.unit_id, on=reach.on),
        "steps": case.steps.all(),
        "restrictions": Restriction.objects.filter(record=case.number),
        "liftings": case.liftings.all(),
        "lifting": open_lifting(case),
        "may_be_lifted": may_be_lifted(case, on=reach.on),
        "next": _next(case),
        "may_enter": reach.may("record.enter", case),
        "may_approve": reach.may("matter.approve", case),
    }
    return render(request, "membership/matter.html", said)


@page("record.enter", on=matter_within_reach)
def hearing(request: HttpRequest, at: MatterAt) -> HttpResponse:
    form = HearingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words, on = form.cleaned_data["words"], reach_of(request).on
        done(request, discipline.hear, at.case, words, on=on, said=_("The hearing is recorded."))
        return redirect("matter", number=at.number)
    return asking(request, form, _("Hear the person"), _("Record"), about=at.case)


@page("record.enter", on=matter_within_reach)
def voting(request: HttpRequest, at: MatterAt) -> HttpResponse:
    reach = reach_of(request)
    entitled = discipline.entitled_to_vote(at.case, on=reach.on)
    form = VoteForm(request.POST or None, initial={"held_on": reach.on, "present": entitled})
    if request.method == "POST" and form.is_valid():
        said, warnings = form.cleaned_data, list[str]()
        facts = {"present": said["present"], "in_favour": said["in_favour"], "on": said["held_on"]}
        done(request, discipline.vote, at.case, warnings=warnings, said=_("Recorded."), **facts)
        warned(request, warnings)
        return redirect("matter", number=at.number)
    note = _("%d members are entitled to vote today.") % entitled
    return asking(request, form, _("Decision of the branch meeting"), _("Record"), about=at.case, note=note)


@page("matter.approve", on=matter_within_reach)
def approval(request: HttpRequest, at: MatterAt) -> HttpResponse:
    reach = reach_of(request)
    form = ApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"county": reach.may("expulsion.approve", at), "on": reach.on, **form.cleaned_data}
        done(request, discipline.approve, at.case, said=_("Approved; it takes effect today."), **facts)
        return redirect("matter", number=at.number)
    return asking(request, form, _("Approve this decision?"), _("Approve"), about=at.case, danger=True)


@page("matter.approve", on=matter_within_reach)
def refusal(request: HttpRequest, at: MatterAt) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because, on = form.cleaned_data["because"], reach_of(request).on
        done(request, discipline.refuse, at.case, because=because, on=on, said=_("Not approved."))
        return redirect("matter", number=at.number)
    return asking(request, form, _("Do not approve"), _("Do not approve"), about=at.case, danger=True)


def _kind(code: str) -> Kind | None:
    kind = taxonomy().kinds.get(code)
    return kind if kind in discipline.matter_kinds() else None


def _next(case: MemberCase) -> str:
    """The step that comes next: hearing, voting, approval, or none."""
    stages = case.kind_of_work.stages
    if case.stage == "voted":
        return "approval"
    if case.stage == stages[0] and "heard" in stages:
        return "hearing"
    return "voting" if case.stage in (stages[0], "heard") else ""


__all__ = ["Reach", "approval", "hearing", "listing", "new", "one", "refusal", "voting"]
