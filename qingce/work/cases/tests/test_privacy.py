"""What was said in a case is read by those who handle cases, one by one, and erased in time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import Told
from qingce.league.people.retention import erase, rules
from qingce.work.cases.models import Case, Step
from tests.full_year import FullYear, full_year

pytestmark = pytest.mark.django_db
WORDS = "孩子说晚上不敢回家"


@pytest.fixture
def year() -> FullYear:
    return full_year()


@pytest.fixture
def case(year: FullYear) -> Case:
    case = year.record("service_line_case")
    assert isinstance(case, Case)
    case.sealed_text = WORDS  # type: ignore[assignment]
    case.save()
    return case


def visit(year: FullYear, by: str, address: str, **posted: str) -> str:
    client = Client()
    client.force_login(year.users[by])
    return (client.post(address, posted) if posted else client.get(address)).content.decode()


def test_the_counsellor_asks_on_the_page_of_the_case_and_reads_with_a_reason(
    year: FullYear, case: Case
) -> None:
    door = reverse("sealed-fact", args=["cases.case", case.pk, "sealed_text"])
    page = visit(year, "counsellor", f"/records/{case.number}/")

    assert door in page
    assert WORDS not in page
    assert WORDS in visit(year, "counsellor", door, own="回访前了解情况")
    assert Entry.objects.get(told=Told.FACT_REVEALED).reference == case.number


@pytest.mark.parametrize("reader", ["secretary", "staff", "street officer", "branch secretary", "inspector"])
def test_nobody_else_reads_it_or_is_led_to_it(year: FullYear, case: Case, reader: str) -> None:
    door = reverse("sealed-fact", args=["cases.case", case.pk, "sealed_text"])

    assert door not in visit(year, reader, f"/records/{case.number}/")
    assert WORDS not in visit(year, reader, door, own="想看一看内容")


def test_it_is_erased_years_after_the_case_was_closed_and_the_case_still_counts(case: Case) -> None:
    for step in Step.objects.filter(case=case):
        step.on = dt.date(2019, 5, 4)
        step.save()
    rule = rules()["closed_cases"]

    assert not rule.due(today=dt.date(2022, 5, 4)).filter(pk=case.pk).exists()
    assert erase(rule, today=dt.date(2022, 5, 5), by=None) == 1

    kept = Case.objects.counted().get(pk=case.pk)
    assert not kept.sealed_text
