"""The only place that knows every app's addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config.api import api
from qingce.desk.api_reference import reference
from qingce.foundation.accounts.urls import urlpatterns as accounts
from qingce.foundation.audit.urls import urlpatterns as audit
from qingce.foundation.exchange.urls import urlpatterns as exchange
from qingce.league.access.doors import SIGNED_IN, page

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("qingce.desk.urls")),
    path("", include("qingce.ledger.records.urls")),
    path("", include("qingce.ledger.notices.urls")),
    path("", include("qingce.work.activities.urls")),
    path("", include("qingce.work.membership.urls")),
    path("", include("qingce.work.organising.urls")),
    path("", include("qingce.league.access.urls")),
    path("", include("qingce.league.organisations.urls")),
    path("", include("qingce.league.people.urls")),
    path("", include("qingce.league.rules.urls")),
    path("", include("qingce.league.register.urls")),
    path("", include("qingce.figures.indicators.urls")),
    path("", include("qingce.reports.writing.urls")),
    path("", include("qingce.reports.urls")),
    path("", include(accounts(page(SIGNED_IN)))),
    path("", include("qingce.foundation.ui.urls")),
    path("", include(exchange(page("file.import")))),
    path("", include(audit(page("audit.see", everywhere=True)))),
    path("language/", set_language, name="set_language"),
    path("api/docs", reference(api.get_openapi_schema), name="api-docs"),
    path("api/", api.urls),
]
