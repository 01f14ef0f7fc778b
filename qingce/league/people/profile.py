"""A person as one reader may see him or her, and what the person sees of that."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.audit.told import LOOKS
from qingce.foundation.dates import in_force
from qingce.league.access.roles import granting, roles
from qingce.league.organisations.models import Membership, Placement, Post
from qingce.league.people.models import Consent, Person
from qingce.league.people.purposes import CONSENT_BELOW, purposes
from qingce.league.people.traces import dated_rows, units_knowing

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

SHOWN = 100
Facts = list[tuple[Any, Any]]


class Profile:
    """What is held about one person."""

    def __init__(self, person: Person, *, on: dt.date) -> None:
        self.person = person
        self.on = on

    @property
    def is_child(self) -> bool:
        age = self.person.age(on=self.on)
        return age is not None and age < CONSENT_BELOW

    @property
    def facts(self) -> Facts:
        person = self.person
        known: Facts = [
            (_("Sex"), person.get_sex_display()),
            (_("Date of birth"), person.born_on),
            (_("Age"), person.age(on=self.on)),
            (_("Ethnic group"), person.ethnicity),
            (_("Political status"), person.political_status),
            (_("Education"), person.education),
            (_("School or employer"), person.workplace),
        ]
        if stay := self.stay:
            known += [
                (_("Branch"), stay.unit),
                (_("Joined the League on"), stay.joined_on),
                (_("Development number"), stay.development_number),
                (_("Member card number"), stay.card_number),
                (_("State of the electronic file"), stay.certification),
            ]
        return [(label, value) for label, value in known if value not in (None, "")]

    @cached_property
    def stay(self) -> Membership | None:
        """The membership in force."""
        return self.person.memberships.filter(in_force(self.on)).select_related("unit").first()

    @cached_property
    def consents(self) -> list[tuple[Consent, Any]]:
        """Each consent with its purpose, the latest first."""
        kept = self.person.consents.select_related("guardian")
        return [(one, purposes().get(one.purpose, one.purpose)) for one in kept]

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Every row about the person: what it is, at which unit; confidential matters are left out."""
        return [
            {"table": str(trace.model._meta.verbose_name), "unit": row.of_unit, "what": str(row), "row": row}
            for trace, row in dated_rows(self.person)
            if not getattr(getattr(row, "kind_of_work", None), "confidential", False)
        ]

    @cached_property
    def posts_that_see(self) -> list[tuple[str, str, str]]:
        """Unit, post and name of everybody who may open the person's page today."""
        places = Placement.objects.on(self.on).filter(unit__in=units_knowing(self.person, on=self.on))
        above = {path[:end] for path in places.values_list("path", flat=True) for end in range(len(path) + 1)}
        units = Placement.objects.on(self.on).filter(path__in=above).values("unit")
        posts = Post.objects.on(self.on).filter(unit__in=units, role__in=granting("person.see"))
        named = posts.select_related("unit", "person").order_by("unit__protocol_order", "unit__code", "since")
        return [
            (post.unit.short_name, post.title or str(roles()[post.role]), post.person.name) for post in named
        ]

    @cached_property
    def looks(self) -> list[Entry]:
        """Who opened the page or looked at a sealed fact, the latest first."""
        entries = Entry.objects.filter(reference=self.person.reference, told__in=LOOKS)
        return list(entries.select_related("by")[:SHOWN])

    @property
    def tables(self) -> list[tuple[str, int]]:
        return sorted(Counter(row["table"] for row in self.rows).items())


def note_reader(person: Person, *, by: User) -> None:
    """One sentence a day for each reader of a person's page."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    read = Entry.objects.filter(by=by, told=Told.PERSON_READ, reference=person.reference, at__gte=today)
    if not read.exists():
        tell(Told.PERSON_READ, by=by, about=person.name, reference=person.reference)
