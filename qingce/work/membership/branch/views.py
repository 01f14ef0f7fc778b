"""The branch secretary's page: whose turn it is, and the members, each with what can be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.stays import give_number
from qingce.league.standing.models import Restriction
from qingce.work.membership.branch.forms import NumberForm
from qingce.work.membership.branch.turns import turns, without_number
from qingce.work.membership.discipline.actions import matter_kinds
from qingce.work.membership.discipline.penalties import in_words
from qingce.work.membership.pages import asking, done


@page("person.see", on=unit_within_reach)
def branch(request: HttpRequest, unit: Unit) -> HttpResponse:
    """My members, whose turn it is; three touches for each."""
    reach = reach_of(request)
    if not unit.is_branch:
        return redirect("unit", code=unit.code)
    rows = Membership.objects.on(reach.on).filter(unit=unit).select_related("person")
    stays = list(rows.order_by("person__initials", "pk"))
    people = [stay.person_id for stay in stays]
    why: dict[int, set[str]] = {}
    for one in Restriction.objects.on(reach.on).filter(person__in=people):
        why.setdefault(one.person_id, set()).add(in_words(one.because))
    lines = [(stay, stay.person.age(on=reach.on), sorted(why.get(stay.person_id, ()))) for stay in stays]
    said = {"unit": unit, "turns": turns(unit, on=reach.on), "lines": lines, "kinds": matter_kinds()}
    said["may_enter"] = reach.may("record.enter", unit)
    said["may_keep_dues"] = reach.may("dues.keep", unit)
    return render(request, "membership/branch.html", said)


@page("record.enter", on=unit_within_reach)
def numbers(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Development numbers that are missing, asked for once."""
    stays = without_number(unit, on=reach_of(request).on)
    form = NumberForm(stays, request.POST or None)
    if request.method == "POST" and form.is_valid():
        for stay, number in form.given:
            said = _("%(person)s: %(number)s") % {"person": stay.person, "number": number}
            done(request, give_number, stay, number, said=said)
        return redirect("branch", code=unit.code)
    title = _("Missing development numbers")
    return asking(request, form, title, _("Save"), about=unit, nothing=not stays)


@page("person.see", on=unit_within_reach)
def panel(request: HttpRequest, unit: Unit) -> HttpResponse:
    """What can be done for the members of a unit, as a part of the unit's page."""
    reach = reach_of(request)
    said = {
        "unit": unit,
        "may_enter": reach.may("record.enter", unit),
        "may_keep_dues": reach.may("dues.keep", unit),
    }
    return render(request, "membership/unit_panel.html", said)
