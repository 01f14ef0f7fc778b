from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import actions
from qingce.ledger.records.models import Evidence, Grade, Issue, State
from qingce.work.activities.coverage import addressed, coverage, open_issues
from qingce.work.activities.models import Activity
from tests.full_year import FullYear, full_year

SHORT = [one.code for one in taxonomy().kinds.values() if one.short_form and not one.retired]
DAY = dt.date(2023, 6, 8)


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    """One year for all tests of this file; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield full_year()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here stands on the year in the database."""


@pytest.fixture
def asked(year: FullYear) -> Issue:
    """An issue of June that the district puts to its branches."""
    return Issue.objects.create(
        series=addressed()[0],
        year=2023,
        number=7,
        title="清凉一夏社区志愿行",
        issued_by=year.district,
        opens_on=dt.date(2023, 6, 1),
        due_on=dt.date(2023, 6, 30),
    )


def client(year: FullYear, by: str) -> Client:
    one = Client()
    one.force_login(year.users[by])
    return one


def newest() -> Activity:
    return Activity.objects.latest("pk")


@pytest.mark.parametrize("kind", SHORT)
def test_every_kind_in_short_form_is_recorded_with_a_day_and_a_number(year: FullYear, kind: str) -> None:
    branch = client(year, "branch secretary")
    assert branch.get(f"/activities/new/{kind}/").status_code == 200

    branch.post(
        f"/activities/new/{kind}/", {"happened_on": "2023-06-08", "attendance": "12", "unit": "demo-1-1"}
    )

    entered = newest()
    assert (entered.kind, entered.happened_on, entered.attendance) == (kind, DAY, 12)
    assert entered.state == State.SUBMITTED
    assert entered.title


def test_a_kind_that_the_short_form_cannot_hold_has_no_such_page(year: FullYear) -> None:
    long = next(one.code for one in taxonomy().kinds.values() if not one.short_form)

    assert client(year, "secretary").get(f"/activities/new/{long}/").status_code == 404


def test_who_may_confirm_records_and_confirms_in_one_act(year: FullYear) -> None:
    kind = next(code for code in SHORT if not taxonomy().kinds[code].evidence)

    client(year, "street officer").post(
        f"/activities/new/{kind}/", {"happened_on": "2023-06-08", "unit": "demo-1-1"}
    )

    assert newest().state == State.CONFIRMED


def test_a_day_in_the_future_is_refused_with_a_sentence(year: FullYear) -> None:
    before = newest()
    response = client(year, "branch secretary").post(
        f"/activities/new/{SHORT[0]}/", {"happened_on": "2999-01-01", "unit": "demo-1-1"}
    )

    assert response.context["form"].errors
    assert newest() == before


def test_nothing_is_recorded_for_a_unit_beyond_reach(year: FullYear) -> None:
    before = newest()
    response = client(year, "neighbour").post(
        f"/activities/new/{SHORT[0]}/", {"happened_on": "2023-06-08", "unit": "demo-1-1"}
    )

    assert response.context["form"].errors["unit"]
    assert newest() == before


def test_an_inspector_records_nothing(year: FullYear) -> None:
    assert client(year, "inspector").get("/activities/new/").status_code == 403
    assert client(year, "inspector").get(f"/activities/new/{SHORT[0]}/").status_code == 403


def test_the_branch_answers_once_and_sees_its_answer_the_second_time(year: FullYear, asked: Issue) -> None:
    branch = client(year, "branch secretary")
    kind = taxonomy().kinds[taxonomy().series[asked.series].kind]
    facts = {"stage": kind.done, "happened_on": "2023-06-08", "attendance": "2"}
    assert "清凉一夏" in branch.get(f"/issues/{asked.pk}/answer/").content.decode()

    branch.post(f"/issues/{asked.pk}/answer/", facts)
    second = branch.post(f"/issues/{asked.pk}/answer/", facts)

    answer = Activity.objects.get(issue=asked)
    assert (answer.unit, answer.series) == (year.branch, asked.series)
    assert second.url == f"/records/{answer.number}/"


def test_an_issue_waits_until_it_is_answered(year: FullYear, asked: Issue) -> None:
    assert asked in open_issues(year.branch, on=dt.date(2023, 6, 2))
    assert asked not in open_issues(year.branch, on=dt.date(2023, 5, 31))

    test_the_branch_answers_once_and_sees_its_answer_the_second_time(year, asked)

    assert asked not in open_issues(year.branch, on=dt.date(2023, 6, 9))


def test_nothing_is_asked_of_a_branch_for_the_time_before_it_was_founded(
    year: FullYear, asked: Issue
) -> None:
    year.branch.founded_on = dt.date(2023, 7, 1)

    assert asked not in open_issues(year.branch, on=dt.date(2023, 7, 2))


