from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from qingce.figures.indicators.definitions import indicators
from qingce.ledger.records import actions
from tests.full_year import FullYear, full_year

BOARD = "/figures/?unit=demo&period=2023"


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    """One year for all tests of this file; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield full_year()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> None:
    cache.clear()


def visit(year: FullYear, by: str, **headers: str) -> Client:
    client = Client(headers=headers)
    client.force_login(year.users[by])
    return client


def test_board_shows_every_indicator_as_a_link_to_its_drawer(year: FullYear) -> None:
    page = visit(year, "secretary").get(BOARD).content.decode()

    for code, indicator in indicators().items():
        assert f'href="/figures/{code}/?unit=demo&amp;period=2023"' in page
        assert indicator.label in page


def test_board_needs_few_queries_and_next_to_none_when_nothing_changed(
    year: FullYear, django_assert_max_num_queries
) -> None:
    client = visit(year, "secretary")
    with django_assert_max_num_queries(29):
        client.get(BOARD)
    with django_assert_max_num_queries(8):
        client.get(BOARD)


def test_a_kept_board_is_drawn_anew_when_a_record_is_voided(year: FullYear) -> None:
    client = visit(year, "secretary")
    before = client.get(BOARD).content

    actions.void(year.record("lecture"), because="重复登记", by=year.users["secretary"])

    assert client.get(BOARD).content != before


def test_board_opens_at_the_latest_year_with_records(year: FullYear) -> None:
    response = visit(year, "secretary").get("/figures/")
    assert response.context["question"].period.code == "2023"


def test_periods_of_last_year_and_part_of_a_year_can_be_asked(year: FullYear) -> None:
    page = visit(year, "secretary").get("/figures/?period=2023-01..2023-11").content.decode()

    assert "2022-01..2022-11" in page.replace("%2E", ".")
    assert 'value="2023-01..2023-11" selected' in page


def test_a_period_that_cannot_be_read_is_refused_with_the_forms_that_can(year: FullYear) -> None:
    response = visit(year, "secretary").get("/figures/?period=last-spring")

    assert response.status_code == 400
    assert "last-spring" in response.content.decode()
    assert "2023Q2" in response.content.decode()


def test_a_unit_is_found_by_pinyin_initials_within_reach_only(year: FullYear) -> None:
    page = visit(year, "street officer").get("/figures/choose/unit/?q=lq").content.decode()
    assert "柳泉街道" in page

    page = visit(year, "street officer").get("/figures/choose/unit/?q=hw").content.decode()
    assert "河湾街道" not in page


@pytest.mark.parametrize("code", indicators())
def test_every_drawer_opens_with_its_definition_and_few_queries(
    code: str, year: FullYear, django_assert_max_num_queries
) -> None:
    client = visit(year, "secretary", **{"HX-Request": "true"})
    with django_assert_max_num_queries(29):
        response = client.get(f"/figures/{code}/?unit=demo&period=2023")

    page = response.content.decode()
    assert response.status_code == 200
    assert indicators()[code].note in page
    assert "<html" not in page


@pytest.mark.parametrize("code", indicators())
def test_every_list_of_rows_and_split_by_unit_opens(code: str, year: FullYear) -> None:
    client = visit(year, "staff")
    for address in (f"/figures/{code}/rows/", f"/figures/{code}/by-unit/"):
        assert client.get(f"{address}?unit=demo&period=2023").status_code == 200


def test_drawer_without_scripts_is_a_whole_page_and_leads_to_the_record(year: FullYear) -> None:
    page = visit(year, "secretary").get("/figures/lectures/?unit=demo&period=2023").content.decode()

    assert "<html" in page
    assert f'href="/records/{year.record("lecture").number}/"' in page


def test_a_formula_opens_its_components(year: FullYear) -> None:
    page = visit(year, "secretary").get("/figures/online_rate/?unit=demo&period=2023").content.decode()

    for part in indicators()["online_rate"].parts:
        assert f"/figures/{part}/" in page


def test_a_further_filter_stands_in_the_address_and_narrows_the_figure(year: FullYear) -> None:
    client = visit(year, "secretary")
    narrowed = client.get("/figures/trainings/?unit=demo&period=2023&where.training_topic=counsellors")
    unknown = client.get("/figures/trainings/?unit=demo&period=2023&where.training_topic=cooking")

    assert narrowed.context["drawer"].figure.extra == {"training_topic": ["counsellors"]}
    assert unknown.status_code == 400


def test_names_are_masked_without_the_right_to_them_and_no_row_is_dropped(year: FullYear) -> None:
    address = "/figures/new_members/rows/?unit=demo&period=2023"
    named = visit(year, "secretary").get(address).content.decode()
    masked = visit(year, "inspector").get(address).content.decode()

    assert "张小明" in named
    assert "张小明" not in masked
    assert "张**" in masked


def test_small_numbers_of_sensitive_matters_are_covered(year: FullYear) -> None:
    address = "/figures/line_cases/?unit=demo&period=2023"

    assert "&lt;5" in visit(year, "secretary").get(address).content.decode()
    assert "&lt;5" not in visit(year, "counsellor").get(address).content.decode()
    assert "&lt;5" in visit(year, "secretary").get(BOARD).content.decode()


def test_export_holds_exactly_the_counted_rows(year: FullYear) -> None:
    client = visit(year, "secretary")
    response = client.get("/figures/league_lessons/rows.xlsx?unit=demo&period=2023")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    numbers = [row[4].value for row in sheet.iter_rows(min_row=2)]
    records = [*year.records("league_lesson"), *year.records("pioneer_lesson")]
    assert sorted(numbers) == sorted(record.number for record in records)


def test_export_is_closed_to_those_who_may_only_read(year: FullYear) -> None:
    address = "/figures/league_lessons/rows.csv?unit=demo&period=2023"
    assert visit(year, "inspector").get(address).status_code == 403


def test_a_neighbour_does_not_find_the_unit_and_a_figure_unknown_is_not_found(year: FullYear) -> None:
    neighbour = visit(year, "neighbour")
    assert neighbour.get("/figures/?unit=demo-1&period=2023").status_code == 404
    assert neighbour.get("/figures/lectures/?unit=demo-1&period=2023").status_code == 404
    assert visit(year, "secretary").get("/figures/no_such_figure/").status_code == 404


def test_a_record_tells_which_figures_count_it(year: FullYear) -> None:
    number = year.record("lecture").number
    page = visit(year, "secretary").get(f"/records/{number}/figures/").content.decode()

    assert "/figures/lectures/" in page
    assert "/figures/trainings/" not in page


def test_a_row_says_what_it_counts_for_as_its_figure_does(year: FullYear) -> None:
    address = "/figures/reform_rank/?unit=demo&period=2023"
    assert "· 第二名" in visit(year, "secretary").get(address).content.decode()
    english = visit(year, "secretary", accept_language="en").get(address).content.decode()
    assert "· 2<" in english
