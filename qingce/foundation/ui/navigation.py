"""Where one can go: upper apps put entries here when they are ready; the head of a page shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
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
    shelf: Any
    beneath: str


@dataclass(frozen=True)
class Shown:
    """An entry as one reader sees it; `count` 0 is not shown."""

    label: Any
    address: str
    current: bool
    count: int
    in_menu: bool


_entries: dict[str, Entry] = {}
_search: list[tuple[str, str]] = []
_shelves: list[str] = []


def add(
    route: str,
    label: Any,
    *,
    order: int,
    permission: str = "",
    count: Callable[[HttpRequest], int] | None = None,
    in_menu: bool = False,
    shelf: Any = "",
    beneath: str = "",
) -> None:
    """Offer a place; the lowest order stands first.

    It stands in the head of every page, in the account menu, or, with a `shelf`, under that word on
    the page to which `shelves_stand_at` leads. Whoever stands at a place on a shelf stands there, or
    where `beneath` leads.
    """
    _entries[route] = Entry(route, label, order, permission, count, in_menu, shelf, beneath)


def search_leads_to(route: str, *, permission: str = "") -> None:
    """Name the list in which the search box of every page searches, by its word `q`.

    Without the permission a reader has no search box: it would lead to a closed door.
    """
    _search[:] = [(route, permission)]


def shelves_stand_at(route: str) -> None:
    """Name the page of the shelves; its own entry is shown to whoever may open something there."""
    _shelves[:] = [route]


def shown(request: HttpRequest) -> list[Shown]:
    """The entries that the reader may open, the one around the present page marked."""
    open_ones = _open_to(request)
    around = _around(request.path, [address for _entry, address in open_ones])
    shelved = {address: entry for entry, address in open_ones if entry.shelf}
    if around in shelved:
        around = reverse(shelved[around].beneath or _shelves[0])
    return [
        _shown(request, entry, address, current=address == around)
        for entry, address in open_ones
        if not entry.shelf and (shelved or entry.route not in _shelves)
    ]


def waiting_on_shelves(request: HttpRequest) -> list[Shown]:
    """The places on the shelves in which something waits for the reader."""
    return [entry for entries in shelves(request).values() for entry in entries if entry.count]


def shelves(request: HttpRequest) -> dict[str, list[Shown]]:
    """What the reader may open on each shelf, in the order of the entries."""
    found: dict[str, list[Shown]] = {}
    for entry, address in _open_to(request):
        if entry.shelf:
            found.setdefault(str(entry.shelf), []).append(_shown(request, entry, address, current=False))
    return found


def address_of_search(request: HttpRequest) -> str:
    """Where the search box leads: to the list that registered itself for it, or nowhere."""
    return next((_address(route) for route, permission in _search if _may(request, permission)), "")


def _open_to(request: HttpRequest) -> list[tuple[Entry, str]]:
    return [
        (entry, _address(entry.route))
        for entry in sorted(_entries.values(), key=lambda entry: entry.order)
        if _may(request, entry.permission)
    ]


def _may(request: HttpRequest, permission: str) -> bool:
    holds = getattr(request, "holds", lambda permission: False)
    return not permission or holds(permission)


@cache
def _address(route: str) -> str:
    """Every page asks for the addresses of all entries, and they never change."""
    return reverse(route)


def _shown(request: HttpRequest, entry: Entry, address: str, *, current: bool) -> Shown:
    count = entry.count(request) if entry.count else 0
    return Shown(entry.label, address, current, count, entry.in_menu)


def _around(path: str, addresses: list[str]) -> str:
    """The longest address that `path` lies beneath; the first page is around nothing but itself."""
    candidates = [a for a in addresses if path == a or (a != "/" and path.startswith(a))]
    return max(candidates, key=len, default="")