def test_coverage_names_the_branches_that_have_not_answered(year: FullYear, asked: Issue) -> None:
    page = client(year, "secretary").get(f"/issues/{asked.pk}/")
    assert page.context["coverage"].answered == 0
    assert str(year.branch) in page.content.decode()

    test_the_branch_answers_once_and_sees_its_answer_the_second_time(year, asked)

    page = client(year, "secretary").get(f"/issues/{asked.pk}/")
    assert (page.context["coverage"].answered, page.context["coverage"].expected) == (1, 1)
    assert not page.context["page_obj"].object_list


def test_a_void_answer_is_none(year: FullYear, asked: Issue) -> None:
    test_the_branch_answers_once_and_sees_its_answer_the_second_time(year, asked)
    actions.void(Activity.objects.get(issue=asked), because="填错了期次", by=year.users["secretary"])

    seen = coverage(asked, within=type(year.branch).objects.all(), on=DAY)

    assert (seen.answered, list(seen.unanswered)) == (0, [year.branch])


def test_a_branch_expected_to_answer_stood_under_the_issuing_body_on_the_due_day(
    year: FullYear, asked: Issue
) -> None:
    asked.issued_by = year.other_street

    assert coverage(asked, within=type(year.branch).objects.all(), on=DAY).expected == 0


def test_the_list_of_issues_names_only_those_put_to_branches(year: FullYear, asked: Issue) -> None:
    page = client(year, "branch secretary").get("/issues/")

    assert asked in page.context["page_obj"].object_list
    assert {issue.series for issue in page.context["page_obj"].object_list} <= set(addressed())


def test_the_list_of_issues_needs_as_many_queries_for_many_as_for_few(
    year: FullYear, asked: Issue, django_assert_max_num_queries: Any
) -> None:
    reader = client(year, "secretary")
    with django_assert_max_num_queries(15) as few:
        reader.get("/issues/")
    for number in range(20, 40):
        asked.pk, asked.number = None, number
        asked.save()
    with django_assert_max_num_queries(len(few)):
        reader.get("/issues/")


def test_what_a_platform_reports_is_not_asked_of_a_branch_again(year: FullYear, asked: Issue) -> None:
    series = taxonomy().series
    asked.series = next(code for code in addressed() if not taxonomy().kinds[series[code].kind].short_form)
    asked.save()

    assert asked not in open_issues(year.branch, on=DAY)
    response = client(year, "branch secretary").get(f"/issues/{asked.pk}/answer/")
    assert response.url == f"/issues/{asked.pk}/"


def test_coverage_is_asked_for_one_body(year: FullYear, asked: Issue) -> None:
    reader = client(year, "secretary")

    here = reader.get(f"/issues/{asked.pk}/?unit=demo-1").context["coverage"]
    elsewhere = reader.get(f"/issues/{asked.pk}/?unit=demo-2").context["coverage"]

    assert (here.expected, elsewhere.expected) == (1, 0)


def test_the_short_form_offers_the_words_of_its_kind_and_keeps_those_chosen(year: FullYear) -> None:
    kind = next(one for one in taxonomy().kinds.values() if one.short_form and len(one.facets) > 1)
    facet = kind.facets[1]
    word = next(iter(taxonomy().facets[facet].words))
    branch = client(year, "branch secretary")

    page = branch.get(f"/activities/new/{kind.code}/").content.decode()
    branch.post(
        f"/activities/new/{kind.code}/", {"happened_on": "2023-06-08", "unit": "demo-1-1", facet: [word]}
    )

    assert all(f'name="{one}"' in page for one in kind.facets)
    assert list(newest().tags.values_list("facet", "word")) == [(facet, word)]


def test_a_paper_comes_with_the_short_form(year: FullYear, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    paper = SimpleUploadedFile("签到表.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n")

    client(year, "branch secretary").post(
        f"/activities/new/{SHORT[0]}/", {"happened_on": "2023-06-08", "unit": "demo-1-1", "paper": paper}
    )

    assert Evidence.objects.get(record=newest().number).file
    assert newest().grade == Grade.DOCUMENT


def test_an_answer_given_twice_amends_the_first_until_it_is_confirmed(year: FullYear, asked: Issue) -> None:
    branch = client(year, "branch secretary")
    said = {"stage": "held", "happened_on": "2023-06-08", "attendance": "12"}
    branch.post(f"/issues/{asked.pk}/answer/", said)
    first = newest()
    assert 'value="12"' in branch.get(f"/issues/{asked.pk}/answer/").content.decode()

    branch.post(f"/issues/{asked.pk}/answer/", {**said, "attendance": "15"})

    assert newest().pk == first.pk
    assert (newest().attendance, newest().state) == (15, State.SUBMITTED)
    actions.confirm(newest(), by=year.users["secretary"])
    assert branch.get(f"/issues/{asked.pk}/answer/").status_code == 302
