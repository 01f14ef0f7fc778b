"""Finding a person within reach: by name, initials, a number of the League, ID number or phone.

ID number and phone are compared by their keyed digests; what was asked is sent by POST and kept nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from qingce.foundation.dates import in_force
from qingce.foundation.privacy.fields import digest
from qingce.foundation.words import code_name, folded
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Membership
from qingce.league.people.models import Person
from qingce.league.people.traces import persons_known_at
from qingce.league.people.veil import OF_AGE

SHOWN = 50
ID_DIGITS, PHONE_DIGITS, NUMBER_DIGITS = 18, 11, 5


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Name, initials, number, ID number or phone"), max_length=60, widget=forms.TextInput
    )

    @property
    def words(self) -> str:
        return folded(self.cleaned_data["q"]).replace(" ", "")


@dataclass(frozen=True)
class Found:
    """One person with the stay in force, if there is one."""

    person: Person
    stay: Membership | None
    age: int | None

    @property
    def name(self) -> str:
        """A child who is no member goes by code name in a list; the page of the person tells the log."""
        child = self.stay is None and self.age is not None and self.age < OF_AGE
        return code_name(self.person.name) if child else self.person.name


def search(words: str, reach: Reach) -> tuple[Sequence[Found], bool]:
    """Persons whom the reader may open today, and whether there are more than are shown."""
    if not words:
        return [], False
    known = persons_known_at(reach.units("person.see").values("pk"), on=reach.on)
    rows = known.filter(called(words)).order_by("initials", "pk")
    stays: Any = Membership.objects.filter(in_force(reach.on)).select_related("unit")
    persons = list(rows.prefetch_related(Prefetch("memberships", stays, to_attr="stays_now"))[: SHOWN + 1])
    found = [_found(person, reach.on) for person in persons[:SHOWN]]
    return sorted(found, key=lambda one: one.stay is None), len(persons) > SHOWN


def called(words: str) -> Q:
    """What a person may be known by; sealed facts only whole."""
    named = Q(name__contains=words)
    if not words.isascii():
        return named
    named |= Q(initials__startswith=words.lower())
    if words.isdigit() and len(words) >= NUMBER_DIGITS:
        numbered = Q(development_number=words) | Q(card_number=words) | Q(volunteer_number=words)
        named |= Q(Exists(Membership.objects.filter(numbered, person=OuterRef("pk"))))
    if len(words) == PHONE_DIGITS and words.isdigit():
        named |= Q(phone_digest=digest(words))
    if len(words) == ID_DIGITS:
        named |= Q(id_digest=digest(words.upper()))
    return named


def _found(person: Any, on: dt.date) -> Found:
    return Found(person, next(iter(person.stays_now), None), person.age(on=on))
