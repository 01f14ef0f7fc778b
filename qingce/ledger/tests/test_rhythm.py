"""The rhythm of organised life: what was held last, by which rule it is due again."""

from __future__ import annotations

import datetime as dt

import pytest

from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.tests.books import small_county
from qingce.league.people.models import Person
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import actions as ledger
from qingce.ledger.records import families
from qingce.ledger.records.rhythm import Beat, beats

pytestmark = pytest.mark.django_db
ON = dt.date(2024, 6, 1)


@pytest.fixture
def branch() -> Unit:
    return small_county()["X1B1"]


def held(unit: Unit, rule: str, on: dt.date, stage: str = "held") -> None:
    kind = next(one for one in taxonomy().kinds.values() if rule in one.rhythm)
    model = families.family_of(kind.code).model
    record = model(kind=kind.code, stage=stage, title=kind.label, unit=unit, happened_on=on)
    ledger.confirm(ledger.enter(record, by=None), by=None)


def beat(unit: Unit, rule: str) -> Beat | None:
    return next((one for one in beats(unit, on=ON) if one.ruling.code == rule), None)


@pytest.mark.parametrize(
    ("rule", "last", "due", "late"),
    [
        ("branch_meeting_months_most", dt.date(2024, 3, 1), dt.date(2024, 6, 1), False),
        ("branch_meeting_months_most", dt.date(2024, 2, 29), dt.date(2024, 5, 29), True),
        ("league_lesson_months_most", dt.date(2024, 5, 1), dt.date(2024, 8, 1), False),
        ("theme_day_months_most", dt.date(2024, 4, 1), dt.date(2024, 5, 1), True),
    ],
)
def test_what_was_held_is_due_again_by_its_rule(
    branch: Unit, rule: str, last: dt.date, due: dt.date, late: bool
) -> None:
    held(branch, rule, last)
    found = beat(branch, rule)
    assert found is not None
    assert (found.last, found.due, found.late) == (last, due, late)


def test_an_answer_that_it_was_not_held_is_no_beat(branch: Unit) -> None:
    held(branch, "theme_day_months_most", dt.date(2024, 5, 20), stage="not_held")
    found = beat(branch, "theme_day_months_most")
    assert found is not None
    assert (found.last, found.late) == (None, True)


def test_a_small_branch_has_no_committee_to_meet(branch: Unit) -> None:
    for turn in range(7):
        asked = beat(branch, "branch_committee_months_most") is not None
        assert asked is (turn >= 7)
        person = Person.objects.create(name=f"王{turn}")
        Membership.objects.create(person=person, unit=branch, since=dt.date(2022, 9, 1))
    assert beat(branch, "branch_committee_months_most") is not None


def test_the_plenary_is_the_district_s_and_yearly() -> None:
    district = small_county()["demo"]
    held(district, "plenary_yearly_least", dt.date(2023, 7, 1))
    [found] = beats(district, on=ON)
    assert (found.ruling.code, found.due, found.late) == ("plenary_yearly_least", dt.date(2024, 7, 1), False)
