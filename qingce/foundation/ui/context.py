"""What every page knows: where the reader stands, and where one can go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from qingce.foundation.ui.navigation import entries


def page(request: HttpRequest) -> dict[str, Any]:
    """`here`, the reader's unit, and `places`, the entries that the reader may open."""
    holds = getattr(request, "holds", lambda permission: False)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"places": [], "here": None}
    current = request.resolver_match.view_name if request.resolver_match else ""
    places = [
        {"route": entry.route, "label": entry.label, "current": entry.route == current}
        for entry in entries()
        if not entry.permission or holds(entry.permission)
    ]
    return {"places": places, "here": getattr(request, "reach", None) and request.reach.home}  # type: ignore[attr-defined]
