"""For any tree, posts, stand-ins and days: the lock and the list agree, and no sibling is reached."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingce.foundation.accounts.models import User
from qingce.league.access.models import StandIn
from qingce.league.access.reach import may, units
from qingce.league.access.roles import PERMISSIONS, roles
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Post, Unit, UnitKind
from qingce.league.people.models import Person

START = dt.date(2023, 1, 1)
DAYS = st.integers(0, 30).map(lambda n: START + dt.timedelta(days=n))
TERMS = st.tuples(DAYS, st.one_of(st.none(), DAYS))
POSTS = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(sorted(roles())), TERMS), max_size=4)
STAND_INS = st.lists(st.tuples(st.integers(0, 3), DAYS, DAYS), max_size=3)
PARENTS = st.lists(st.integers(0, 11), min_size=1, max_size=11)

Term = tuple[dt.date, dt.date | None]


def holds(term: Term, day: dt.date) -> bool:
    return term[0] <= day and (term[1] is None or day < term[1])


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=PARENTS,
    posts=POSTS,
    others=POSTS,
    stand_ins=STAND_INS,
    day=DAYS,
    permission=st.sampled_from(sorted(PERMISSIONS)),
)
def test_may_is_membership_in_units_and_reach_never_crosses_to_a_sibling(
    parents: list[int], posts: Any, others: Any, stand_ins: Any, day: dt.date, permission: str, db: None
) -> None:
    with transaction.atomic():
        _compare(parents, posts, others, stand_ins, day, permission)
        transaction.set_rollback(True)


def _compare(
    parents: list[int], posts: Any, others: Any, stand_ins: Any, day: dt.date, permission: str
) -> None:
    tree = [None, *(parent % (n + 1) for n, parent in enumerate(parents))]
    made = _planted(tree)
    user = User(username="lin", name="林")
    user.set_unusable_password()
    user.save()
    mine, somebody = Person.objects.create(name="林", user=user), Person.objects.create(name="王")
    terms = [(at % len(tree), role, term) for at, role, term in posts]
    _posts(mine, terms, made)
    their = [(at % len(tree), role, term) for at, role, term in others]
    for place_, since, until in stand_ins:
        if their:
            at, role, term = their[place_ % len(their)]
            [post] = _posts(somebody, [(at, role, term)], made)
            StandIn.objects.create(post=post, person=mine, since=since, until=until, because="培训")
            if holds((since, until), day):
                terms = [*terms, (at, role, term)]

    # Worked out from the parents alone: the unit itself or one of those above it carries such a post.
    tops = {at for at, role, term in terms if holds(term, day) and permission in roles()[role].permissions}
    expected = {n for n in range(len(tree)) if tops & set(_line(tree, n))}

    listed = set(units(user, permission, on=day).values_list("pk", flat=True))
    assert listed == {made[n].pk for n in expected}
    for unit in made:
        assert may(user, permission, unit, on=day) == (unit.pk in listed)


def _planted(tree: list[int | None]) -> list[Unit]:
    made = [
        Unit.objects.create(
            code=f"U{n}",
            name=f"U{n}",
            short_name=f"U{n}",
            kind=UnitKind.COMMITTEE,
            domain=Domain.OFFICE,
            founded_on=START,
        )
        for n in range(len(tree))
    ]
    place([(made[n], None if parent is None else made[parent]) for n, parent in enumerate(tree)])
    return made


def _posts(person: Person, terms: Any, made: list[Unit]) -> list[Post]:
    return [
        Post.objects.create(person=person, unit=made[at], role=role, since=term[0], until=term[1])
        for at, role, term in terms
    ]


def _line(tree: list[int | None], n: int | None) -> list[int]:
    """A unit and all above it."""
    return [] if n is None else [n, *_line(tree, tree[n])]
