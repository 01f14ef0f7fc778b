"""Addresses of the log; who wires them in hands over the lock for every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from qingce.foundation.audit import views

Decorate = Callable[[Callable[..., Any]], Callable[..., Any]]


def urlpatterns(decorate: Decorate) -> list[URLPattern]:
    """All routes, each view wrapped by `decorate`."""
    return [
        path("audit/", decorate(views.log), name="audit"),
        path("audit/entries.xlsx", decorate(views.export), name="audit-export"),
        path("audit/<int:number>/", decorate(views.entry), name="audit-entry"),
    ]
