"""How a name is shown to a reader: in full, masked, or by code name. Asked in this one place.

- Without the right to see persons: masked (张**).
- A minor or a sensitive matter, outside the team that handles it: the code name (张*). The team are
  those with a post at the very unit of the record, and those who may see sealed cases there.
- A child whose guardian withdrew consent is a waiting name (张*) to everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qingce.foundation.dates import age
from qingce.foundation.words import code_name, masked_name

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach
    from qingce.league.people.models import Person

OF_AGE = 18  # Law on the Protection of Minors, art. 2


def is_minor(born_on: dt.date | None, *, on: dt.date | None) -> bool:
    return born_on is not None and on is not None and age(born_on, on=on) < OF_AGE


@dataclass(frozen=True)
class Subject:
    """What decides how a name is shown: minor, sensitive, waiting name only, and whose unit handles it."""

    unit: int
    minor: bool = False
    sensitive: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Veil:
    """What one reader may see of names at one place."""

    sees_persons: bool
    sees_cases: bool
    teams: Collection[int] = frozenset()  # units at which the reader holds a post that sees persons

    @classmethod
    def of(cls, reach: Reach, thing: Any) -> Veil:
        """For rows at or beneath `thing`, a unit or whatever belongs to one."""
        sees_persons, sees_cases = reach.may("person.see", thing), reach.may("case.see", thing)
        return cls(sees_persons, sees_cases, teams(reach))

    @classmethod
    def at(cls, reach: Reach, path: str) -> Veil:
        """The same for a place in the tree."""
        sees_persons, sees_cases = reach.holds_at("person.see", path), reach.holds_at("case.see", path)
        return cls(sees_persons, sees_cases, teams(reach))

    def hides(self, subject: Subject) -> bool:
        """Whether the name is not shown in full."""
        if subject.waiting:
            return True
        if subject.minor or subject.sensitive:
            return not (self.sees_cases or subject.unit in self.teams)
        return not self.sees_persons

    def name(self, name: str, subject: Subject) -> str:
        if not self.hides(subject):
            return name
        by_code = subject.minor or subject.sensitive or subject.waiting
        return code_name(name) if by_code else masked_name(name)

    def person(self, person: Person, *, unit: int, on: dt.date, sensitive: bool = False) -> str:
        return self.name(person.name, subject_of(person, unit=unit, on=on, sensitive=sensitive))


SHUT = Veil(sees_persons=False, sees_cases=False)


def subject_of(person: Person, *, unit: int, on: dt.date, sensitive: bool = False) -> Subject:
    minor = is_minor(person.born_on, on=on)
    return Subject(unit=unit, minor=minor, sensitive=sensitive, waiting=person.waiting_name)


def teams(reach: Reach) -> frozenset[int]:
    """Units at which the reader's own posts see persons."""
    shown = set(reach.paths("person.see"))
    return frozenset(held.unit_id for held in reach.holdings if held.path in shown)
