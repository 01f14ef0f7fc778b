"""What the register holds about the people of an export, read in bulk as plain tuples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from qingce.foundation.among import Among
from qingce.foundation.dates import in_force
from qingce.league.organisations.models import Membership, Placement, Unit
from qingce.league.people.matching import LOOKED_UP
from qingce.league.people.models import Person

PERSON = (
    "pk", "name", "sex", "born_on", "ethnicity", "political_status", "education", "workplace",
    "phone_digest", "phone",
)  # fmt: skip
STAY = (
    "pk", "person_id", "unit_id", "since", "until", "joined_on", "development_number", "card_number",
    "certification", "graduates_on", "duty", "volunteer_number",
)  # fmt: skip


Told = tuple[str, str, dt.date]  # digest of the ID number, name, date of birth


class Held(NamedTuple):
    """A person of the register."""

    pk: int
    name: str
    sex: str
    born_on: dt.date | None
    ethnicity: str
    political_status: str
    education: str
    workplace: str
    phone_digest: str
    phone: Any  # sealed; printing it prints the mask


class HeldStay(NamedTuple):
    """The stay in force, else the last one."""

    pk: int
    person: int
    unit: int
    since: dt.date
    until: dt.date | None
    joined_on: dt.date | None
    development_number: str
    card_number: str
    certification: str
    graduates_on: dt.date | None
    duty: str
    volunteer_number: str

    def holds(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Missing(NamedTuple):
    """A member of whom the export says nothing."""

    stay: int
    person: int
    unit: int
    name: str
    joined_on: dt.date | None


@dataclass
class Holding:
    """What the register says about some rows: by digest of the ID number, or by name and birth."""

    by_digest: dict[str, Held]
    by_name: dict[tuple[str, Any], Held]  # of people whose ID number is not on the register
    stays: dict[int, HeldStay]
    holders: dict[str, int]  # development number → person

    @classmethod
    def of(cls, told: Collection[Told], numbers: Collection[str], *, day: dt.date) -> Holding:
        """`told` names each person by digest, name and date of birth; `numbers` are development numbers."""
        by_digest = _by_digest([mark for mark, _name, _born in told])
        by_name = _by_name({(name, born) for mark, name, born in told if mark not in by_digest})
        persons = [one.pk for one in (*by_digest.values(), *by_name.values())]
        return cls(by_digest, by_name, _stays(persons, day), _holders(numbers))


def missing(unit: Unit, seen: Collection[int], *, day: dt.date) -> Iterable[Missing]:
    """Members beneath `unit` on `day` who are not among `seen`."""
    beneath = Placement.objects.beneath(unit, day=day).values("unit")
    rows = Membership.objects.filter(in_force(day), unit__in=beneath).order_by("unit", "person")
    columns = ("pk", "person_id", "unit_id", "person__name", "joined_on")
    for row in rows.values_list(*columns).iterator(LOOKED_UP):
        if row[1] not in seen:
            yield Missing(*row)


def _by_digest(digests: Collection[str]) -> dict[str, Held]:
    rows = Person.objects.filter(Among("id_digest", digests)).values_list("id_digest", *PERSON)
    return {mark: Held(*row) for mark, *row in rows.iterator()}


def _by_name(names: Collection[tuple[str, Any]]) -> dict[tuple[str, Any], Held]:
    """People without an ID number, where exactly one is called so and was born then."""
    if not names:
        return {}
    called = {name for name, _born in names}
    found: dict[tuple[str, Any], list[Held]] = {}
    for row in Person.objects.filter(id_digest="", name__in=called).values_list(*PERSON):
        held = Held(*row)
        found.setdefault((held.name, held.born_on), []).append(held)
    return {key: held[0] for key, held in found.items() if key in names and len(held) == 1}


def _stays(persons: Collection[int], day: dt.date) -> dict[int, HeldStay]:
    """The stay in force on `day`; of who is in no branch, the last one."""
    stays: dict[int, HeldStay] = {}
    rows = Membership.objects.filter(Among("person", persons)).order_by("since").values_list(*STAY)
    for row in rows.iterator():
        stay = HeldStay(*row)
        before = stays.get(stay.person)
        if before is None or not before.holds(day) or stay.holds(day):
            stays[stay.person] = stay
    return stays


def _holders(numbers: Collection[str]) -> dict[str, int]:
    rows = Membership.objects.filter(Among("development_number", numbers))
    return dict(rows.values_list("development_number", "person_id"))
