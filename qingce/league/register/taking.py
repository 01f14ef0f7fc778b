"""What taking over an export's word does to the register, for many differences at once.

Each verb judges anew: what changed since the comparison is refused, and what the export says must
still keep the rules. It refuses all it was given when something stands against one of them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.among import Among
from qingce.foundation.exchange.saving import Gathering, blank, pour_found
from qingce.foundation.privacy.fields import Sealed, digest
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.league.organisations.numbers import number_problem
from qingce.league.people.matching import People
from qingce.league.people.models import Person
from qingce.league.register.comparing import ELSEWHERE, OF_PERSON, OF_STAY, shown
from qingce.league.register.models import Difference, Sort
from qingce.league.rules.rulings import Rulings

PERSONAL = ("name", "sex", "born_on", *OF_PERSON, "phone", "id_number")
DATES = ("born_on", "joined_on", "graduates_on", "since", "until")
CARRIED = (*OF_STAY, "development_number")
NEVER = gettext_lazy("no longer in the export")  # why a stay ended

Facts = dict[str, Any]


def take_over(differences: Sequence[Difference], *, on: dt.date) -> None:
    """What the export says of things of one sort becomes the register's, of all or of none."""
    sort, field = Sort(differences[0].sort), differences[0].field
    if sort == Sort.NEW:
        _bring(differences)
    elif sort == Sort.GONE:
        _end(differences, on)
    elif sort not in (Sort.CHANGED, Sort.CONFLICT):
        raise Refused(
            _("This is put right in the national system or with the paper at hand, not taken over.")
        )
    elif field == "unit":
        _move(differences, on)
    else:
        _change(differences, field)


def facts_of(difference: Difference) -> Facts:
    """What the export says, with days as days again."""
    said = json.loads(difference.facts.reveal() or "{}")  # type: ignore[attr-defined]
    return {
        name: dt.date.fromisoformat(value) if name in DATES and value else value
        for name, value in said.items()
    }


def _bring(differences: Sequence[Difference]) -> None:
    """New members, and people back from having been in no branch."""
    for difference in differences:
        if difference.fault:
            raise Refused(_("This row breaks a rule, so it is not taken over: %s") % difference.fault)
    every = [facts_of(difference) for difference in differences]
    persons = People(amend=False).bring([_of_person(facts) for facts in every])
    begun = _begun(differences, every, persons)
    keys = pour_found(Membership, begun, by="person_id")
    for difference, person in zip(differences, persons, strict=True):
        difference.person, difference.membership_id = person, keys[person.pk]


def _begun(
    differences: Sequence[Difference], every: Sequence[Facts], persons: Sequence[Person]
) -> list[Facts]:
    """The columns of a stay for each; nobody is in two branches, or has the number of somebody else."""
    numbers = Numbers(facts.get("development_number", "") for facts in every)
    stays = _stays_held(person.pk for person in persons)
    begun: dict[int, Facts] = {}
    nothing = blank(Membership)
    for difference, facts, person in zip(differences, every, persons, strict=True):
        numbers.give(facts.get("development_number", ""), person.pk)
        held = stays.get(person.pk, [])
        if person.pk in begun or any(stay.until is None for stay in held):
            raise Refused(_("%s is a member of a branch meanwhile; compare again.") % person.name)
        since = _beginning(facts, held, difference.reconciliation.as_of)
        place = {"person_id": person.pk, "unit_id": facts["unit"], "since": since}
        said = {name: facts[name] for name in CARRIED if facts.get(name)}
        begun[person.pk] = {**nothing, **place, **said}
    return list(begun.values())


def _of_person(facts: Facts) -> Facts:
    told = {name: facts.get(name, "") for name in PERSONAL if name not in DATES}
    return {**told, "born_on": facts.get("born_on")}


def _beginning(facts: Facts, held: Sequence[Membership], compared_on: dt.date) -> dt.date:
    """When the stay begins; never before the last one was over."""
    since: dt.date = facts.get("since") or facts["joined_on"]
    last = max((stay.until for stay in held if stay.until), default=None)
    return max(last, compared_on) if last and since < last else since


def _end(differences: Sequence[Difference], on: dt.date) -> None:
    """Whom the export no longer holds leaves the branch on the day of the decision."""
    stays = _stays_of(differences)
    gathering = Gathering(Membership)
    for difference in differences:
        stay = stays.get(difference.membership_id)
        if stay is None or stay.until is not None or stay.unit_id != difference.branch_id:
            raise Refused(_("The membership changed since the comparison; compare again."))
        gathering.change(stay, {"until": max(on, stay.since), "ended_because": str(NEVER)[:40]})
    gathering.save()


