from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import translation

from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import actions
from qingce.ledger.records.families import families, family_of
from qingce.ledger.records.models import Correction, Evidence, Issue, Record, State
from qingce.ledger.records.reading import head
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


def listed(year: FullYear, query: str, *, by: str = "secretary") -> list[str]:
    """Numbers on the page of the ledger, in order."""
    response = client(year, by).get(f"/ledger/?size=200&{query}")
    assert response.status_code == 200
    return [line.number for line in response.context["page_obj"].object_list]


def count(year: FullYear, query: str, *, by: str = "secretary") -> int:
    return client(year, by).get(f"/ledger/?{query}").context["page_obj"].paginator.count


def draft(year: FullYear, title: str = "周末读书会") -> Record:
    kind = year.record("lecture").kind
    record = family_of(kind).model(
        kind=kind,
        stage=taxonomy().kinds[kind].done,
        title=title,
        unit=year.branch,
        happened_on=dt.date(2023, 6, 1),
    )
    actions.enter(record, by=year.users["branch secretary"])
    return record


def state_of(record: Record) -> str:
    return str(type(record)._default_manager.get(pk=record.pk).state)


def test_the_ledger_holds_every_record_of_all_six_families(year: FullYear) -> None:
    total = sum(family.model._default_manager.count() for family in families())

    assert count(year, "") == total
    assert {number[0] for number in listed(year, "")} >= {family.letter for family in families()} - {"O"}


@pytest.mark.parametrize("code", sorted(taxonomy().kinds))
def test_a_kind_lists_exactly_its_records(year: FullYear, code: str) -> None:
    assert sorted(listed(year, f"kind={code}")) == sorted(year.numbers[code])


def test_conditions_are_joined(year: FullYear) -> None:
    number = year.record("lecture").number
    assert number in listed(year, "kind=lecture&period=2023-05&unit=demo-1&state=confirmed")
    for wrong in ("period=2022", "unit=demo-2", "state=void", "grade=estimate", "family=cases"):
        assert number not in listed(year, f"kind=lecture&{wrong}")


def test_a_unit_answers_for_all_beneath_it_unless_asked_alone(year: FullYear) -> None:
    number = year.record("lecture").number

    assert number in listed(year, "unit=demo-1&kind=lecture")
    assert number not in listed(year, "unit=demo-1&kind=lecture&alone=on")


def test_records_are_found_by_title_initials_and_number(year: FullYear) -> None:
    record = draft(year, "清凉一夏社区志愿行")

    for words in ("清凉一夏", "qlyx", "QLYX", record.number, record.number.lower()):
        assert listed(year, f"q={words}") == [record.number], words


def test_a_period_that_is_not_understood_is_said_and_lists_nothing(year: FullYear) -> None:
    response = client(year, "secretary").get("/ledger/?period=someday")

    assert "someday" in response.content.decode()
    assert response.context["page_obj"].paginator.count == 0


def test_the_total_equals_the_lines(year: FullYear) -> None:
    for query in ("state=confirmed", "q=a", "family=publishing", "missing=on", "unit=demo-1"):
        assert count(year, query) == len(listed(year, query)), query


def test_the_list_is_sorted_as_asked(year: FullYear) -> None:
    draft(year)
    numbers = listed(year, "sort=number")

    assert numbers == sorted(numbers)
    assert listed(year, "sort=-number")[0] == numbers[-1]


def test_a_neighbour_sees_nothing_of_the_other_street(year: FullYear) -> None:
    assert listed(year, "", by="neighbour") == []
    assert client(year, "neighbour").get(f"/records/{year.record('lecture').number}/").status_code == 404


def test_a_ledger_of_many_needs_as_many_queries_as_a_ledger_of_few(
    year: FullYear, django_assert_max_num_queries: Any
) -> None:
    reader = client(year, "secretary")
    with django_assert_max_num_queries(16) as few:
        reader.get("/ledger/")
    for n in range(20):
        draft(year, f"读书会{n}")
    with django_assert_max_num_queries(len(few)):
        reader.get("/ledger/")


def test_the_exported_file_holds_exactly_the_lines_on_the_screen(year: FullYear, tmp_path: Any) -> None:
    query = "family=membership"
    response = client(year, "secretary").get(f"/ledger/records.xlsx?{query}")
    file = tmp_path / "ledger.xlsx"
    file.write_bytes(b"".join(response.streaming_content))

    rows = list(openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True))

    assert [row[0] for row in rows] == listed(year, query)


