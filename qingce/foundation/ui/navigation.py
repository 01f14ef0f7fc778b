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
    in_menu: bool


@dataclass(frozen=True)
class Shown:
    """An entry as one reader sees it; `count` 0 is not shown."""

    label: Any
    address: str
    current: bool
    count: int
    in_menu: bool


_entries: dict[str, Entry] = {}
_search: list[str] = []


def add(
    route: str,
    label: Any,
    *,
    order: int,
    permission: str = "",
    count: Callable[[HttpRequest], int] | None = None,
    in_menu: bool = False,
) -> None:
    """Offer a place in the head of every page, or in the account menu; the lowest order stands first."""
    _entries[route] = Entry(route, label, order, permission, count, in_menu)


def search_leads_to(route: str) -> None:
    """Name the list in which the search box of every page searches, by its word `q`."""
    _search[:] = [route]


def shown(request: HttpRequest) -> list[Shown]:
    """The entries that the reader may open, the one around the present page marked."""
    holds = getattr(request, "holds", lambda permission: False)
    open_ones = [
        (entry, reverse(entry.route))
        for entry in sorted(_entries.values(), key=lambda entry: entry.order)
        if not entry.permission or holds(entry.permission)
    ]
    around = _around(request.path, [address for _entry, address in open_ones])
    return [
        Shown(
            entry.label,
            address,
            address == around,
            entry.count(request) if entry.count else 0,
            entry.in_menu,
        )
        for entry, address in open_ones
    ]


def address_of_search() -> str:
    """Where the search box leads: to the list that registered itself for it."""
    return reverse(_search[0]) if _search else ""


def _around(path: str, addresses: list[str]) -> str:
    """The longest address that `path` lies beneath; the first page is around nothing but itself."""
    candidates = [a for a in addresses if path == a or (a != "/" and path.startswith(a))]
    return max(candidates, key=len, default="")
