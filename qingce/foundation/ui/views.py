"""The page that shows every component in every condition."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines

from qingce.foundation.ui.components import COMPONENTS, Component, sample

PARTS = {"figure": "patterns/figure.html", "void": "patterns/void.html"}


def patterns(request: HttpRequest) -> HttpResponse:
    """All components; `?part=` opens the sample of a drawer or of a dialog."""
    if part := request.GET.get("part"):
        return _part(request, part)
    shown = [(component, drawn(component, request)) for component in COMPONENTS]
    return render(request, "patterns/patterns.html", {"components": shown})


def drawn(component: Component, request: HttpRequest) -> list[tuple[object, str, str]]:
    """Label, source and result of each condition."""
    django = engines["django"]
    return [
        (condition.label, condition.source, django.from_string(condition.source).render(sample(), request))
        for condition in component.conditions
    ]


def _part(request: HttpRequest, part: str) -> HttpResponse:
    if part not in PARTS:
        raise Http404
    response = render(request, PARTS[part], sample())
    response["Vary"] = "HX-Request"
    return response