def test_export_is_closed_to_a_branch_secretary(year: FullYear) -> None:
    assert client(year, "branch secretary").get("/ledger/records.csv").status_code == 403


@pytest.mark.parametrize("code", sorted(taxonomy().kinds))
def test_every_kind_has_a_page_that_states_its_number(year: FullYear, code: str) -> None:
    record = year.record(code)

    page = client(year, "secretary").get(f"/records/{record.number}/")

    assert page.status_code == 200
    assert record.number in page.content.decode()


@pytest.mark.parametrize("code", taxonomy().kinds)
def test_no_heading_of_a_records_lists_is_the_name_of_a_column(year: FullYear, code: str) -> None:
    with translation.override("zh-hans"):
        lists = year.record(code).lists()
        heads = [head(part.rows.model, column) for part in lists for column in part.columns]
    assert [one for one in heads if one.isascii()] == []


def test_a_name_in_a_title_is_masked_for_whoever_may_not_see_names(year: FullYear) -> None:
    family = next(one for one in families() if one.code == "membership")
    record = family.model._default_manager.select_related("person").first()
    assert record is not None
    name = record.person.name  # type: ignore[attr-defined]
    actions.correct(record, title=f"{name} 入团", because="补全标题", by=year.users["secretary"])

    for address in (f"/records/{record.number}/", "/ledger/?family=membership&size=200"):
        assert name in client(year, "secretary").get(address).content.decode()
        assert name not in client(year, "inspector").get(address).content.decode()
    assert listed(year, "family=membership", by="inspector") == listed(year, "family=membership")


@pytest.mark.parametrize("code", sorted(one.code for one in taxonomy().kinds.values() if one.confidential))
def test_a_confidential_matter_shows_its_facts_to_its_handlers_alone(year: FullYear, code: str) -> None:
    record = year.record(code)
    actions.correct(record, by=year.users["secretary"], because="补记", note="来电人反映住处被打扰")
    address = f"/records/{record.number}/"

    assert "来电人反映住处被打扰" in client(year, "counsellor").get(address).content.decode()
    assert "来电人反映住处被打扰" not in client(year, "secretary").get(address).content.decode()
    assert client(year, "secretary").get(f"{address}correction/").status_code == 403
    assert client(year, "secretary").get(f"{address}papers/?paper=1").status_code == 403


@pytest.mark.parametrize("code", sorted(one.code for one in taxonomy().kinds.values() if one.confidential))
def test_the_reason_of_a_confidential_void_is_closed_with_the_matter(year: FullYear, code: str) -> None:
    record = year.record(code)
    actions.void(record, because="来电人要求撤回陈述", by=year.users["counsellor"])
    address = f"/records/{record.number}/"

    assert "来电人要求撤回陈述" in client(year, "counsellor").get(address).content.decode()
    assert "来电人要求撤回陈述" not in client(year, "secretary").get(address).content.decode()


def test_a_draft_is_submitted_returned_submitted_and_confirmed_on_its_pages(year: FullYear) -> None:
    record = draft(year)
    for label in record.missing_evidence():
        Evidence.objects.create(record=record.number, label=label)
    address = f"/records/{record.number}"
    branch, street = client(year, "branch secretary"), client(year, "street officer")

    branch.post(f"{address}/submission/")
    assert state_of(record) == State.SUBMITTED
    street.post(f"{address}/return/", {"because": "请补人数"})
    assert state_of(record) == State.DRAFT
    assert "请补人数" in branch.get(f"{address}/").content.decode()
    branch.post(f"{address}/submission/")
    street.post(f"{address}/confirmation/")
    assert state_of(record) == State.CONFIRMED


def test_what_was_returned_is_amended_before_it_is_submitted_again(year: FullYear) -> None:
    record = draft(year)
    door = f"/records/{record.number}/amendment/"
    branch, street = client(year, "branch secretary"), client(year, "street officer")
    branch.post(f"/records/{record.number}/submission/")
    street.post(f"/records/{record.number}/return/", {"because": "请写明题目"})
    facts = {name: said for name, bound in _fields(branch.get(door)) if (said := bound.value()) is not None}

    assert f'href="{door}"' in branch.get(f"/records/{record.number}/").content.decode()
    branch.post(door, {**facts, "title": "周末读书会：我的家乡"})

    amended = type(record)._default_manager.get(pk=record.pk)
    assert (amended.title, amended.state) == ("周末读书会：我的家乡", State.DRAFT)