def _change(differences: Sequence[Difference], field: str) -> None:
    """One fact of persons or of stays takes the export's values."""
    of_person = field in PERSONAL
    held = _persons_of(differences) if of_person else _stays_of(differences)
    keys = [one.person_id if of_person else one.membership_id for one in differences]
    if not held.keys() >= {*keys}:
        raise Refused(_("The person or the membership is gone; compare again."))
    things, every = [held[key] for key in keys], [facts_of(difference) for difference in differences]
    if field == "development_number":
        _demand_numbers(things, every)
    if field == "id_number":
        _add_digests(things, every)
    gathering: Gathering[Any] = Gathering(Person if of_person else Membership)
    for thing, difference, facts in zip(things, differences, every, strict=True):
        _demand_unchanged(thing, difference)
        gathering.change(thing, facts)
    gathering.save(*(_filled(things) if of_person else ()))


def _filled(persons: Iterable[Person]) -> Sequence[str]:
    """Bring what follows from other columns in step; its columns."""
    for person in persons:
        person.fill()
    return "initials", "phone_digest"


def _demand_unchanged(thing: Any, difference: Difference) -> None:
    """The person or the stay still says what it said when it was compared."""
    held = getattr(thing, difference.field)
    if (str(held) if isinstance(held, Sealed) else shown(held)) != difference.held:
        raise Refused(_("This changed on the register since the comparison; compare again."))


def _move(differences: Sequence[Difference], on: dt.date) -> None:
    """The export knows members in another branch: the stay here ends and the one there begins."""
    stays, nothing, begun = _stays_of(differences), blank(Membership), {}
    gathering = Gathering(Membership)
    for difference in differences:
        stay = stays.get(difference.membership_id)
        known = stay is not None and (difference.held == ELSEWHERE or stay.unit_id == difference.branch_id)
        if stay is None or stay.until is not None or not known or stay.person_id in begun:
            raise Refused(_("The membership changed since the comparison; compare again."))
        day, unit = max(on, stay.since), facts_of(difference)["unit"]
        goes_on = {name: getattr(stay, name) for name in CARRIED}
        place = {"person_id": stay.person_id, "unit_id": unit, "since": day}
        begun[stay.person_id] = {**nothing, **place, **goes_on}
        ended = str(_("moved by the national system"))[:40]
        gathering.change(stay, {"until": day, "ended_because": ended})
    gathering.save()
    keys = pour_found(Membership, list(begun.values()), by="person_id")
    for difference in differences:
        difference.membership_id = keys[stays[difference.membership_id].person_id]


class Numbers:
    """Who holds which development number; each belongs to one member."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._holders: dict[str, set[int]] = {}
        held = Membership.objects.filter(Among("development_number", {*numbers} - {""}))
        for number, person in held.values_list("development_number", "person_id"):
            self._holders.setdefault(number, set()).add(person)

    def give(self, number: str, person: int) -> None:
        if not number:
            return
        holders = self._holders.setdefault(number, set())
        if holders - {person}:
            raise Refused(_("Another member has this development number; each belongs to one member."))
        holders.add(person)


def _demand_numbers(stays: Sequence[Membership], every: Sequence[Facts]) -> None:
    """Each number keeps the rules of its day and belongs to nobody else."""
    rulings = Rulings()
    numbers = Numbers(facts["development_number"] for facts in every)
    for stay, facts in zip(stays, every, strict=True):
        number, joined = facts["development_number"], stay.joined_on
        if joined and (problem := number_problem(number, joined, unit=stay.unit, rulings=rulings)):
            raise Refused(problem)
        numbers.give(number, stay.person_id)


def _add_digests(persons: Sequence[Person], every: Sequence[Facts]) -> None:
    """An ID number comes with its digest, by which nobody else may be found."""
    for facts in every:
        facts["id_digest"] = digest(facts["id_number"])
    marks = [facts["id_digest"] for facts in every]
    mine = {person.pk for person in persons}
    taken = Person.objects.filter(Among("id_digest", marks)).exclude(Among("pk", mine))
    if len({*marks}) < len(marks) or taken.exists():
        raise Refused(_("Another person on the register has this ID number; look at the duplicates."))


def _persons_of(differences: Iterable[Difference]) -> dict[Any, Any]:
    """As the register has them now, not as they were read for the page."""
    asked = Among("pk", {one.person_id for one in differences})
    return {person.pk: person for person in Person.objects.filter(asked)}


def _stays_of(differences: Iterable[Difference]) -> dict[Any, Any]:
    asked = Among("pk", {one.membership_id for one in differences})
    return {stay.pk: stay for stay in Membership.objects.filter(asked).select_related("unit")}


def _stays_held(persons: Iterable[int]) -> dict[int, list[Membership]]:
    held: dict[int, list[Membership]] = {}
    for stay in Membership.objects.filter(Among("person", persons)):
        held.setdefault(stay.person_id, []).append(stay)
    return held
