"""A figure that stands in several documents is shown to agree, or why not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.test import Client

from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from qingce.ledger.records import actions as records
from qingce.reports import actions
from qingce.reports.issued.actions import put_right
from qingce.reports.issued.agreement import Group, groups, uses
from qingce.reports.models import Snapshot
from qingce.reports.tests.briefings import brief, briefing
from tests.full_year import FullYear


def visit(year: FullYear, who: str) -> Client:
    client = Client()
    client.force_login(year.users[who])
    return client


def found(year: FullYear, who: str = "secretary") -> dict[str, Group]:
    reach = Reach(year.users[who], on=dt.date(2024, 1, 10))
    return {one.code: one for one in groups(uses(reach))}


def void_lectures(year: FullYear) -> None:
    for record in year.records("lecture"):
        records.void(record, because="同一场登记两次", by=year.users["secretary"])


def reasons(group: Group) -> list[tuple[str, ...]]:
    return [one.reasons for one in group.others]


def test_documents_of_the_same_state_agree(issued: Snapshot, year: FullYear) -> None:
    brief(year, "lectures")
    assert reasons(found(year)["lectures"]) == [()]


def test_records_that_changed_in_between_are_the_reason_and_are_listed(
    issued: Snapshot, year: FullYear
) -> None:
    number = year.record("lecture").number
    void_lectures(year)
    later = brief(year, "lectures")

    group = found(year)["lectures"]
    assert group.reference.figure.snapshot_id == later.pk
    assert reasons(group) == [("records",)]

    page = visit(year, "secretary").get("/reports/agreement/lectures/?year=2023").content.decode()
    assert number in page
    assert "同一场登记两次" in page
    listed = visit(year, "secretary").get("/reports/agreement/").content.decode()
    assert issued.title in listed
    assert later.title in listed


def test_another_period_is_named_as_the_reason(issued: Snapshot, year: FullYear) -> None:
    brief(year, "lectures", period="2023-01..2023-03")
    assert reasons(found(year)["lectures"]) == [("period",)]


def test_another_version_of_the_definition_is_named(issued: Snapshot, year: FullYear) -> None:
    void_lectures(year)
    document = briefing(year, "lectures")
    source = replace(document.sources[0], digest="another", version=9)
    actions.issue(
        replace(document, sources=(source,)),
        unit=year.district,
        period=Period.year(2023),
        by=year.users["secretary"],
    )
    assert reasons(found(year)["lectures"]) == [("definition",)]


def test_another_unit_is_named(issued: Snapshot, year: FullYear) -> None:
    document = briefing(year, "lectures")
    source = replace(
        document.sources[0],
        unit="demo-2",
        value=document.sources[0].value and document.sources[0].value - 1,
    )
    actions.issue(
        replace(document, sources=(source,)),
        unit=year.district,
        period=Period.year(2023),
        by=year.users["secretary"],
    )
    assert reasons(found(year)["lectures"]) == [("unit",)]


def test_a_value_written_otherwise_is_named_even_where_the_counts_agree(
    issued: Snapshot, year: FullYear
) -> None:
    brief(year, "lectures", override="按上级口径")
    assert reasons(found(year)["lectures"]) == [("override",)]


def test_an_erratum_brings_documents_into_agreement(issued: Snapshot, year: FullYear) -> None:
    void_lectures(year)
    brief(year, "lectures")
    assert found(year)["lectures"].differing

    put_right(issued, because="登记重复", by=year.users["secretary"], figures=["lectures"])

    assert not found(year)["lectures"].differing


def test_a_replaced_issue_is_held_against_nothing(issued: Snapshot, year: FullYear) -> None:
    first = brief(year, "lectures")
    void_lectures(year)
    actions.issue(
        briefing(year, "lectures"),
        unit=year.district,
        period=Period.year(2023),
        by=year.users["secretary"],
        replaces=first,
        because="登记重复",
    )
    [other] = found(year)["lectures"].others
    assert other.use.figure.snapshot_id == issued.pk


def test_a_neighbour_compares_only_what_is_within_reach(issued: Snapshot, year: FullYear) -> None:
    brief(year, "lectures")
    assert found(year, "neighbour") == {}
    page = visit(year, "neighbour").get("/reports/agreement/lectures/")
    assert issued.title not in page.content.decode()


def test_a_reason_can_be_chosen(issued: Snapshot, year: FullYear) -> None:
    brief(year, "lectures", "volunteer_sessions", period="2023-01..2023-03")
    client = visit(year, "secretary")
    assert "/reports/agreement/lectures/" in client.get("/reports/agreement/?reason=period").content.decode()
    records_only = client.get("/reports/agreement/?reason=records").content.decode()
    assert "/reports/agreement/lectures/" not in records_only


def test_pages_ask_as_often_for_three_documents_as_for_two(
    issued: Snapshot, year: FullYear, django_assert_max_num_queries: Any
) -> None:
    codes = ("lectures", "volunteer_sessions", "youth_home_activities")
    void_lectures(year)
    brief(year, *codes)
    for record in year.records("volunteer_service"):
        records.void(record, because="重复", by=year.users["secretary"])
    brief(year, *codes)
    client = visit(year, "secretary")
    with django_assert_max_num_queries(12):
        assert client.get("/reports/agreement/").status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get("/reports/agreement/lectures/?year=2023").status_code == 200
