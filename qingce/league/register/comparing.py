"""Holding an export against the register: what is new, gone, changed, conflicting; numbers that clash.

Nothing is written here. A blank of the export is no difference: it says nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qingce.foundation.exchange import Row
from qingce.foundation.privacy.fields import digest
from qingce.foundation.privacy.masks import ID_NUMBER, PHONE
from qingce.league.organisations.models import Unit
from qingce.league.people.matching import LOOKED_UP, birth_in, sex_in
from qingce.league.register.holding import Held, HeldStay, Holding, missing
from qingce.league.register.models import Sort

# Columns of the person and of the stay that simply changed; the others of the person contradict.
OF_PERSON = ("ethnicity", "political_status", "education", "workplace")
OF_STAY = (
    "joined_on", "card_number", "certification", "graduates_on", "duty", "volunteer_number",
)  # fmt: skip
ELSEWHERE = "elsewhere"  # a membership beyond the unit whose export it is
ON_REGISTER, IN_FILE = "register", "file"  # who else has a development number
BESIDE = ("phone", "unit", "development_number", "since")
KEPT = ("name", "sex", "id_number", "born_on", *OF_PERSON, *OF_STAY, *BESIDE)

Found = dict[str, Any]  # columns of a difference, as far as they are not blank


@dataclass
class Compared:
    """Differences, and what was learnt on the way."""

    unit: Unit
    day: dt.date
    faults: Mapping[int, str] = field(default_factory=dict)  # row → what stands against it
    beneath: set[int] = field(default_factory=set)  # units whose members the export may speak of
    seen: set[int] = field(default_factory=set)  # persons of whom the export speaks
    numbered: dict[str, str] = field(default_factory=dict)  # development number → ID number, in the file

    def differences(self, rows: list[Row]) -> Iterator[Found]:
        """Takes the rows as it goes, so that their memory is given back."""
        self.beneath = set(Unit.objects.beneath(self.unit, day=self.day).values_list("pk", flat=True))
        while rows:
            some, rows[:LOOKED_UP] = rows[:LOOKED_UP], []
            yield from self._of_some(some)
        for gone in missing(self.unit, self.seen, day=self.day):
            yield {
                "sort": Sort.GONE,
                "person_id": gone.person,
                "membership_id": gone.stay,
                "branch_id": gone.unit,
                "name": gone.name,
                "held": shown(gone.joined_on),
            }

    def _of_some(self, rows: Sequence[Row]) -> Iterator[Found]:
        marks = [digest(row["id_number"]) for row in rows]
        told = [
            (mark, row["name"], birth_in(row["id_number"])) for row, mark in zip(rows, marks, strict=True)
        ]
        numbers = {row["development_number"] for row in rows} - {""}
        holding = Holding.of(told, numbers, day=self.day)
        for row, mark in zip(rows, marks, strict=True):
            for found in self._of_row(row, mark, holding):
                found.setdefault("name", row["name"])
                found.setdefault("branch_id", row["unit"].pk)
                found["row"] = row.number
                found.setdefault("fault", self.faults.get(row.number, ""))
                yield found

    def _of_row(self, row: Row, mark: str, holding: Holding) -> Iterator[Found]:
        person, known_by_name = _found(row, mark, holding)
        over = row["until"] is not None and row["until"] <= self.day
        if person is not None:
            self.seen.add(person.pk)
        if over:
            yield from _ended(row, holding.stays.get(person.pk) if person else None, self.day)
            return
        if person is not None and known_by_name:
            yield _changed(person, None, "id_number", "", row["id_number"], mask=ID_NUMBER.over)
        yield from self._number_clash(row, person, holding)
        stay = holding.stays.get(person.pk) if person else None
        if person is None or stay is None or not stay.holds(self.day):
            yield (
                {**_new(row), "person_id": person.pk, "held": shown(stay.until) if stay else ""}
                if person
                else _new(row)
            )
            return
        if stay.unit not in self.beneath:
            yield _elsewhere(row, person, stay)
            return
        yield from _conflicts(row, person, stay)
        yield from _changes(row, person, stay)

    def _number_clash(self, row: Row, person: Held | None, holding: Holding) -> Iterator[Found]:
        number = row["development_number"]
        if not number:
            return
        holder = holding.holders.get(number)
        if holder is not None and (person is None or holder != person.pk):
            yield {
                "sort": Sort.NUMBER,
                "field": "development_number",
                "person_id": holder,
                "held": ON_REGISTER,
                "said": number,
            }
        elif self.numbered.setdefault(number, row["id_number"]) != row["id_number"]:
            yield {
                "sort": Sort.NUMBER,
                "field": "development_number",
                "held": IN_FILE,
                "said": number,
            }


def of_faults(refusals: Sequence[Any]) -> Iterator[Found]:
    """Rules that rows of the export break: to be mended in the national system."""
    for refusal in refusals:
        if refusal.row:
            said = f"{refusal.column}：{refusal.reason}" if refusal.column else str(refusal.reason)
            yield {"sort": Sort.FAULT, "row": refusal.row, "fault": said[:300]}


def _found(row: Row, mark: str, holding: Holding) -> tuple[Held | None, bool]:
    """The person of a row, and whether only name and birth say so."""
    if person := holding.by_digest.get(mark):
        return person, False
    return holding.by_name.get((row["name"], birth_in(row["id_number"]))), True


def _ended(row: Row, stay: HeldStay | None, day: dt.date) -> Iterator[Found]:
    """A stay that is over in the export and goes on here; one that is over in both says nothing new."""
    if stay is None or not stay.holds(day) or stay.unit != row["unit"].pk or stay.since >= row["until"]:
        return
    facts = {"until": _written(row["until"]), "ended_because": row["ended_because"]}
    yield {
        "sort": Sort.CHANGED,
        "field": "until",
        "person_id": stay.person,
        "membership_id": stay.pk,
        "said": f"{shown(row['until'])} {row['ended_because']}".strip()[:200],
        "facts": json.dumps(facts, ensure_ascii=False),
    }


def _new(row: Row) -> Found:
    said = {name: _written(row[name]) for name in KEPT if row[name] not in ("", None)}
    facts = json.dumps(said, ensure_ascii=False)
    return {"sort": Sort.NEW, "said": shown(row["joined_on"]), "facts": facts}


def _conflicts(row: Row, person: Held, stay: HeldStay) -> Iterator[Found]:
    """The export contradicts what makes the person this person, or where he or she is a member."""
    number = row["id_number"]
    said = (("name", row["name"]), ("born_on", birth_in(number)), ("sex", sex_in(number)))
    for name, value in said:
        held = getattr(person, name)
        if held and held != value:
            yield _differs(Sort.CONFLICT, person, stay, name, held, value)
        elif not held:
            yield _differs(Sort.CHANGED, person, stay, name, held, value)
    if stay.unit != row["unit"].pk:
        yield {
            **_differs(Sort.CONFLICT, person, stay, "unit", "", row["unit"].pk),
            "said": str(row["unit"])[:200],
            "branch_id": stay.unit,
        }


def _elsewhere(row: Row, person: Held, stay: HeldStay) -> Found:
    """A member of another body: what is held there is not told here, only that it is."""
    differs = _differs(Sort.CONFLICT, person, stay, "unit", "", row["unit"].pk)
    return {**differs, "held": ELSEWHERE, "said": str(row["unit"])[:200]}


def _changes(row: Row, person: Held, stay: HeldStay) -> Iterator[Found]:
    for names, held_by in ((OF_PERSON, person), (OF_STAY, stay)):
        for name in names:
            said = row[name]
            if said not in ("", None) and getattr(held_by, name) != said:
                yield _differs(Sort.CHANGED, person, stay, name, getattr(held_by, name), said)
    phone, number = row["phone"], row["development_number"]
    if phone and digest(phone) != person.phone_digest:
        yield _changed(person, stay, "phone", str(person.phone), phone, mask=PHONE.over)
    if number and stay.development_number != number:
        sort = Sort.CONFLICT if stay.development_number else Sort.CHANGED
        yield _differs(sort, person, stay, "development_number", stay.development_number, number)


def _differs(sort: Sort, person: Held, stay: HeldStay | None, name: str, held: Any, said: Any) -> Found:
    return {
        "sort": sort,
        "field": name,
        "person_id": person.pk,
        "membership_id": stay.pk if stay else None,
        "held": shown(held),
        "said": shown(said),
        "facts": json.dumps({name: _written(said)}, ensure_ascii=False),
    }


def _changed(
    person: Held, stay: HeldStay | None, name: str, held: str, said: str, *, mask: Callable[[str], str]
) -> Found:
    """A sealed fact that changed: both sides are masked, and the export's is kept sealed."""
    return {**_differs(Sort.CHANGED, person, stay, name, held, said), "said": mask(said)}


def shown(value: Any) -> str:
    """As it is kept in a difference: in no language; the page finds the words."""
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")[:200]


def _written(value: Any) -> Any:
    """For JSON."""
    if isinstance(value, Unit):
        return value.pk
    return value.isoformat() if isinstance(value, dt.date) else value


def comparable(rows: Collection[Row]) -> list[Row]:
    """Rows that say who and where, whatever rules they break."""
    return [row for row in rows if row["id_number"] and row["name"] and isinstance(row["unit"], Unit)]
