"""The API: one address for each app's routers, documented at /api/docs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from qingce.figures.indicators.api import router as figures
from qingce.foundation.refusals import Refused
from qingce.league.access.endpoints import TokenAuth
from qingce.league.organisations.api import router as units
from qingce.ledger.records.api import router as records
from qingce.reports.claims.api import router as claims
from qingce.work.activities.api import router as activities

api = NinjaAPI(
    title="Qingce",
    version="1",
    description="Units, records and figures of a League committee, within the reach of a token.",
    auth=TokenAuth(),
    docs_url=None,
    openapi_url="/openapi.json",
)
for router in (units, records, activities, figures, claims):
    api.add_router("", router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    """A refusal is a sentence, here as everywhere."""
    return api.create_response(request, {"detail": str(problem)}, status=409)
