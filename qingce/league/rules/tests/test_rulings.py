"""What a rule says on a day and at a place; what is refused and what is only warned of."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from qingce.foundation.refusals import Refused
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Unit
from qingce.league.rules import demand, ruling, rulings_held_still, rulings_on
from qingce.league.rules.catalogue import rules
from qingce.league.rules.models import RuleOverride

EVE, DAY = dt.date(2023, 7, 31), dt.date(2023, 8, 1)


@pytest.fixture
def tree(db):
    """A district, a street beneath it, a branch beneath that."""
    founded = dt.date(2010, 1, 1)
    made = [
        Unit.objects.create(code=code, name=code, short_name=code, kind=kind, founded_on=founded)
        for code, kind in (("D", "district_committee"), ("S", "work_committee"), ("B", "branch"))
    ]
    place(zip(made, [None, *made], strict=False))
    return made


def order(rule: str, unit: Unit, value: str, since: dt.date = DAY, **said) -> RuleOverride:
    return RuleOverride.objects.create(
        rule=rule, unit=unit, value=value, since=since, reason="试", basis="团区委通知", **said
    )


def test_an_unmet_binding_rule_refuses_and_names_itself_its_basis_and_its_date():
    with translation.override("en"), pytest.raises(Refused) as refused:
        demand(False, "admission_age_least", "Too young.", on=DAY)

    assert "Too young." in str(refused.value)
    assert "Youngest age of admission, 14" in str(refused.value)
    assert "《中国共产主义青年团发展团员工作细则》" in str(refused.value)
    assert "2023" in str(refused.value)


def test_a_local_rule_warns_and_a_rule_not_in_force_is_silent():
    warnings: list[str] = []

    demand(False, "admission_volunteer_hours_least", "Too few hours.", on=EVE, warnings=warnings)
    demand(False, "admission_volunteer_hours_least", "Too few hours.", on=DAY, warnings=warnings)

    assert len(warnings) == 1
    assert "Too few hours." in warnings[0]


def test_a_local_rule_blocks_beneath_the_body_that_switched_it_on(tree):
    district, street, branch = tree
    order("admission_mentor_talks_least", street, "2", switched_on=True)

    assert ruling("admission_mentor_talks_least", on=DAY, unit=branch).blocks
    assert not ruling("admission_mentor_talks_least", on=DAY, unit=district).blocks
    with pytest.raises(Refused):
        demand(False, "admission_mentor_talks_least", "Too few talks.", on=DAY, unit=branch)


def test_the_nearest_body_decides_and_nobody_loosens_the_law(tree):
    district, street, branch = tree
    order("admission_lesson_hours_least", district, "10")
    assert ruling("admission_lesson_hours_least", on=DAY, unit=branch).value == 10

    order("admission_lesson_hours_least", street, "12")
    assert ruling("admission_lesson_hours_least", on=DAY, unit=branch).value == 12
    assert ruling("admission_lesson_hours_least", on=DAY, unit=district).value == 10

    order("admission_lesson_hours_least", branch, "2")
    assert ruling("admission_lesson_hours_least", on=DAY, unit=branch).value == 8


def test_a_bulk_check_asks_a_constant_number_of_questions(tree, django_assert_num_queries):
    order("admission_lesson_hours_least", tree[0], "10")
    with rulings_held_still() as held, django_assert_num_queries(2):
        for day in (DAY, DAY, DAY):
            for code in rules():
                held.ruling(code, on=day, unit=tree[2])

    assert rulings_on(DAY)["admission_lesson_hours_least"].value == 8
