"""Separation of duties: system administration, security and audit never meet in one person.

GB/T 22239-2019 (graded protection, third level) asks for the three roles to be held apart.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.models import StandIn
from qingce.league.access.roles import DUTIES, roles
from qingce.league.organisations.models import Post
from qingce.league.people.models import Person


@dataclass(frozen=True)
class Term:
    """A duty that one person has from a day until a day, by a post or by standing in for one."""

    person: Person
    duty: str
    since: dt.date
    until: dt.date | None

    def meets(self, other: Term) -> bool:
        """Whether both are in force on some day."""
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )


def keep_apart(person: Person, role: str, since: dt.date, until: dt.date | None) -> None:
    """Refuse what would put two duties into one hand."""
    duty = roles()[role].duty
    if not duty or not settings.DUTIES_SEPARATE:
        return
    wanted = Term(person, duty, since, until)
    for held in _terms(Q(person=person)):
        if held.duty != duty and held.meets(wanted):
            raise Refused(
                _("%(person)s already has the duty of %(duty)s in that time. Name somebody else.")
                % {"person": person.name, "duty": DUTIES[held.duty]}
            )


def violations(*, on: dt.date) -> list[str]:
    """Everybody who from `on` on has two duties at once, one sentence each."""
    held: dict[Person, list[Term]] = defaultdict(list)
    for term in _terms(Q()):
        if term.until is None or term.until > on:
            held[term.person].append(term)
    return [
        _("%(person)s has two duties at once: %(first)s, and %(second)s. End one of the posts.")
        % {"person": person.name, "first": DUTIES[first.duty], "second": DUTIES[second.duty]}
        for person, terms in held.items()
        for place, first in enumerate(terms)
        for second in terms[place + 1 :]
        if first.duty != second.duty and first.meets(second)
    ]


def _terms(whose: Q) -> Iterator[Term]:
    duties = {role.code: role.duty for role in roles().values() if role.duty}
    for post in Post.objects.filter(whose, role__in=duties).select_related("person").order_by("pk"):
        yield Term(post.person, duties[post.role], post.since, post.until)
    stand_ins = StandIn.objects.filter(whose, post__role__in=duties).select_related("person", "post")
    for one in stand_ins.order_by("pk"):
        yield Term(one.person, duties[one.post.role], one.since, one.until)
