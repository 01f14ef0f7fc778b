"""The six families by name and letter: how a number, or a kind, finds its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qingce.foundation.stanzas import Labelled
from qingce.ledger.kinds.catalogue import FAMILIES, taxonomy
from qingce.ledger.records.models import Record


@dataclass(frozen=True)
class Family(Labelled):
    letter: str
    model: type[Record]


_families: dict[str, Family] = {}


def register(code: str, *, letter: str, model: type[Record]) -> None:
    """Called by each family's app when it is ready."""
    _families[code] = Family(code, *FAMILIES[code], letter, model)


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
