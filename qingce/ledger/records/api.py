"""Records by API: the same list and the same verbs as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from qingce.foundation.accounts.models import User
from qingce.foundation.api import Page, Problem, paged
from qingce.league.access.endpoints import endpoint
from qingce.league.access.reach import Reach
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import actions
from qingce.ledger.records.finding import record_within_reach
from qingce.ledger.records.listing import Filter
from qingce.ledger.records.models import Record
from qingce.ledger.records.reading import Reading

router = Router(tags=["records"])


class KindOut(Schema):
    code: str
    label: str
    family: str
    stages: list[str]
    short_form: bool


class RecordOut(Schema):
    number: str
    kind: str
    stage: str
    title: str
    happened_on: dt.date
    state: str
    grade: str
    paper_missing: bool
    series: str
    unit_name: str


class RecordDetail(RecordOut):
    unit: str
    note: str
    facts: dict[str, str]


@router.get("/kinds", response=list[KindOut], summary=gettext_noop("The kinds of work"))
@endpoint("record.see")
def kinds(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "code": kind.code,
            "label": str(kind),
            "family": kind.family,
            "stages": list(kind.stages),
            "short_form": kind.short_form,
        }
        for kind in taxonomy().kinds.values()
    ]


@router.get(
    "/records",
    response=Page[RecordOut],
    summary=gettext_noop("Records within reach, filtered as in the ledger"),
)
@endpoint("record.see")
def records(
    request: HttpRequest,
    q: str = "",
    kind: str = "",
    family: str = "",
    unit: str = "",
    period: str = "",
    state: str = "",
    page: int = 1,
    size: int = 50,
) -> dict[str, Any]:
    reach = cast(Reach, request.reach)  # type: ignore[attr-defined]
    asked = Filter(request.GET, reach)
    if not asked.is_valid():
        raise HttpError(422, " ".join(str(one) for said in asked.errors.values() for one in said))
    return paged(asked.lines(), page=page, size=size, show=vars)


@router.get("/records/{number}", response=RecordDetail, summary=gettext_noop("One record"))
@endpoint("record.see", on=record_within_reach)
def record(request: HttpRequest, record: Record) -> dict[str, Any]:
    reading = Reading(record, cast(Reach, request.reach))  # type: ignore[attr-defined]
    common = {name: getattr(record, name) for name in RecordOut.model_fields if hasattr(record, name)}
    facts = {str(label): str(value) for label, value in reading.facts}
    return {
        **common,
        "title": reading.title,
        "unit_name": str(record.unit),
        "unit": record.unit.code,
        "note": "" if reading.is_closed else record.note,
        "facts": facts,
    }


@router.post(
    "/records/{number}/submission",
    response={204: None, 409: Problem},
    summary=gettext_noop("Hand a draft up for confirmation"),
)
@endpoint("record.enter", on=record_within_reach)
def submission(request: HttpRequest, record: Record) -> Status[None]:
    actions.submit(record, by=cast(User, request.user))
    return Status(204, None)


@router.post(
    "/records/{number}/confirmation",
    response={204: None, 409: Problem},
    summary=gettext_noop("Enter a record in the ledger; from then on it counts"),
)
@endpoint("record.confirm", on=record_within_reach)
def confirmation(request: HttpRequest, record: Record) -> Status[None]:
    actions.confirm(record, by=cast(User, request.user))
    return Status(204, None)
