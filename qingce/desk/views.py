"""One officer's own page: what waits for an answer, and where to go."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingce.foundation.exchange.models import Batch
from qingce.foundation.ui import navigation
from qingce.league.access.doors import SIGNED_IN, page
from qingce.league.access.reach import Reach
from qingce.ledger.records.families import families
from qingce.ledger.records.listing import Filter
from qingce.ledger.records.models import State
from qingce.work.activities.coverage import open_issues
from qingce.work.membership.branch.turns import turns

SHOWN = 8


@page(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    branch = reach.home if reach.home and reach.home.is_branch else None
    said: dict[str, Any] = {
        "branch": branch,
        "issues": open_issues(branch, on=reach.on) if branch else [],
        "turns": turns(branch, on=reach.on) if branch else [],
        "latest": _latest(request, reach),
        "drafts": _mine(reach, State.DRAFT),
        "elsewhere": navigation.waiting_on_shelves(request),
    }
    if reach.holds("record.confirm"):
        said["waiting"] = _waiting(request, reach)[:SHOWN]
        said["waiting_count"] = waiting_count(reach)
    if reach.holds("file.import"):
        said["batches"] = Batch.objects.select_related("by")[:5]
    return render(request, "desk/home.html", said)


@page(SIGNED_IN)
def affairs(request: HttpRequest) -> HttpResponse:
    """Where the work of organisation, members and documents is done, by what it is about."""
    return render(request, "desk/affairs.html", {"shelves": navigation.shelves(request)})


def waiting_count(reach: Reach) -> int:
    """Records within reach that wait for this officer's confirmation."""
    units = reach.units("record.confirm")
    return sum(
        family.model._default_manager.filter(state=State.SUBMITTED, unit__in=units).count()
        for family in families()
    )


def _waiting(request: HttpRequest, reach: Reach) -> Any:
    asked = request.GET.copy()
    asked.clear()
    asked["state"] = State.SUBMITTED
    return Filter(asked, reach).lines()


def _latest(request: HttpRequest, reach: Reach) -> Any:
    asked = request.GET.copy()
    asked.clear()
    return Filter(asked, reach).lines()[:SHOWN] if reach.holds("record.see") else []


def _mine(reach: Reach, state: State) -> list[Any]:
    rows = (
        record
        for family in families()
        for record in family.model._default_manager.filter(recorded_by=reach.user.pk, state=state)[:SHOWN]
    )
    return list(islice(rows, SHOWN))
