"""Finding many people at once: by ID number, else by name and date of birth, else they are new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.among import Among
from qingce.foundation.exchange.saving import Gathering, blank, chunks, drafted, pour_found
from qingce.foundation.privacy.fields import digest
from qingce.foundation.privacy.resealing import demand_comparable
from qingce.foundation.refusals import Refused
from qingce.league.people.models import Person, Sex

Facts = Mapping[str, Any]  # fields of a person, as far as a file says them
LOOKED_UP = 5000  # keys in one query


class People:
    """Persons of one import: those on the register, and those it brings."""

    def __init__(self, *, amend: bool) -> None:
        self.amend = amend  # whether facts of people on the register are brought in step
        self.gathering = Gathering(Person)
        self._nothing = blank(Person)
        self.changed: set[int] = set()
        self.entered: set[int] = set()  # whom the last `bring` brought to the register
        self._unnumbered: dict[tuple[str, Any], list[int]] | None = None

    def bring(self, told: Sequence[Facts]) -> list[Person]:
        """The person for each entry of `told`, saved; nobody is entered twice."""
        demand_comparable(Person)
        every = [completed(facts) for facts in told]
        digests = [digest(facts.get("id_number", "")) for facts in every]
        by_digest = by_id_digest({one for one in digests if one})
        by_name = _namesakes(every, digests)
        self._add_unnumbered(every, digests, by_digest, by_name)
        people = []
        for facts, mark in zip(every, digests, strict=True):
            key = (facts["name"], facts.get("born_on"))
            person = by_digest.get(mark) if mark else None
            person = person or _only(by_name.get(key, ()), mark)
            if person is None:
                person = self.gathering.add(self._new(facts, mark))
                by_name.setdefault(key, []).append(person)
            else:
                self._amend(person, facts, mark)
            if mark:
                by_digest[mark] = person
            people.append(person)
        self._save(by_digest)
        return people

    def _save(self, by_digest: Mapping[str, Person]) -> None:
        """Write new and changed people; those with an ID number are found again by it."""
        new, self.gathering.fresh = self.gathering.fresh, []
        self._enter([person for person in new if person.id_digest], by_digest)
        self.gathering.fresh = [person for person in new if not person.id_digest]
        self.gathering.save("initials", "phone_digest")
        for person in self.gathering.fresh:
            if self._unnumbered is not None and person.born_on:
                self._unnumbered.setdefault((person.name, person.born_on), []).append(person.pk)
        self.gathering = Gathering(Person)

    def _enter(self, numbered: Sequence[Person], by_digest: Mapping[str, Person]) -> None:
        """Write people with an ID number in bulk; they are found again by it."""
        keys = pour_found(Person, [vars(person) for person in numbered], by="id_digest") if numbered else {}
        for mark, pk in keys.items():
            by_digest[mark].pk = pk
        self.entered = set(keys.values())

    def _new(self, facts: Facts, mark: str) -> Person:
        return drafted(Person, self._nothing, {**facts, "id_digest": mark}).fill()

    def _add_unnumbered(
        self,
        told: Sequence[Facts],
        digests: Sequence[str],
        by_digest: Collection[str],
        by_name: dict[tuple[str, Any], list[Person]],
    ) -> None:
        """People whose ID number is not known yet may be those whom a new number belongs to."""
        wanted = {
            (facts["name"], facts.get("born_on"))
            for facts, mark in zip(told, digests, strict=True)
            if mark and mark not in by_digest
        } - by_name.keys()
        if self._unnumbered is None and wanted:
            self._unnumbered = _unnumbered()
        known = self._unnumbered or {}
        meant = {key: known[key] for key in wanted & known.keys()}
        persons = Person.objects.in_bulk([pk for pks in meant.values() for pk in pks])
        for key, pks in meant.items():
            by_name[key] = [persons[pk] for pk in pks]

    def _amend(self, person: Person, facts: Facts, mark: str) -> None:
        said: dict[str, Any] = {name: value for name, value in facts.items() if value not in ("", None)}
        if mark and not person.id_digest:
            said["id_digest"] = mark
        elif mark:
            said.pop("id_number", None)
        if not self.amend:
            # Lists of participants are no register: they fill gaps and overrule nothing.
            said = {name: value for name, value in said.items() if not getattr(person, name)}
        if self.gathering.change(person, said) and person.pk:
            person.fill()
            self.changed.add(person.pk)


def completed(facts: Facts) -> dict[str, Any]:
    """`facts` with date of birth and sex taken from the ID number where the file is silent."""
    number = facts.get("id_number")
    if not number:
        return dict(facts)
    told = dict(facts)
    told["born_on"] = told.get("born_on") or birth_in(number)
    told["sex"] = told.get("sex") or sex_in(number)
    return told


def birth_in(id_number: str) -> dt.date:
    return _day(id_number[6:14])


@lru_cache(maxsize=20_000)
def _day(digits: str) -> dt.date:
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def sex_in(id_number: str) -> str:
    return str(Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE)


def identity_problems(number: str, born: dt.date | None, sex: str) -> Iterator[tuple[str, str]]:
    """What the ID number contradicts: field and sentence."""
    if number and born and born != birth_in(number):
        yield "born_on", _("The date of birth does not agree with the ID number; compare both.")
    if number and sex and sex != sex_in(number):
        yield "sex", _("The sex does not agree with the ID number; compare both.")


def by_id_digest(digests: Collection[str]) -> dict[str, Person]:
    """People on the register by the digest of their ID number."""
    demand_comparable(Person)
    found: dict[str, Person] = {}
    for some in chunks(list(digests), LOOKED_UP):
        persons = Person.objects.filter(Among("id_digest", some))
        found.update((person.id_digest, person) for person in persons)
    return found


def _namesakes(told: Sequence[Facts], digests: Sequence[str]) -> dict[tuple[str, Any], list[Person]]:
    """People of the register, by name and date of birth, for those told of without an ID number."""
    asked = [
        (facts["name"], facts["born_on"])
        for facts, mark in zip(told, digests, strict=True)
        if facts.get("born_on") and not mark
    ]
    found: dict[tuple[str, Any], list[Person]] = {}
    for some in chunks(asked, LOOKED_UP):
        names, days = zip(*some, strict=True)
        for person in Person.objects.filter(name__in=set(names), born_on__in=set(days)):
            found.setdefault((person.name, person.born_on), []).append(person)
    return found


def _unnumbered() -> dict[tuple[str, Any], list[int]]:
    """People of the register without an ID number, by name and date of birth; read once."""
    found: dict[tuple[str, Any], list[int]] = {}
    rows = Person.objects.filter(id_digest="", born_on__isnull=False)
    for pk, name, born in rows.values_list("pk", "name", "born_on").iterator():
        found.setdefault((name, born), []).append(pk)
    return found


def _only(namesakes: Iterable[Person], mark: str) -> Person | None:
    """The one who is meant; somebody with another ID number is somebody else."""
    meant = [one for one in namesakes if not mark or one.id_digest in ("", mark)]
    if len(meant) > 1:
        raise Refused(
            _(
                "Several people on the register are called %s and were born on the same day; "
                "give the ID number."
            )
            % meant[0].name
        )
    return meant[0] if meant and meant[0].born_on else None


def name_clash(known: str | None, said: str) -> str:
    """The sentence when an ID number is on the register under another name; else nothing."""
    if known is None or known == said:
        return ""
    return _("This ID number is on the register under another name; compare name and number with the card.")


def names_by_digest(digests: Collection[str]) -> dict[str, str]:
    """Names on the register by the digest of the ID number."""
    demand_comparable(Person)
    names: dict[str, str] = {}
    for some in chunks(list(digests), LOOKED_UP):
        persons = Person.objects.filter(Among("id_digest", some))
        names.update(persons.values_list("id_digest", "name"))
    return names
