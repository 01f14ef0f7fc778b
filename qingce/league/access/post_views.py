"""Posts of a unit: who holds them, appoint, end, stand in; and a one-time password for a holder."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qingce.foundation.refusals import Refused
from qingce.league.access import appointing
from qingce.league.access.doors import page
from qingce.league.access.finding import person_called, post_within_reach, stand_in_within_reach
from qingce.league.access.models import StandIn
from qingce.league.access.post_forms import AppointmentForm, EndForm, StandInForm
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Post, Unit


@page("unit.see", on=unit_within_reach)
def posts(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Posts held now or later, with their stand-ins; and those that are over."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    over = Q(until__isnull=False, until__lte=reach.on)
    stand_ins = Prefetch("stand_ins", StandIn.objects.filter(until__gt=reach.on).select_related("person"))
    every = Post.objects.filter(unit=unit).select_related("person__user").prefetch_related(stand_ins)
    said = {
        "unit": unit,
        "posts": [_line(post, reach) for post in every.exclude(over).order_by("since", "pk")],
        "ended": [_line(post, reach) for post in every.filter(over).order_by("-until", "pk")[:20]],
        "may_appoint": reach.may("post.appoint", unit) and bool(reach.appoints),
        "may_reset": reach.may("account.reset", unit),
        "may_invite": reach.may("account.invite", unit),
    }
    return render(request, "access/posts.html", said)


def _line(post: Post, reach: Reach) -> dict[str, Any]:
    """A post as the reader may see it: names only with the right to names."""
    named = reach.may("person.see", post) or reach.may("post.appoint", post)
    return {
        "post": post,
        "role": roles().get(post.role, post.role),
        "name": post.person.name if named else post.person.masked_name,
        "stand_ins": [
            (one, one.person.name if named else one.person.masked_name) for one in post.stand_ins.all()
        ],
        "mine_to_give": reach.may_appoint("post.appoint", post.role, post.unit),
    }


@page("post.appoint", on=unit_within_reach)
def appointment(request: HttpRequest, unit: Unit) -> HttpResponse:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    form = AppointmentForm(reach, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = person_called(said.pop("name"), unit, reach)
            appointing.appoint(person, unit, **said, by=reach.user, today=reach.on)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%s is appointed; the post opens its doors on its first day.") % person
            )
            return redirect("unit-posts", unit.code)
    return render(request, "access/appointment.html", {"form": form, "unit": unit})


@page("post.appoint", on=post_within_reach)
def ending(request: HttpRequest, post: Post) -> HttpResponse:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    form = EndForm(request.POST or None, today=reach.on)
    if request.method == "POST" and form.is_valid():
        try:
            appointing.end_post(post, on=form.cleaned_data["on"], by=reach.user, today=reach.on)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The post ends on %s.") % form.cleaned_data["on"])
            return redirect("unit-posts", post.unit.code)
    return render(request, "access/ending.html", {"form": form, "post": post})


@page("post.appoint", on=post_within_reach)
def standing_in(request: HttpRequest, post: Post) -> HttpResponse:
    """Name somebody who does the work of the post for some days."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    form = StandInForm(request.POST or None, initial={"since": reach.on})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = person_called(said.pop("name"), post.unit, reach)
            appointing.name_stand_in(post, person, **said, by=reach.user, today=reach.on)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s stands in on these days.") % person)
            return redirect("unit-posts", post.unit.code)
    return render(request, "access/standing_in.html", {"form": form, "post": post})


@page("post.appoint", on=stand_in_within_reach)
def stand_in_end(request: HttpRequest, stand_in: StandIn) -> HttpResponse:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    if request.method == "POST":
        appointing.end_stand_in(stand_in, on=reach.on, by=reach.user)  # type: ignore[arg-type]
        messages.success(request, _("The stand-in is over."))
        return redirect("unit-posts", stand_in.post.unit.code)
    return render(request, "access/stand_in_end.html", {"stand_in": stand_in, "post": stand_in.post})


@never_cache
@page("account.reset", on=post_within_reach)
def one_time_password(request: HttpRequest, post: Post) -> HttpResponse:
    """Asked first; then the password is on the answer to this request and nowhere else."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    said: dict[str, Any] = {"post": post}
    if request.method == "POST":
        try:
            said["password"] = appointing.give_one_time_password(post, by=reach.user, today=reach.on)  # type: ignore[arg-type]
        except Refused as refusal:
            said["refusal"] = str(refusal)
    return render(request, "access/one_time_password.html", said)