def test_what_counts_is_corrected_and_no_longer_amended(year: FullYear) -> None:
    record = year.record("lecture")
    door = f"/records/{record.number}/amendment/"
    street = client(year, "street officer")
    facts = {name: said for name, bound in _fields(street.get(door)) if (said := bound.value()) is not None}

    street.post(door, {**facts, "title": "悄悄改过的题目"})

    assert type(record)._default_manager.get(pk=record.pk).title == record.title


def test_only_bodies_within_reach_are_links(year: FullYear) -> None:
    record = draft(year)
    above = [f'<a href="/units/{unit.code}/">' for unit in record.unit.above(day=record.happened_on)]
    seen = {
        by: client(year, by).get(f"/records/{record.number}/").content.decode()
        for by in ("secretary", "branch secretary")
    }

    assert above
    assert all(link in seen["secretary"] for link in above)
    assert not any(link in seen["branch secretary"] for link in above)


def test_asking_changes_nothing(year: FullYear) -> None:
    record = draft(year)
    street = client(year, "street officer")

    for noun in ("submission", "amendment", "confirmation", "return", "voiding", "correction", "evidence"):
        assert street.get(f"/records/{record.number}/{noun}/").status_code == 200

    assert state_of(record) == State.DRAFT


def test_confirmation_is_hidden_from_neighbours_and_closed_to_a_branch(year: FullYear) -> None:
    door = f"/records/{draft(year).number}/confirmation/"

    assert client(year, "neighbour").post(door).status_code == 404
    assert client(year, "branch secretary").post(door).status_code == 403


def test_a_record_is_not_voided_without_a_reason(year: FullYear) -> None:
    record = year.record("lecture")
    street = client(year, "street officer")

    street.post(f"/records/{record.number}/voiding/", {"because": "  "})
    assert state_of(record) == State.CONFIRMED
    street.post(f"/records/{record.number}/voiding/", {"because": "重复登记"})
    assert state_of(record) == State.VOID


def test_a_correction_keeps_what_stood_before(year: FullYear) -> None:
    record = year.record("lecture")
    address = f"/records/{record.number}/correction/"
    street = client(year, "street officer")
    facts = {
        name: field.value() or "" for name, field in _fields(street.get(address)) if field.value() is not None
    }

    street.post(address, {**facts, "title": "更正后的题目", "because": "题目有误"})

    kept = Correction.objects.get(record=record.number)
    assert (kept.field, kept.before, kept.after) == ("title", record.title, "更正后的题目")
    assert "更正后的题目" in street.get(f"/records/{record.number}/").content.decode()


def _fields(response: Any) -> list[tuple[str, Any]]:
    return [(bound.name, bound) for bound in response.context["form"]]


def test_evidence_is_kept_and_can_be_fetched_again(year: FullYear, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    record = draft(year)
    street = client(year, "street officer")
    paper = SimpleUploadedFile("签到表.pdf", b"%PDF-1.7 a sheet of signatures")

    street.post(f"/records/{record.number}/evidence/", {"label": "签到表", "file": paper})

    kept = Evidence.objects.get(record=record.number)
    address = f"/records/{record.number}/papers/?paper={kept.pk}"
    fetched = street.get(address)
    assert b"".join(fetched.streaming_content) == b"%PDF-1.7 a sheet of signatures"
    assert (
        client(year, "neighbour").get(f"/records/{record.number}/papers/?paper={kept.pk}").status_code == 404
    )


@pytest.mark.parametrize(
    ("name", "inside"), [("签到表.pdf", b"MZ\x90 a program"), ("签到表.pdf", b"<html>"), ("空.pdf", b"")]
)
def test_a_file_that_is_not_what_it_says_is_refused(year: FullYear, name: str, inside: bytes) -> None:
    record = draft(year)
    response = client(year, "street officer").post(
        f"/records/{record.number}/evidence/", {"label": "签到表", "file": SimpleUploadedFile(name, inside)}
    )

    assert response.context["form"].errors
    assert not Evidence.objects.filter(record=record.number).exists()


def test_an_issue_is_named_as_an_officer_says_it() -> None:
    issue = Issue(series=next(iter(taxonomy().series)), year=2023, number=4, title="学雷锋")

    with translation.override("zh-hans"):
        assert str(issue) == f"{issue.series_label}2023年第4期 学雷锋"
