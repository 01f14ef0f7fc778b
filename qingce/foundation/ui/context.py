"""What every page knows: where the reader stands, and where one can go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from qingce.foundation.ui import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """`here`, the reader's unit; `navigation`, what the reader may open; the address of search.

    A part fetched for the drawer or for a row of a list has no head, so nothing is asked for one, and
    its `heading` stands beneath that of the page.
    """
    if request.headers.get("HX-Request"):
        return {"drawer_layout": "drawer.html", "heading": "h2"}
    return {"drawer_layout": "drawer_page.html", "heading": "h1", **_head(request)}


def _head(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "here": None, "search_address": ""}
    reach = getattr(request, "reach", None)
    return {
        "navigation": navigation.shown(request),
        "here": reach.home if reach else None,
        "search_address": navigation.address_of_search(request),
    }
