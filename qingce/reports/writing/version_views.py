"""Versions of a document, and two of them side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingce.league.access.doors import page
from qingce.reports.writing.models import Draft, Version
from qingce.reports.writing.route import draft_within_reach
from qingce.reports.writing.versions import compared, moved

SHOWN = 100


@page("document.write", on=draft_within_reach)
def versions(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The list; with two chosen (the last two by default) what is new and what is gone."""
    listed = list(draft.versions.select_related("by").defer("content")[:SHOWN])
    after = _chosen(draft, request.GET.get("b", "")) or _at(draft, listed, 0)
    before = _chosen(draft, request.GET.get("a", "")) or _at(draft, listed, 1)
    both = before is not None and after is not None
    return render(
        request,
        "writing/versions.html",
        {
            "draft": draft,
            "versions": listed,
            "before": before,
            "after": after,
            "compared": compared(before, after) if both else [],  # type: ignore[arg-type]
            "moved": moved(before, after) if both else [],  # type: ignore[arg-type]
        },
    )


def _chosen(draft: Draft, said: str) -> Version | None:
    if not said.isdigit():
        return None
    found: Version | None = draft.versions.select_related("by").filter(pk=int(said)).first()
    return found


def _at(draft: Draft, listed: list[Version], place: int) -> Version | None:
    return _chosen(draft, str(listed[place].pk)) if len(listed) > place else None
