"""The API: one address for each app's routers, documented at /api/docs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from qingce.figures.indicators.api import router as figures
from qingce.foundation.refusals import Refused
from qingce.league.access.endpoints import TokenAuth
from qingce.league.organisations.api import router as units
from qingce.ledger.records.api import router as records
from qingce.reports.claims.api import router as claims
from qingce.work.activities.api import router as activities

# The sorts of misreadings by the beginning of their names, each with its sentence.
MISREAD = {
    "missing": gettext_lazy("“%(name)s” is missing."),
    "extra_forbidden": gettext_lazy("“%(name)s” is not known here; see the page of the API."),
    "int": gettext_lazy("“%(name)s” should be a whole number."),
    "date": gettext_lazy("“%(name)s” should be a date such as 2023-05-04."),
    "string_too_long": gettext_lazy("“%(name)s” has more than %(limit)s characters."),
    "greater_than_equal": gettext_lazy("“%(name)s” should be at least %(limit)s."),
    "less_than_equal": gettext_lazy("“%(name)s” should be at most %(limit)s."),
}
LIMITS = ("max_length", "ge", "le")

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


@api.exception_handler(AuthenticationError)
def not_signed(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    said = _(
        "No valid token came with this request. Send “Authorization: Bearer qc_…”; tokens are made at %s."
    )
    return _answer(request, 401, said % reverse("tokens"))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, problem: Http404) -> HttpResponse:
    return _answer(request, 404, _("There is nothing of that name within the reach of this token."))


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """Every word of the question that cannot be understood, in one sentence each."""
    return _answer(request, 422, " ".join(_misread(one) for one in problem.errors))


@api.exception_handler(HttpError)
def refused_by_number(request: HttpRequest, problem: HttpError) -> HttpResponse:
    said = str(problem)
    if problem.status_code == 400 and said.startswith("Cannot parse request body"):
        said = _("What was sent is not JSON; check its brackets and quotation marks.")
    return _answer(request, problem.status_code, said)


@api.exception_handler(Refused)
def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    """A refusal is a sentence, here as everywhere."""
    return _answer(request, 409, str(problem))


def _answer(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return api.create_response(request, {"detail": sentence}, status=status)


def _misread(error: dict[str, Any]) -> str:
    """`error` as the library tells it: where, of what sort, and its limits."""
    place, *steps = [str(step) for step in error["loc"]]
    name = ".".join(steps[1:] if place == "body" and steps[1:] else steps) or place
    sort = str(error["type"])
    known = next((said for start, said in MISREAD.items() if sort.startswith(start)), None)
    limit = next((value for name, value in error.get("ctx", {}).items() if name in LIMITS), "")
    return str(known or _("“%(name)s” has not the form that the page of the API describes.")) % {
        "name": name,
        "limit": limit,
    }
