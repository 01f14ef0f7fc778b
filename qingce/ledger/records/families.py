"""The six families by name and letter: how a number, or a kind, finds its table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from qingce.foundation.stanzas import Labelled
from qingce.ledger.kinds.catalogue import FAMILIES, taxonomy
from qingce.ledger.records.models import Record


class Effects(Protocol):
    """What else happens when a record of a family changes its state, or is corrected.

    Both run inside the verb that did it; a refusal takes the verb back.
    """

    def moved(self, record: Any, before: str, *, by: Any) -> None: ...

    def corrected(self, record: Any, names: Collection[str]) -> None: ...


@dataclass(frozen=True)
class Family(Labelled):
    letter: str
    model: type[Record]
    effects: Effects | None = None


_families: dict[str, Family] = {}


def register(code: str, *, letter: str, model: type[Record], effects: Effects | None = None) -> None:
    """Called by each family's app when it is ready."""
    _families[code] = Family(code, *FAMILIES[code], letter, model, effects)


def families() -> list[Family]:
    """The registered families, in the order of the taxonomy."""
    return [_families[code] for code in FAMILIES if code in _families]


def family_of(kind: str) -> Family:
    return _families[taxonomy().kinds[kind].family]


def by_model(model: type[Any]) -> Family:
    return next(family for family in families() if family.model is model)


def by_number(number: str) -> Family | None:
    """The family whose letter begins the number."""
    return next((family for family in families() if family.letter == number[:1].upper()), None)


def find(number: str) -> Record | None:
    """The record of this number, whatever its family."""
    family = by_number(number)
    return family.model._default_manager.filter(number=number.upper()).first() if family else None


def all_records() -> Iterator[type[Record]]:
    for family in families():
        yield family.model
