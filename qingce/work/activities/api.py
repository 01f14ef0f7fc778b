"""Activities by API: recording one, by the same verb as the short form."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from qingce.foundation.accounts.models import User
from qingce.foundation.api import Problem
from qingce.league.access.endpoints import endpoint
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.work.activities.actions import record_activity

router = Router(tags=["activities"])


class ActivityIn(Schema):
    """What took place; `words` gives for a facet of the catalogue the codes that apply."""

    # A misspelt key would lose what it says without a word.
    model_config = ConfigDict(extra="forbid")

    kind: str = Field(max_length=40)
    happened_on: dt.date
    title: str = Field("", max_length=160)
    attendance: int | None = Field(None, ge=0, le=2_000_000)
    venue: str = Field("", max_length=80)
    note: str = Field("", max_length=500)
    words: dict[str, list[str]] = {}


class Entered(Schema):
    number: str
    state: str


@router.post(
    "/units/{code}/activities",
    response={201: Entered, 409: Problem},
    summary=gettext_noop("Record an activity of a unit, as a draft"),
)
@endpoint("record.enter", on=unit_within_reach)
def enter(request: HttpRequest, unit: Unit, activity: ActivityIn) -> Status[Any]:
    by = cast(User, request.user)  # the token's owner: nobody else comes through the door
    entered = record_activity(unit=unit, by=by, today=timezone.localdate(), **activity.dict())
    return Status(201, entered)
