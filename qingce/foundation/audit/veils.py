"""What a reader of the log may not see: upper apps say how a thing is called for this reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from qingce.foundation.audit.models import Entry

# References → the name that the reader may know; what is not in the answer is nobody's secret.
Veil = Callable[[HttpRequest, Collection[str]], Mapping[str, str]]

_veils: list[Veil] = []


def add(veil: Veil) -> None:
    """Let an upper app say what its things are called for one reader."""
    _veils.append(veil)


@dataclass(frozen=True)
class ShownEntry:
    """One entry as one reader may see it."""

    entry: Entry
    about: str

    @property
    def is_veiled(self) -> bool:
        return self.about != self.entry.about

    @property
    def sentence(self) -> str:
        return self.entry.said_of(self.about) if self.is_veiled else str(self.entry.sentence)

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        return [] if self.is_veiled else self.entry.changes

    @property
    def particulars(self) -> list[tuple[str, Any]]:
        return [] if self.is_veiled else self.entry.particulars


def shown(request: HttpRequest, entries: Collection[Entry]) -> list[ShownEntry]:
    """Entries as the reader may see them; one question to each app, whatever their number."""
    references = {entry.reference for entry in entries} - {""}
    names = {reference: name for veil in _veils for reference, name in veil(request, references).items()}
    return [ShownEntry(entry, names.get(entry.reference, entry.about)) for entry in entries]
