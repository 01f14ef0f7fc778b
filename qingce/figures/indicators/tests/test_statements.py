"""A figure stated by hand: who, why and by which paper stand beside it, and so does what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from qingce.figures.indicators import actions, batch
from qingce.figures.indicators.definitions import indicators, read_indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.models import Statement
from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.foundation.stanzas import CatalogueRefused
from qingce.ledger.periods import Period
from tests.full_year import YEAR, FullYear, full_year

CODE = next(code for code, one in indicators().items() if one.stated and one.form != "rank")
COUNTED_ONLY = next(code for code, one in indicators().items() if not one.stated)
PERIOD = Period.year(YEAR)
PAPER = "团市委〔2023〕18号通报，存办公室3号柜"


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield full_year()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here stands on the year in the database."""


def stated(year: FullYear, value: int = 4321, code: str = CODE) -> Statement:
    return actions.state(
        indicators()[code],
        year.district,
        PERIOD,
        value=Decimal(value),
        because="平台统计口径由上级公布",
        paper=PAPER,
        by=year.users["secretary"],
    )


def drawn(year: FullYear, code: str = CODE) -> Figure:
    figure = Figure(indicators()[code], year.district, PERIOD)
    batch.evaluate([figure])
    return figure


def visit(year: FullYear, address: str, *, by: str = "secretary", **sent: Any) -> Any:
    client = Client()
    client.force_login(year.users[by])
    address = f"{address}?unit=demo&period={YEAR}" if "?" not in address else address
    return client.post(address, sent) if sent else client.get(address)


def test_what_is_counted_stays_as_it_was_beside_what_is_stated(year: FullYear) -> None:
    before = drawn(year).value
    said = stated(year)
    figure = drawn(year)

    assert (figure.value, figure.recount()) == (before, before)
    assert figure.told == said.value
    assert "4321" in figure.exact
    assert PAPER in figure.definition
    assert drawn(year).like(period=Period.year(YEAR - 1)).statement is None


def test_it_is_marked_with_who_why_and_paper_on_board_and_drawer(year: FullYear) -> None:
    said = stated(year)
    pages = ["/figures/", f"/figures/{CODE}/"]
    for page in pages:
        text = visit(year, page, by="inspector").content.decode()
        assert 'class="v stated"' in text or 'class="value stated"' in text, page
        assert said.sentence in text, page
        assert "4321" in text, page


def test_the_summary_prints_a_stated_result_and_says_so_in_its_annex(year: FullYear) -> None:
    rank = next(code for code, one in indicators().items() if one.stated and one.form == "rank")
    said = stated(year, 2, rank)
    where = f"?unit=demo&period={YEAR}"
    sheet = visit(year, f"/reports/annual-summary/{where}").content.decode()
    annex = visit(year, f"/reports/annual-summary/file.html{where}").content.decode()

    assert f'title="{said.sentence}"' in sheet
    assert said.display in annex
    assert said.sentence in annex


def test_without_reason_or_paper_or_twice_nothing_is_stated(year: FullYear) -> None:
    one, unit, by = indicators()[CODE], year.district, year.users["secretary"]
    for because, paper in (("", PAPER), ("上级公布", " ")):
        with pytest.raises(Refused):
            actions.state(one, unit, PERIOD, value=Decimal(1), because=because, paper=paper, by=by)
    stated(year)
    with pytest.raises(Refused):
        stated(year)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(
            code=CODE,
            unit=unit,
            period=PERIOD.code,
            value=1,
            because="x",
            paper="y",
            by=by,
            at=by.date_joined,
        )


def test_a_figure_that_is_counted_cannot_be_stated(year: FullYear) -> None:
    with pytest.raises(Refused, match=str(indicators()[COUNTED_ONLY])):
        stated(year, code=COUNTED_ONLY)
    assert visit(year, f"/figures/{COUNTED_ONLY}/statement/").status_code == 404


@pytest.mark.parametrize("value", [0, -1, Decimal("1.5")])
def test_there_is_no_place_number_nought(year: FullYear, value: Any) -> None:
    rank = next(code for code, one in indicators().items() if one.form == "rank")
    with pytest.raises(Refused):
        stated(year, value, rank)


def test_a_statement_is_never_edited_or_deleted_only_voided_with_a_reason(year: FullYear) -> None:
    said = stated(year)
    with pytest.raises(Refused):
        said.save()
    with pytest.raises(Refused):
        said.delete()
    with pytest.raises(Refused):
        Statement.objects.update(value=1)
    with pytest.raises(Refused):
        Statement.objects.all().delete()
    with pytest.raises(Refused):
        actions.void(said, because=" ", by=year.users["secretary"])

    actions.void(said, because="抄错一位", by=year.users["secretary"])

    assert drawn(year).statement is None
    with pytest.raises(Refused):
        actions.void(said, because="再一次", by=year.users["secretary"])
    page = visit(year, f"/figures/{CODE}/").content.decode()
    assert "抄错一位" in page
    stated(year, 99)


def test_the_pages_state_and_void_and_the_log_is_told(year: FullYear) -> None:
    told = Entry.objects.count()
    answer = visit(
        year,
        f"/figures/{CODE}/statement/?unit=demo&period={YEAR}",
        value="77",
        because="上级公布",
        paper=PAPER,
    )
    said = Statement.objects.standing().get()
    assert (answer.status_code, said.value, said.by) == (302, 77, year.users["secretary"])
    visit(year, f"/statements/{said.pk}/voiding/?", because="作废试验")
    assert not Statement.objects.standing().exists()
    assert Entry.objects.count() == told + 2


@pytest.mark.parametrize("reader", ["staff", "inspector", "street officer"])
def test_only_the_secretary_states(year: FullYear, reader: str) -> None:
    said = stated(year)
    expected = 404 if reader == "street officer" else 403
    assert visit(year, f"/statements/{said.pk}/voiding/?", by=reader).status_code == expected
    unit = "demo-1" if reader == "street officer" else "demo"
    door = f"/figures/{CODE}/statement/?unit={unit}&period={YEAR}"
    assert visit(year, door, by=reader).status_code == 403
    assert (
        "/statement/"
        not in visit(year, f"/figures/{CODE}/?unit={unit}&period={YEAR}", by=reader).content.decode()
    )


def test_a_definition_may_not_let_a_part_of_a_formula_be_stated(tmp_path: Any, settings: Any) -> None:
    book = tmp_path / "indicators"
    book.mkdir()
    for file in (settings.CATALOGUE / "indicators").glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace("[members]\n", "[members]\nstated = true\n")
        (book / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueRefused, match="stated"):
        read_indicators(tmp_path)
