"""Where one can go: upper apps put entries here when they are ready; the head of a page shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """One place: its route, its word, and the permission without which it is not shown."""

    route: str
    label: Any
    order: int
    permission: str
    count: Callable[[HttpRequest], int] | None


@dataclass(frozen=True)
class Shown:
    """An entry as one reader sees it."""

    label: Any
    address: str
    current: bool
    count: int


_entries: dict[str, Entry] = {}


def add(
    route: str,
    label: Any,
    *,
    order: int,
    permission: str = "",
    count: Callable[[HttpRequest], int] | None = None,
) -> None:
    """Offer a place in the head of every page; the lowest order stands first."""
    _entries[route] = Entry(route, label, order, permission, count)


def shown(request: HttpRequest) -> list[Shown]:
    """The entries that the reader may open."""
    holds = getattr(request, "holds", lambda permission: False)
    current = request.resolver_match.view_name if request.resolver_match else ""
    return [
        Shown(
            entry.label,
            reverse(entry.route),
            entry.route == current,
            entry.count(request) if entry.count else 0,
        )
        for entry in sorted(_entries.values(), key=lambda entry: entry.order)
        if not entry.permission or holds(entry.permission)
    ]


def address_of_search() -> str:
    """Where the search box leads: to the list that registered itself for it."""
    return reverse(_search[0]) if _search else ""


def search_leads_to(route: str) -> None:
    """Name the list in which the search box of every page searches, by its word `q`."""
    _search[:] = [route]


_search: list[str] = []
