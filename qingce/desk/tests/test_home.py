from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import actions
from qingce.ledger.records.models import Record
from qingce.work.activities.actions import record_activity
from tests.full_year import FullYear, full_year


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    """One year for all tests of this file; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield full_year()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here stands on the year in the database."""


def client(year: FullYear, by: str) -> Client:
    one = Client()
    one.force_login(year.users[by])
    return one


def submitted(year: FullYear, title: str) -> Record:
    kind = next(one.code for one in taxonomy().kinds.values() if one.short_form)
    day = dt.date(2023, 6, 1)
    by = year.users["branch secretary"]
    record = record_activity(kind=kind, unit=year.branch, happened_on=day, today=day, by=by, title=title)
    return actions.submit(record, by=by)


def test_home_asks_a_stranger_to_sign_in() -> None:
    assert Client().get("/").status_code == 302


@pytest.mark.parametrize(
    "by", ["secretary", "staff", "inspector", "counsellor", "street officer", "branch secretary"]
)
def test_everyone_has_a_home(year: FullYear, by: str) -> None:
    assert client(year, by).get("/").status_code == 200


def test_what_a_branch_submits_awaits_the_street_and_not_the_neighbour(year: FullYear) -> None:
    record = submitted(year, "周末读书会")

    assert f"/records/{record.number}/" in client(year, "street officer").get("/").content.decode()
    assert f"/records/{record.number}/" not in client(year, "neighbour").get("/").content.decode()


def test_a_confirmed_record_no_longer_waits(year: FullYear) -> None:
    record = submitted(year, "周末读书会")
    page = client(year, "street officer").get("/")
    before = page.context["waiting_count"]

    actions.void(record, because="重复登记", by=year.users["street officer"])

    assert client(year, "street officer").get("/").context["waiting_count"] == before - 1


def test_a_branch_sees_first_what_is_asked_of_it(year: FullYear) -> None:
    page = client(year, "branch secretary").get("/")

    assert page.context["branch"] == year.branch
    assert "waiting" not in page.context


def test_home_needs_as_many_queries_with_much_to_do_as_with_little(
    year: FullYear, django_assert_max_num_queries: Any
) -> None:
    reader = client(year, "street officer")
    with django_assert_max_num_queries(30) as few:
        reader.get("/")
    for n in range(12):
        submitted(year, f"读书会{n}")
    with django_assert_max_num_queries(len(few)):
        reader.get("/")


def test_the_count_of_what_waits_is_that_of_the_list(year: FullYear) -> None:
    submitted(year, "周末读书会")
    page = client(year, "street officer").get("/")

    listed = client(year, "street officer").get("/ledger/?state=submitted").context["page_obj"]

    assert page.context["waiting_count"] == listed.paginator.count
