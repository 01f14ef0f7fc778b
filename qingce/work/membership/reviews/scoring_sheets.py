"""The scoring sheets of the advanced evaluation (先进性评价), one a field, read from `catalogue/scoring/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas
from qingce.league.organisations.models import Domain, Unit
from qingce.league.rules.catalogue import rules

NUMBER_OF_SHEETS = "review_scoring_sheets"


@dataclass(frozen=True)
class Item(Labelled):
    """One aspect, and its most points."""

    most: int


@dataclass(frozen=True)
class ScoringSheet(Labelled):
    domains: tuple[str, ...]
    items: Mapping[str, Item]
    negative: Mapping[str, Labelled]  # what overrides any score

    @property
    def most(self) -> int:
        return sum(item.most for item in self.items.values())


@cache
def scoring_sheets() -> Mapping[str, ScoringSheet]:
    """Every sheet by its code; stops the program when the catalogue cannot be understood."""
    return read_sheets(settings.CATALOGUE)


def sheet_for(unit: Unit) -> ScoringSheet:
    """The sheet of the unit's field."""
    return next(one for one in scoring_sheets().values() if unit.domain in one.domains)


def read_sheets(catalogue: Path) -> Mapping[str, ScoringSheet]:
    complaints: list[str] = []
    found = {one.name: _sheet(one) for one in stanzas(catalogue, "scoring", complaints)}
    named = [domain for one in found.values() for domain in one.domains]
    complaints += [f"scoring: no sheet for “{one}”" for one in Domain.values if one not in named]
    complaints += [f"scoring: two sheets for “{one}”" for one in set(named) if named.count(one) > 1]
    due = rules()[NUMBER_OF_SHEETS].versions[-1].value
    if len(found) != due:
        complaints.append(f"scoring: {len(found)} sheets; the rule “{NUMBER_OF_SHEETS}” says {due}")
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def _sheet(stanza: Stanza) -> ScoringSheet:
    items, negative = stanza.table_of("items"), stanza.table_of("negative")
    for key, told, length in (("items", items, 3), ("negative", negative, 2)):
        for code, words in told.items():
            if not isinstance(words, list) or len(words) != length:
                stanza.complain(f"{key}.{code}: expected a list of {length}")
    sheet = ScoringSheet(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        domains=stanza.words("domains", among=Domain.values, default=()),
        items={code: Item(code, *_padded(words, 3)) for code, words in items.items()},
        negative={code: Labelled(code, *_padded(words, 2)) for code, words in negative.items()},
    )
    stanza.finish()
    return sheet


def _padded(words: Any, length: int) -> list[Any]:
    """What was complained of must not break the reading of the rest."""
    return words if isinstance(words, list) and len(words) == length else ["", "", 0][:length]
