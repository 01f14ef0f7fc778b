"""Pages meet by address: an upper app offers a panel, the lower page shows whatever is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A part of a page that is fetched from `route`, called with what the page is about."""

    route: str
    title: Any


_panels: dict[str, list[Panel]] = {}


def add(page: str, *, route: str, title: Any) -> None:
    """Offer a panel for every page of the sort `page`."""
    _panels.setdefault(page, []).append(Panel(route, title))


def of(page: str) -> list[Panel]:
    return _panels.get(page, [])
