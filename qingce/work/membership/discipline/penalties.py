"""What each penalty suspends and for how long, read from `catalogue/penalties/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas
from qingce.league.organisations.models import Unit
from qingce.league.rules import ruling
from qingce.league.rules.catalogue import BINDING, rules
from qingce.league.standing.models import Bar


@dataclass(frozen=True)
class Penalty(Labelled):
    """One penalty of the regulation."""

    bars: tuple[str, ...]
    months: str  # the rule that says how long
    takes_post: bool
    expels: bool

    def lengths(self, *, on: dt.date, unit: Unit | None = None) -> tuple[int, ...]:
        """The months that may be chosen; none where the penalty has no end to choose."""
        if not self.months:
            return ()
        value = ruling(self.months, on=on, unit=unit).value
        return value if isinstance(value, tuple) else (int(value),) if value is not None else ()

    def is_settled(self, *, on: dt.date, unit: Unit | None = None) -> bool:
        """Whether its length is binding, so that it refuses; otherwise it is only warned of."""
        said = ruling(self.months, on=on, unit=unit)
        return said.standing == BINDING or said.switched_on


@cache
def penalties() -> Mapping[str, Penalty]:
    """Every penalty by its code, the mildest first."""
    return read_penalties(settings.CATALOGUE)


def in_words(because: str) -> str:
    """The reader's name of the penalty behind a restriction; what is written there when it is none."""
    return next((str(one) for one in penalties().values() if one.label == because), because)


def read_penalties(catalogue: Path) -> Mapping[str, Penalty]:
    complaints: list[str] = []
    found = {one.name: _penalty(one) for one in stanzas(catalogue, "penalties", complaints)}
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def _penalty(stanza: Stanza) -> Penalty:
    penalty = Penalty(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        bars=stanza.words("bars", among=[bar.value for bar in Bar]),
        months=stanza.word("months", among=rules(), default=""),
        takes_post=stanza.flag("takes_post"),
        expels=stanza.flag("expels"),
    )
    if penalty.bars and not penalty.months:
        stanza.complain("months: a penalty that suspends rights says by which rule it ends")
    stanza.finish()
    return penalty
