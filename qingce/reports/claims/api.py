"""Reading a text by API: the same reading, the same reach."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Schema
from pydantic import ConfigDict

from qingce.figures.indicators.question import Question
from qingce.figures.indicators.sight import Sight
from qingce.foundation.api import Problem
from qingce.league.access.endpoints import endpoint
from qingce.league.access.reach import Reach
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.claims.checking import check
from qingce.reports.claims.extracting import bounded

router = Router(tags=["claims"])


class TextIn(Schema):
    model_config = ConfigDict(extra="forbid")

    text: str
    period: str


class ClaimOut(Schema):
    start: int
    end: int
    raw: str
    value: float | None
    upper: float | None
    unit: str
    qualifier: str
    role: str
    countable: bool
    indicator: str | None
    system: str | None
    ledger_value: float | None
    verdict: str
    reason: str
    ledger: str


class FindingOut(Schema):
    sort: str
    sentence: str
    starts: list[int]


class CheckedOut(Schema):
    claims: list[ClaimOut]
    findings: list[FindingOut]
    counts: dict[str, int]


@router.post(
    "/units/{code}/claims",
    response={200: CheckedOut, 409: Problem},
    summary=gettext_noop("Read a summary and say which of its figures the ledger of a unit stands behind"),
)
@endpoint("report.see", on=unit_within_reach)
def claims(request: HttpRequest, unit: Unit, said: TextIn) -> dict[str, Any]:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    question = Question(unit, Period.parse(said.period))
    return check(bounded(said.text), question, Sight(reach)).as_json
