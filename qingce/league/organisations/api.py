"""Units by API: the tree within reach."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Schema

from qingce.foundation.api import Page, paged
from qingce.league.access.endpoints import endpoint
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit

router = Router(tags=["units"])


class UnitOut(Schema):
    code: str
    name: str
    short_name: str
    kind: str
    domain: str
    founded_on: dt.date
    dissolved_on: dt.date | None
    term_end: dt.date | None


class UnitDetail(UnitOut):
    above: list[str]
    below: list[str]


@router.get("/units", response=Page[UnitOut], summary=gettext_noop("Units within reach"))
@endpoint("unit.see")
def units(request: HttpRequest, kind: str = "", q: str = "", page: int = 1, size: int = 50) -> dict[str, Any]:
    rows = request.reach.units("unit.see")  # type: ignore[attr-defined]
    if kind:
        rows = rows.filter(kind=kind)
    if q:
        rows = rows.filter(Q(name__contains=q) | Q(initials__contains=q.lower()) | Q(code=q))
    return paged(rows, page=page, size=size, show=lambda unit: unit)


@router.get("/units/{code}", response=UnitDetail, summary=gettext_noop("One unit, and its place in the tree"))
@endpoint("unit.see", on=unit_within_reach)
def unit(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    day = request.reach.on  # type: ignore[attr-defined]
    return {
        **UnitOut.from_orm(unit).dict(),
        "above": [one.code for one in unit.above(day=day)],
        "below": [one.code for one in unit.children(day=day)],
    }
