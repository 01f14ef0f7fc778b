"""Frozen means frozen: an issued report keeps its text, values, definitions and rows."""

from __future__ import annotations

import pytest
from django.test import Client

from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.ledger.periods import Period
from qingce.ledger.records import actions as records
from qingce.reports import actions
from qingce.reports.models import FrozenFigure, Snapshot
from qingce.reports.outline import outlines
from tests.full_year import FullYear

SUMMARY = "/reports/annual-summary/?unit=demo&year=2023"


def visit(year: FullYear, by: str) -> Client:
    client = Client()
    client.force_login(year.users[by])
    return client


def test_an_issued_report_keeps_every_figure_with_its_definition_and_rows(issued: Snapshot) -> None:
    figures = {one.code: one for one in issued.figures.all()}

    assert list(figures) == outlines()["annual-summary"].codes()
    for one in figures.values():
        assert one.definition
        assert one.definition_digest
        assert one.counted
    assert issued.is_intact()


def test_nothing_drifts_while_nothing_changes(issued: Snapshot) -> None:
    assert issued.drift() == {}


def test_a_voided_record_appears_as_drift_and_the_issued_text_stays(issued: Snapshot, year: FullYear) -> None:
    lecture = year.record("lecture")
    records.void(lecture, because="重复登记", by=year.users["secretary"])

    drift = Snapshot.objects.get(pk=issued.pk).drift()

    assert drift["lectures"].difference == -1
    assert [row.number for row in drift["lectures"].removed] == [lecture.number]
    assert "宣讲党的二十大精神和团十九大精神1场次" in "".join(b.text for b in issued.composed.blocks)


def test_drift_needs_few_queries(issued: Snapshot, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        Snapshot.objects.get(pk=issued.pk).drift()


def test_an_issued_report_can_be_neither_changed_nor_deleted(issued: Snapshot) -> None:
    figure = issued.figures.first()
    for attempt in (
        issued.save,
        issued.delete,
        figure.save,
        figure.delete,
        Snapshot.objects.all().delete,
        lambda: Snapshot.objects.update(title="改写"),
        lambda: FrozenFigure.objects.update(value=0),
        lambda: FrozenFigure.objects.bulk_update([figure], ["value"]),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_report_with_gaps_is_not_issued(year: FullYear) -> None:
    with pytest.raises(Refused, match="青年工作联席会议"):
        actions.freeze(
            outlines()["annual-summary"],
            year.other_street,
            Period.year(2023),
            by=year.users["secretary"],
        )
    assert not Snapshot.objects.exists()


def test_issuing_leaves_one_sentence_in_the_log(issued: Snapshot) -> None:
    entry = Entry.objects.get(told="report.frozen")
    assert entry.about == issued.title
    assert entry.details["digest"] == issued.digest


def test_from_the_summary_to_the_record_are_two_clicks(year: FullYear) -> None:
    client = visit(year, "secretary")
    summary = client.get(SUMMARY).content.decode()
    assert 'href="/figures/lectures/?unit=demo&amp;period=2023"' in summary

    drawer = client.get("/figures/lectures/?unit=demo&period=2023").content.decode()
    assert f"/records/{year.record('lecture').number}/" in drawer


@pytest.mark.parametrize(
    "address",
    [
        "/reports/",
        SUMMARY,
        "/reports/annual-summary/checks/?unit=demo&period=2023",
        "/reports/annual-summary/issue/?unit=demo&period=2023",
        "/reports/annual-summary/?unit=demo-2&period=2023-01..2023-11",
    ],
)
def test_every_page_opens_with_few_queries(
    address: str, year: FullYear, django_assert_max_num_queries
) -> None:
    client = visit(year, "secretary")
    with django_assert_max_num_queries(29):
        assert client.get(address).status_code == 200


def test_files_are_handed_out_under_the_reports_title(year: FullYear) -> None:
    client = visit(year, "secretary")
    for ending in ("docx", "md", "html"):
        response = client.get(f"/reports/annual-summary/file.{ending}?unit=demo&period=2023")
        assert response.status_code == 200
        assert f".{ending}" in response.headers["Content-Disposition"]


def test_issuing_is_confirmed_first_and_leads_to_the_issued_report(year: FullYear) -> None:
    client = visit(year, "secretary")
    address = "/reports/annual-summary/issue/?unit=demo&period=2023"
    assert client.get(address).status_code == 200
    assert not Snapshot.objects.exists()

    response = client.post(address, follow=True)

    assert response.status_code == 200
    assert Snapshot.objects.get().title in response.content.decode()


def test_issued_page_and_file_show_the_text_as_issued(
    issued: Snapshot, year: FullYear, django_assert_max_num_queries
) -> None:
    records.void(year.record("lecture"), because="重复登记", by=year.users["secretary"])
    client = visit(year, "secretary")

    with django_assert_max_num_queries(29):
        page = client.get(f"/reports/snapshots/{issued.pk}/").content.decode()
    file = client.get(f"/reports/snapshots/{issued.pk}/file.md").getvalue().decode()

    assert "1场次" in page
    assert year.record("lecture").number in page
    assert issued.composed.title in file


def test_only_who_may_issue_issues(year: FullYear) -> None:
    address = "/reports/annual-summary/issue/?unit=demo&period=2023"
    assert visit(year, "staff").post(address).status_code == 403
    assert visit(year, "neighbour").post(address).status_code == 404
    assert not Snapshot.objects.exists()


def test_a_neighbour_finds_no_report_and_a_colleague_a_closed_door(issued: Snapshot, year: FullYear) -> None:
    assert visit(year, "neighbour").get(f"/reports/snapshots/{issued.pk}/").status_code == 404
    assert visit(year, "neighbour").get("/reports/annual-summary/?unit=demo-1").status_code == 404
    assert visit(year, "branch secretary").get("/reports/annual-summary/").status_code == 403
    assert visit(year, "secretary").get("/reports/no-such-report/").status_code == 404
