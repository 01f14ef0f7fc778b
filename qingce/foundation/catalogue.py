"""The parts of the catalogue: each is read before the first page is served or a command is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.checks import CheckMessage

from qingce.foundation.stanzas import CatalogueRefused

_parts: list[Callable[[], object]] = []


def add(*parts: Callable[[], object]) -> None:
    """Called by each app that reads a part of the catalogue, when it is ready."""
    _parts.extend(parts)


def demand_understood() -> None:
    """Read every part; what cannot be understood stops the program, all complaints together."""
    if complaints := complained_of():
        raise CatalogueRefused(complaints)


def complained_of() -> list[str]:
    """What cannot be understood, each with file, stanza and the wrong word; empty when all is well."""
    complaints: dict[str, None] = {}
    for part in _parts:
        try:
            part()
        except CatalogueRefused as refused:
            complaints |= dict.fromkeys(refused.complaints)
    return list(complaints)


def look(**_: Any) -> list[CheckMessage]:
    """Every command asks this before it does anything."""
    demand_understood()
    return []
