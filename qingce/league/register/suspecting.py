"""Who may be one human being entered twice: the same ID number, or name, date of birth and school."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from qingce.league.people.models import Person
from qingce.league.people.traces import persons_known_at
from qingce.league.register.models import Distinct, Merge

SHOWN = 500  # groups looked at; what is merged makes room for the rest
BY_ID, BY_SCHOOL, BY_BIRTH = "id", "school", "birth"


@dataclass(frozen=True)
class Suspicion:
    """Two entries, the older first, and what makes them look alike."""

    one: Person
    other: Person
    because: str

    @property
    def both(self) -> tuple[Person, Person]:
        return self.one, self.other

    @property
    def is_strong(self) -> bool:
        return self.because in (BY_ID, BY_SCHOOL)

    @property
    def may_merge(self) -> bool:
        """Two different ID numbers are two people, until one of the numbers is corrected."""
        return not (self.one.id_digest and self.other.id_digest)


def suspicions(units: QuerySet[Any] | Collection[int]) -> list[Suspicion]:
    """Pairs of persons known at `units`; who was told apart or merged is not asked about again."""
    persons = persons_known_at(units).exclude(pk__in=_merged())
    apart = set(Distinct.objects.values_list("one", "other"))
    found = [one for one in _pairs(persons) if (one.one.pk, one.other.pk) not in apart]
    return sorted(found, key=lambda one: (not one.is_strong, one.one.initials, one.one.pk))


def _pairs(persons: QuerySet[Person]) -> Iterator[Suspicion]:
    alike = persons.filter(born_on__isnull=False).order_by().values("name", "born_on")
    groups = list(alike.annotate(many=Count("pk")).filter(many__gt=1).values_list("name", "born_on")[:SHOWN])
    names, days = {name for name, _born in groups}, {born for _name, born in groups}
    rows = persons.filter(name__in=names, born_on__in=days).order_by("pk")
    members: dict[tuple[str, Any], list[Person]] = {group: [] for group in groups}
    for person in rows.annotate(account=F("user__name")).prefetch_related("memberships__unit"):
        members.get((person.name, person.born_on), []).append(person)
    for group in members.values():
        for one, other in combinations(group, 2):
            if because := _likeness(one, other):
                yield Suspicion(one, other, because)


def _likeness(one: Person, other: Person) -> str:
    """Two with different ID numbers are namesakes, unless their school is the same too."""
    if one.id_digest and one.id_digest == other.id_digest:
        return BY_ID
    same_school = bool(one.workplace) and one.workplace == other.workplace
    if one.id_digest and other.id_digest:
        return BY_SCHOOL if same_school else ""
    return BY_SCHOOL if same_school else BY_BIRTH


def _merged() -> QuerySet[Any, Any]:
    return Merge.objects.filter(undone_at=None).values("dropped")


def merges_within(units: QuerySet[Any]) -> QuerySet[Merge]:
    """Merges recorded within reach, the latest first; those taken back too."""
    within = Q(unit__in=units)
    return Merge.objects.filter(within).select_related("kept", "dropped", "unit", "by")
