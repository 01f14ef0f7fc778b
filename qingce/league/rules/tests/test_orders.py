"""What a body may order, what it may not, and that the log hears of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told
from qingce.foundation.refusals import Refused
from qingce.league.rules import ruling
from qingce.league.rules.actions import end_order, order
from qingce.league.rules.catalogue import rules
from tests.full_year import full_year

DAY = dt.date(2024, 3, 1)
HOURS, TALKS = "admission_lesson_hours_least", "admission_mentor_talks_least"


@pytest.fixture
def year(db):
    return full_year()


def ordered(year, rule=HOURS, value="10", **said):
    usual = {
        "since": DAY,
        "reason": "从严要求",
        "basis": "青河团发〔2024〕3号",
        "by": year.users["secretary"],
    }
    return order(rules()[rule], said.pop("unit", year.street), value, **{**usual, **said})


def test_an_order_holds_beneath_the_body_until_it_is_ended_and_both_are_told(year):
    made = ordered(year)
    assert ruling(HOURS, on=DAY, unit=year.branch).value == 10
    assert ruling(HOURS, on=DAY, unit=year.branch).ordered_by == "柳泉街道"
    assert ruling(HOURS, on=DAY, unit=year.school).value == 8
    assert ruling(HOURS, on=DAY - dt.timedelta(days=1), unit=year.branch).value == 8

    end_order(made, on=dt.date(2024, 9, 1), by=year.users["secretary"])

    assert ruling(HOURS, on=dt.date(2024, 8, 31), unit=year.branch).value == 10
    assert ruling(HOURS, on=dt.date(2024, 9, 1), unit=year.branch).value == 8
    told = Entry.objects.filter(told__in=[Told.RULE_ORDERED, Told.RULE_ORDER_ENDED])
    assert [entry.told for entry in told.order_by("pk")] == ["rule.ordered", "rule.order_ended"]


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"value": "6"}, "never less"),
        ({"value": "eight"}, "not a value of this rule"),
        ({"value": "8"}, "nothing needs to be ordered"),
        ({"reason": " "}, "Say the reason"),
        ({"basis": ""}, "Say the paper"),
        ({"until": DAY}, "must come after the first"),
        ({"rule": "admission_volunteer_hours_least", "value": "20"}, "is not in force"),
        ({"rule": "election_present_share", "value": "1/2"}, "never less"),
        ({"rule": "review_excellent_share", "value": "2/5"}, "never less"),
        ({"rule": "term_branch", "value": "2"}, "never less"),
    ],
)
def test_what_no_body_may_order(year, said, because):
    with translation.override("en"), pytest.raises(Refused) as refused:
        ordered(year, **said)
    assert because in str(refused.value)


def test_a_second_order_of_the_same_body_waits_for_the_end_of_the_first(year):
    ordered(year, until=dt.date(2025, 1, 1))

    with pytest.raises(Refused):
        ordered(year, value="12")
    ordered(year, value="12", since=dt.date(2025, 1, 1))

    assert ruling(HOURS, on=dt.date(2025, 1, 1), unit=year.branch).value == 12


def test_switching_on_a_local_rule_is_an_order_of_its_own(year):
    ordered(year, TALKS, "2", switched_on=True)

    assert ruling(TALKS, on=DAY, unit=year.branch).blocks
    assert not ruling(TALKS, on=DAY, unit=year.school).blocks


def test_the_secretary_orders_by_the_form_and_the_staff_only_read(year, client):
    client.force_login(year.users["staff"])
    assert client.get(reverse("rules")).status_code == 200
    assert client.get(reverse("rule", args=[HOURS])).status_code == 200
    assert client.get(reverse("rule-order", args=[HOURS])).status_code == 403

    client.force_login(year.users["secretary"])
    said = {"unit": "demo-1", "value": "9", "since": "2024-03-01", "reason": "从严", "basis": "〔2024〕3号"}
    assert client.post(reverse("rule-order", args=[HOURS]), said).status_code == 302

    assert ruling(HOURS, on=DAY, unit=year.branch).value == 9
    assert "〔2024〕3号" in client.get(reverse("rule", args=[HOURS])).content.decode()


def test_the_table_of_rules_asks_a_constant_number_of_questions(year, client, django_assert_max_num_queries):
    for hours, unit in enumerate((year.district, year.street, year.school), 10):
        ordered(year, value=str(hours), unit=unit)
    client.force_login(year.users["staff"])
    with django_assert_max_num_queries(14):
        client.get(reverse("rules"))
