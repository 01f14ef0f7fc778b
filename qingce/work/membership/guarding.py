"""Guards: what must be so before a case takes a step, each with the dated rule behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from qingce.foundation.refusals import Refused
from qingce.league.rules import Ruling, ruling

D = TypeVar("D")


@dataclass(frozen=True)
class Found:
    """What a guard found, in words; `sentence` says what is missing and what to do, empty when met."""

    said: Any
    sentence: Any = ""
    names_rule: bool = False  # the sentence has the rule's name, basis and date in it already


@dataclass(frozen=True)
class Guard(Generic[D]):
    """One condition of entering a stage."""

    stage: str
    rule: str
    label: Any
    look: Callable[[D, dt.date, Ruling], Found | None]  # None: not asked on that day


@dataclass(frozen=True)
class Finding:
    """A guard held against one case on one day."""

    stage: str
    label: Any
    on: dt.date
    said: Any
    sentence: str
    ruling: Ruling
    names_rule: bool = False

    @property
    def met(self) -> bool:
        return not self.sentence

    @property
    def blocks(self) -> bool:
        return not self.met and self.ruling.blocks

    @property
    def warns(self) -> bool:
        return not self.met and self.ruling.holds and not self.ruling.blocks

    @property
    def refusal(self) -> str:
        """The sentence with the rule's name, basis and date."""
        return self.sentence if self.names_rule else self.ruling.refusal(self.sentence)


def findings(guards: Iterable[Guard[D]], thing: D, stage: str, *, on: dt.date, unit: Any) -> list[Finding]:
    """What every guard of `stage` finds on that day, as the rules of that day say."""
    found = []
    for guard in guards:
        if guard.stage != stage:
            continue
        said = ruling(guard.rule, on=on, unit=unit)
        if not said.holds:
            continue
        one = guard.look(thing, on, said)
        if one is not None:
            found.append(Finding(stage, guard.label, on, one.said, str(one.sentence), said, one.names_rule))
    return found


def demand_all(found: Sequence[Finding]) -> list[str]:
    """Refuse with every sentence that stands in the way; else the warnings."""
    refused = [one.refusal for one in found if one.blocks]
    if refused:
        raise Refused("\n".join(refused))
    return [one.refusal for one in found if one.warns]
