"""Pages meet by address: an upper app offers a panel, the lower page shows whatever is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Panel:
    """A part of a page, fetched from an address."""

    title: Any
    url: str


_offered: dict[str, list[tuple[str, Any, str]]] = {}


def add(page: str, *, route: str, title: Any, permission: str = "") -> None:
    """Offer `route` as a panel of every page of the sort `page`; it takes that page's arguments."""
    _offered.setdefault(page, []).append((route, title, permission))


def of(page: str, request: HttpRequest, *arguments: object) -> list[Panel]:
    """The panels of one page that the reader may open."""
    holds = getattr(request, "holds", lambda permission: False)
    return [
        Panel(title, reverse(route, args=arguments))
        for route, title, permission in _offered.get(page, [])
        if not permission or holds(permission)
    ]
