"""Merging two entries of one person and taking the merge back is the identity over every table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingce.foundation.accounts.models import User
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.access.models import StandIn
from qingce.league.organisations.models import Membership, Post
from qingce.league.people.models import Consent, Guardian, Person, Request
from qingce.league.register.merging import merge, relations, unmerge
from qingce.league.register.models import Merge
from qingce.work.activities.models import Activity, Participation
from qingce.work.membership.models import MemberCase
from tests.full_year import FullYear, full_year

START = dt.date(2022, 1, 1)
DAYS = st.integers(0, 900).map(lambda n: START + dt.timedelta(days=n))
STAYS = st.lists(
    st.tuples(st.booleans(), DAYS, st.one_of(st.none(), st.integers(1, 400)), st.booleans()), max_size=4
)
FACTS = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["", "male"]),
        "education": st.sampled_from(["", "高中", "大学本科"]),
        "workplace": st.sampled_from(["", "河湾中学"]),
        "phone": st.sampled_from(["", "13800000001", "13900000002"]),
        "waiting_name": st.booleans(),
        "born_on": st.sampled_from([None, dt.date(2006, 1, 1)]),
    }
)
ROWS = st.fixed_dictionaries(
    {
        "stays": STAYS,
        "facts": FACTS,
        "guardians": st.sets(st.sampled_from(["张父", "张母"])),
        "consent": st.booleans(),
        "takes_part": st.booleans(),
        "admitted": st.booleans(),
        "asks": st.booleans(),
        "serves": st.booleans(),
    }
)
# Who holds the ID number and the account, which one row alone may have.
HOLDER = st.sampled_from(["", "one", "other"])
# What the verbs themselves write, and what the log keeps of them.
NOT_COMPARED = {"register.merge", "audit.entry", "audit.head", "audit.checkpoint"}


def everything() -> dict[str, list[Any]]:
    """Every row of every table as the database stores it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and model._meta.label_lower not in NOT_COMPARED:
                table = connection.ops.quote_name(model._meta.db_table)
                key = connection.ops.quote_name(model._meta.pk.column)
                cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
                found[model._meta.label_lower] = cursor.fetchall()
    return found


@pytest.fixture
def year(db: None) -> FullYear:
    return full_year()


def person(year: FullYear, rows: dict[str, Any], *, number: str, user: User | None) -> Person:
    made = Person.objects.create(
        name="张小明", user=user, id_number=number, id_digest=digest(number), **rows["facts"]
    )
    for here, since, days, numbered in rows["stays"]:
        unit = year.branch if here else year.school
        Membership.objects.create(
            person=made,
            unit=unit,
            since=since,
            until=since + dt.timedelta(days=days) if days else None,
            joined_on=since,
            development_number="202162000001" if numbered else "",
        )
    for name in rows["guardians"]:
        Guardian.objects.create(person=made, name=name, phone="13700000003")
    if rows["consent"]:
        Consent.objects.create(person=made, purpose="care", given_on=START)
    if rows["takes_part"]:
        Participation.objects.create(activity=Activity.objects.first(), person=made)
    if rows["admitted"]:
        case = MemberCase.objects.order_by("pk").first()
        case.pk, case.number, case.person = None, f"M{made.pk}", made
        case.save(force_insert=True)
    if rows["asks"]:
        Request.objects.create(person=made, sort="copy", words="要一份", due_on=START)
    if rows["serves"]:
        post = Post.objects.create(person=made, unit=year.branch, role="branch_secretary", since=START)
        StandIn.objects.create(post=post, person=made, since=START, until=dt.date(2025, 1, 1))
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=ROWS, other=ROWS, numbered=HOLDER, accounted=HOLDER)
def test_merging_and_taking_back_is_the_identity_over_all_tables(
    year: FullYear, one: Any, other: Any, numbered: str, accounted: str
) -> None:
    with transaction.atomic():
        user = User.objects.create_user(username="xm", password=None, name="张小明")
        made = [
            person(
                year,
                rows,
                number="990150200601010010" if numbered == name else "",
                user=user if accounted == name else None,
            )
            for name, rows in (("one", one), ("other", other))
        ]
        before = everything()

        done = merge(*made, unit=year.branch, by=year.users["secretary"])
        _demand_merged(*made)
        unmerge(Merge.objects.get(pk=done.pk), by=year.users["secretary"])

        after = everything()
        assert {table for table in before if before[table] != after[table]} == set()
        transaction.set_rollback(True)


def _demand_merged(keep: Person, drop: Person) -> None:
    """Nothing that could move still names the merged row, and nobody is in two branches at a time."""
    names = {"guardian", "consent", "participation"}  # one such row a person; a doubled one stays
    left = {
        column.model._meta.model_name
        for column in relations()
        if column.model._base_manager.filter(**{column.name: drop.pk}).exists()
    }
    assert left <= names
    assert not Person.objects.get(pk=drop.pk).id_digest
    stays = [
        (stay.since, stay.until)
        for stay in keep.memberships.order_by("since")
        if stay.until is None or stay.until > stay.since
    ]
    assert len(stays) <= keep.memberships.count()


def test_two_id_numbers_two_accounts_and_a_later_merge_stand_in_the_way(year: FullYear) -> None:
    by = year.users["secretary"]
    people = [Person.objects.create(name="张小明") for _n in range(3)]
    first = merge(people[0], people[1], unit=year.branch, by=by)
    with pytest.raises(Refused):
        merge(people[2], people[1], unit=year.branch, by=by)
    second = merge(people[2], people[0], unit=year.branch, by=by)
    with pytest.raises(Refused):
        unmerge(first, by=by)
    unmerge(second, by=by)
    unmerge(first, by=by)
    with pytest.raises(Refused):
        unmerge(first, by=by)

    numbered = [
        Person.objects.create(name="张", id_number=number, id_digest=digest(number))
        for number in ("990150200601010010", "990150200601010029")
    ]
    with pytest.raises(Refused):
        merge(*numbered, unit=year.branch, by=by)


def test_every_column_that_names_a_person_is_walked() -> None:
    walked = {column.model._meta.label_lower for column in relations()}
    some = {"organisations.membership", "activities.participation", "cases.case", "register.difference"}
    assert some <= walked
    assert not {"register.merge", "register.distinct"} & walked
