"""One question of many doors: may this person vote, sponsor, be honoured on that day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import overlaps
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Person
from qingce.league.standing.models import Bar, Restriction

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

MEMBERS_ONLY = {Bar.VOTE, Bar.SPONSOR, Bar.EXCELLENT}


def eligible(person: Person, *, for_: str, on: dt.date) -> bool:
    """Whether nothing that refuses stands against it on the day."""
    return not hindrances([person.pk], for_=for_, on=on)


def hindrance(person: Person, *, for_: str, on: dt.date) -> str:
    """What stands against it, as a sentence; empty when nothing does."""
    return hindrances([person.pk], for_=for_, on=on).get(person.pk, "")


def hindrances(people: Collection[int], *, for_: str, on: dt.date) -> dict[int, str]:
    """For each of these persons whom something hinders: what. Two queries, however many they are."""
    found = hindrances_by_day([(person, on) for person in people], for_=for_)
    return {person: because for (person, _day), because in found.items()}


def hindrances_by_day(asked: Collection[tuple[int, dt.date]], *, for_: str) -> dict[tuple[int, dt.date], str]:
    """The same for persons each on a day of their own. Two queries, however many days there are."""
    bar, people = Bar(for_), {person for person, _day in asked}
    found: dict[tuple[int, dt.date], str] = {}
    if bar in MEMBERS_ONLY:
        stays = _by_person(Membership.objects.filter(person__in=people))
        for person, day in asked:
            if not any(overlaps(one.since, one.until, day, day) for one in stays.get(person, ())):
                found[person, day] = _("not a member of the League on %s") % day
    barred = _by_person(Restriction.objects.filter(person__in=people, bars=bar, binding=True))
    for person, day in asked:
        for one in barred.get(person, ()):
            if overlaps(one.since, one.until, day, day):
                found[person, day] = _in_words(one)
    return found


def _by_person(rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.person_id, []).append(row)
    return grouped


def doubts(person: Person, *, for_: str, on: dt.date) -> list[str]:
    """What should be considered and refuses nothing: the rule behind it is not settled."""
    return [_in_words(one) for one in _restrictions([person.pk], Bar(for_), on).filter(binding=False)]


def restrictions_on(person: Person, *, on: dt.date) -> list[Restriction]:
    """Everything suspended on the day, for the person's page."""
    return list(Restriction.objects.on(on).filter(person=person))


@telling()
def restrict(
    person: Person,
    unit: Unit,
    bars: Iterable[str],
    *,
    since: dt.date,
    until: dt.date | None,
    because: str,
    by: User,
    binding: bool = True,
    record: str = "",
) -> list[Restriction]:
    """Suspend rights of `person` from `since` until the day before `until`."""
    made = Restriction.objects.bulk_create(
        Restriction(
            person=person,
            unit=unit,
            bars=Bar(bar),
            since=since,
            until=until,
            binding=binding,
            because=because,
            record=record,
        )
        for bar in bars
    )
    details = {"bars": [one.bars for one in made], "since": since, "until": until}
    tell(Told.RESTRICTED, by=by, about=f"{person} · {because}", reference=person.reference, details=details)
    return made


@telling()
def lift(record: str, *, on: dt.date, about: str, by: User) -> int:
    """What the decision of a record suspends is suspended no longer from `on`; how many rights came back."""
    resting = Restriction.objects.on(on).filter(record=record)
    number = resting.update(until=on)
    tell(Told.RESTRICTIONS_LIFTED, by=by, about=about, reference=record, details={"on": on, "rights": number})
    return number


def _restrictions(people: Collection[int], bar: Bar, on: dt.date) -> QuerySet[Restriction]:
    rows: QuerySet[Restriction] = Restriction.objects.on(on)
    return rows.filter(person__in=people, bars=bar)


def _in_words(one: Restriction) -> str:
    if one.until is None:
        return _("%(because)s since %(since)s") % {"because": one.because, "since": one.since}
    return _("%(because)s from %(since)s until %(until)s") % {
        "because": one.because, "since": one.since, "until": one.until,
    }  # fmt: skip
