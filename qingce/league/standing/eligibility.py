"""One question of many doors: may this person vote, sponsor, be honoured on that day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
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
    bar = Bar(for_)
    found: dict[int, str] = {}
    if bar in MEMBERS_ONLY:
        members = Membership.objects.on(on).filter(person__in=people).values_list("person", flat=True)
        sentence = _("not a member of the League on %s") % on
        found = dict.fromkeys(set(people) - set(members), sentence)
    for one in _restrictions(people, bar, on).filter(binding=True):
        found[one.person_id] = _in_words(one)
    return found


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


def _restrictions(people: Collection[int], bar: Bar, on: dt.date):  # type: ignore[no-untyped-def]
    return Restriction.objects.on(on).filter(person__in=people, bars=bar)


def _in_words(one: Restriction) -> str:
    if one.until is None:
        return _("%(because)s since %(since)s") % {"because": one.because, "since": one.since}
    return _("%(because)s from %(since)s until %(until)s") % {
        "because": one.because, "since": one.since, "until": one.until,
    }  # fmt: skip
