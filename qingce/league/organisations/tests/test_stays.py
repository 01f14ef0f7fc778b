"""Stays of one person never overlap, whatever is tried in whatever order."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit, UnitKind
from qingce.league.organisations.stays import begin_stay, end_stay, give_number, move_stay, stay_of
from qingce.league.people.models import Person

pytestmark = pytest.mark.django_db
FIRST = dt.date(2024, 1, 1)


@pytest.fixture
def branches() -> list[Unit]:
    return [
        Unit.objects.create(
            code=f"b{n}", name=f"第{n}支部", short_name=f"第{n}支部", kind=UnitKind.BRANCH, domain="village",
            founded_on=dt.date(2020, 1, 1),
        )
        for n in range(3)
    ]  # fmt: skip


ACTS = some.lists(
    some.tuples(some.sampled_from(["begin", "end", "move"]), some.integers(0, 2), some.integers(0, 60)),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_stays_never_overlap(branches: list[Unit], acts: list[tuple[str, int, int]]) -> None:
    person = Person.objects.create(name="张小明")
    for act, place, days in acts:
        day = FIRST + dt.timedelta(days=days)
        try:
            if act == "begin":
                begin_stay(person, branches[place], on=day, by=None)
            elif (stay := stay_of(person, on=day)) is not None:
                if act == "end":
                    end_stay(stay, on=day, because="测试", by=None)
                else:
                    move_stay(stay, branches[place], on=day, because="测试", by=None)
        except Refused:
            pass
        stays = list(Membership.objects.filter(person=person).order_by("since"))
        assert all(one.until is None or one.since < one.until for one in stays)
        assert all(a.until is not None and a.until <= b.since for a, b in itertools.pairwise(stays))


def test_a_member_takes_the_number_along_and_leaves_the_post(branches: list[Unit]) -> None:
    person = Person.objects.create(name="王芳")
    stay = begin_stay(person, branches[0], on=FIRST, by=None, development_number="202362000001", duty="书记")
    now = move_stay(stay, branches[1], on=dt.date(2024, 3, 1), because="就业", by=None)
    assert (now.development_number, now.duty) == ("202362000001", "")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("20236200000", "12 digits"),
        ("202462000001", "2024"),
        ("2023620000AB", "digits only"),
        ("202362000001", "else"),
    ],
)
def test_a_missing_number_is_entered_when_it_is_right(
    branches: list[Unit], settings_en: None, number: str, sentence: str
) -> None:
    other = Person.objects.create(name="李四")
    begin_stay(other, branches[0], on=FIRST, by=None, development_number="202362000001")
    stay = begin_stay(
        Person.objects.create(name="王芳"), branches[0], on=FIRST, by=None, joined_on=dt.date(2023, 5, 4)
    )
    with pytest.raises(Refused, match=sentence):
        give_number(stay, number, by=None)
    assert give_number(stay, "202362000002", by=None).development_number == "202362000002"
    with pytest.raises(Refused, match="already"):
        give_number(stay, "202362000003", by=None)


@pytest.fixture
def settings_en(settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]


def test_members_belong_to_branches_that_exist(branches: list[Unit], settings_en: None) -> None:
    person = Person.objects.create(name="王芳")
    body = Unit.objects.create(
        code="c", name="团委", short_name="团委", kind=UnitKind.COMMITTEE, domain="office", founded_on=FIRST
    )
    with pytest.raises(Refused, match="not a branch"):
        begin_stay(person, body, on=FIRST, by=None)
    with pytest.raises(Refused, match="did not exist"):
        begin_stay(person, branches[0], on=dt.date(2019, 12, 31), by=None)
