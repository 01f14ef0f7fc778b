"""The monthly list of those who reach the age of leaving: tick and confirm, on one page."""

from __future__ import annotations

import calendar
import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of
from qingce.league.organisations.models import Membership
from qingce.work.membership.leaving.actions import confirm_leaving, leavers
from qingce.work.membership.pages import done

PAGE_SIZE = 50  # as many as an officer still reads before confirming them


@page("person.see")
def leaving(request: HttpRequest) -> HttpResponse:
    """Who has reached the age, who reaches it this month, and who stays because of a post."""
    reach = reach_of(request)
    units = reach.units("person.see")
    found = leavers(units.values("pk"), until=end_of_month(reach.on))
    due = [one for one in found if not one.keeps and one.day <= reach.on]
    said = {
        "page_obj": Paginator(due, PAGE_SIZE).get_page(request.GET.get("page")),
        "coming": [one for one in found if not one.keeps and one.day > reach.on],
        "keeping": [one for one in found if one.keeps],
        "may_confirm": reach.holds("leaving.approve"),
    }
    return render(request, "membership/leaving.html", said)


@page("leaving.approve")
def confirmation(request: HttpRequest) -> HttpResponse:
    """Those ticked have left; all of them or nobody."""
    reach = reach_of(request)
    if request.method == "POST":
        keys = [key for key in request.POST.getlist("stay") if key.isdigit()]
        units = reach.units("leaving.approve").values("pk")
        rows = Membership.objects.on(reach.on).filter(pk__in=keys, unit__in=units)
        stays = list(rows.select_related("person", "unit"))
        said = _("Left the League: %d") % len(stays)
        done(request, confirm_leaving, stays, on=reach.on, said=said)
    return redirect("leaving")


def end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
