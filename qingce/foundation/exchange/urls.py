"""Addresses of the import pages; who wires them in hands over the lock for every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from qingce.foundation.exchange import views

Decorate = Callable[[Callable[..., Any]], Callable[..., Any]]


def urlpatterns(decorate: Decorate) -> list[URLPattern]:
    """All routes, each view wrapped by `decorate`."""
    return [
        path("imports/", decorate(views.history), name="imports"),
        path("imports/new/", decorate(views.upload), name="import-upload"),
        path("imports/<uuid:key>/", decorate(views.preview), name="import-preview"),
        path("imports/<uuid:key>/columns/", decorate(views.mapping), name="import-mapping"),
        path(
            "imports/<uuid:key>/confirmation/",
            decorate(views.confirmation),
            name="import-confirmation",
        ),
        path(
            "imports/<uuid:key>/marked-copy/",
            decorate(views.marked_copy),
            name="import-marked-copy",
        ),
        path("imports/templates/<slug:code>/", decorate(views.template), name="import-template"),
    ]
