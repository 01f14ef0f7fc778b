"""Where one can go: upper apps put entries here when they are ready; the head of a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One place: its route, its word, and the permission without which it is not shown."""

    route: str
    label: Any
    order: int
    permission: str = ""


_entries: dict[str, Entry] = {}


def add(route: str, label: Any, *, order: int, permission: str = "") -> None:
    """Offer a place in the head of every page; the lowest order stands first."""
    _entries[route] = Entry(route, label, order, permission)


def entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: entry.order)
