"""Pages of recommendations into the League and to the Party."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import telling
from qingce.foundation.refusals import Refused
from qingce.foundation.words import folded
from qingce.league.access.doors import page
from qingce.league.access.reach import within
from qingce.league.access.requests import reach_of, user_of
from qingce.league.people.matching import People
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.work.membership.admission.finding import recommendation_within_reach
from qingce.work.membership.admission.listing import name_for
from qingce.work.membership.models import MemberCase, Recommendation
from qingce.work.membership.pages import recorded
from qingce.work.membership.recommending import actions as verbs
from qingce.work.membership.recommending.acts import APPROVE, KEEP, acts_for
from qingce.work.membership.recommending.candidate import PARTY, PIONEER
from qingce.work.membership.recommending.forms import PartyForm, PioneerForm, RecommendationFilter
from qingce.work.membership.recommending.guards import judge
from qingce.work.membership.step_pages import ending_page, say_at, step_page

PAGE_SIZE = 50


@page("record.see")
def recommendations(request: HttpRequest) -> HttpResponse:
    """Recommendations by kind and stage."""
    reach = reach_of(request)
    kinds = [verbs.kind_of(PIONEER), verbs.kind_of(PARTY)]
    asked = RecommendationFilter(request.GET, reach)
    said = asked.cleaned_data if asked.is_valid() else {}
    chosen = next((kind for kind in kinds if kind.code == said.get("kind")), kinds[0])
    rows = MemberCase.objects.filter(kind=chosen.code, unit__in=reach.units("record.see")).exclude(
        state="void"
    )
    if said.get("unit"):
        rows = rows.filter(
            within(list(said["unit"].placements.values_list("path", flat=True)), column="place")
        )
    if words := folded(said.get("q") or ""):
        called = Q(person__name__contains=words)
        rows = rows.filter(
            called | Q(person__initials__contains=words.lower()) if words.isascii() else called
        )
    if said.get("stage") in chosen.stages:
        rows = rows.filter(stage=said["stage"])
    rows = rows.select_related("person", "unit", "recommendation").order_by("-happened_on", "-pk")
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {
        "kinds": kinds,
        "chosen": chosen,
        "asked": asked,
        "stages": [(stage, taxonomy().word("stage", stage)) for stage in chosen.stages],
        "page_obj": found,
        "lines": [(name_for(reach, case), case) for case in found.object_list],
    }
    return render(request, "recommending/list.html", shown)


@page(KEEP)
def new_pioneer(request: HttpRequest) -> HttpResponse:
    form = PioneerForm([], reach_of(request).on, request.POST or None).among(reach_of(request))
    return _new(request, form, verbs.propose_pioneer, str(verbs.kind_of(PIONEER)))


@page(KEEP)
def new_party(request: HttpRequest) -> HttpResponse:
    form = PartyForm([], reach_of(request).on, request.POST or None).among(reach_of(request))
    return _new(request, form, verbs.propose_to_party, str(verbs.kind_of(PARTY)))


def _new(request: HttpRequest, form: Any, verb: Any, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            case, warnings = _proposed(request, verb, said)
        except Refused as refused:
            say_at(form, refused)
        else:
            recorded(request, _("The recommendation is entered."), warnings)
            return redirect("recommendation", number=case.number)
    return render(request, "recommending/new.html", {"form": form, "title": title})


def _proposed(request: HttpRequest, verb: Any, said: dict[str, Any]) -> Any:
    """The person is found by the ID number, or entered with it, in the same transaction."""
    with telling():
        known = {"name": said.pop("name"), "id_number": said.pop("id_number")}
        person = People(amend=False).bring([known])[0]
        if person.name != known["name"]:
            raise Refused(_("This ID number is on the register under another name; compare with the card."))
        unit = said.pop("unit")
        return verb(person, unit, today=reach_of(request).on, by=user_of(request), **said)


@page("record.see", on=recommendation_within_reach)
def recommendation(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    reach, case = reach_of(request), recommendation.member_case
    candidate = verbs.candidate_of(case, on=reach.on)
    steps = {step.stage: step for step in case.steps.all()}
    timeline = [
        (
            taxonomy().word("stage", stage),
            steps.get(stage),
            [one for one in judge(candidate, stage, on=steps[stage].on) if not one.met]
            if stage in steps and stage == case.stage
            else [],
        )
        for stage in case.kind_of_work.stages
        if stage in steps or stage != "expired"
    ]
    said = {
        "case": case,
        "name": name_for(reach, case),
        "facts": recommendation.facts(),
        "timeline": timeline,
        "acts": [(act, reach.may(act.permission, recommendation)) for act in acts_for(case)],
        "may_keep": reach.may(KEEP, recommendation),
    }
    return render(request, "recommending/recommendation.html", said)


@page(KEEP, on=recommendation_within_reach)
def step(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    return _step(request, recommendation, decisions=False)


@page(APPROVE, on=recommendation_within_reach)
def decision(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    return _step(request, recommendation, decisions=True)


def _step(request: HttpRequest, recommendation: Recommendation, *, decisions: bool) -> HttpResponse:
    """The form of the step that is asked for, or of the first that is possible, and its verb."""
    reach, case = reach_of(request), recommendation.member_case
    possible = [act for act in acts_for(case) if act.is_decision == decisions]
    wanted = request.GET.get("to", "")
    act = next((one for one in possible if one.stage == wanted), possible[0] if possible else None)
    sent = request.POST or None
    return step_page(request, "recommendation", case, act, lambda act: act.form([case], reach.on, sent))


@page(KEEP, on=recommendation_within_reach)
def ending(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    title, said = _("End this recommendation?"), _("The recommendation has ended; it stays to be read.")
    case = recommendation.member_case
    return ending_page(request, "recommendation", case, verbs.end, title=title, said=said)
