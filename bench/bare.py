"""The floor for pages: a bare Django site with one table of fifty rows from a template."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

ROWS = [
    {"name": f"name {n}", "unit": f"unit {n}", "sex": "f", "age": 15 + n % 12, "joined": "2021-05-04"}
    for n in range(50)
]
TABLE = """<!doctype html><html lang="en"><title>bare</title><table>{% for row in rows %}<tr>
<td>{{ row.name }}</td><td>{{ row.unit }}</td><td>{{ row.sex }}</td><td>{{ row.age }}</td>
<td>{{ row.joined }}</td></tr>{% endfor %}</table></html>"""


@cache
def template() -> Any:
    return engines["django"].from_string(TABLE)


def table(request: HttpRequest) -> HttpResponse:
    return HttpResponse(template().render({"rows": ROWS}))


urlpatterns = [path("", table)]
settings.configure(
    SECRET_KEY="only-for-the-bare-floor-of-a-benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
application = get_wsgi_application()
