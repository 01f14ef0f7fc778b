"""Promise 1: no typed figure.

Every number that board, drawer and summary show is worked out here again from the indicators. What is
left over is neither counted nor stated: somebody typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from lxml import html
from pytest_django import DjangoDbBlocker

from qingce.figures.indicators import actions
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import number
from qingce.figures.indicators.drawer import Drawer
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.models import Statement
from qingce.figures.indicators.question import Question
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from qingce.reports.outline import TYPED, outlines
from tests.full_year import MAY, YEAR, FullYear, full_year

PERIOD = Period.year(YEAR)
QUESTION = f"?unit=demo&period={YEAR}"
NUMBER = re.compile(r"\d+(?:\.\d+)?|第[一二三四五六七八九十百]+")
SUMMARY = f"/reports/annual-summary/{QUESTION}"
# Where a page speaks of what it is about and not of how many: period, definition, dates, names, charts.
NO_FIGURES = (
    "self::script or self::style or self::nav or self::select or self::time or self::h1 or self::form"
)
DRAWER_WORDS = f"{NO_FIGURES} or contains(@class, 'def') or @class='k' or @class='rows' or @class='shared'"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[FullYear]:
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield full_year()
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def client(year: FullYear) -> Client:
    """The counsellor of the youth line reads every figure, however small."""
    one = Client()
    one.force_login(year.users["counsellor"])
    return one


def figure(code: str, year: FullYear) -> Figure:
    return Figure(indicators()[code], year.district, PERIOD)


def written(value: Decimal | None) -> set[str]:
    """The ways in which a value may stand on a page: as it is, in 万, in per cent, as a rank."""
    if value is None:
        return set()
    ways = [number(value), number(value / 10_000, places=6), number(value * 100, places=1)]
    digits = "零一二三四五六七八九十"
    rank = f"第{digits[int(value)]}" if value == int(value) and 0 < value <= 10 else ""
    return {*ways, rank} - {""}


def left_over(root: Any, allowed: set[str], words: str = NO_FIGURES) -> list[str]:
    """The numbers under `root` that are not among those allowed, each with the text it stands in."""
    found = []
    for text in root.xpath(f".//text()[not(ancestor::*[{words}])]"):
        found += [f"{one} in “{text.strip()}”" for one in NUMBER.findall(text) if one not in allowed]
    return found


# The board


def test_every_number_of_the_board_is_counted_or_stated(client: Client, year: FullYear) -> None:
    said = stated(year)
    page = html.fromstring(client.get(f"/figures/{QUESTION}").content.decode())

    cells = page.xpath("//*[contains(concat(' ', @class, ' '), ' cell ')]")
    assert len(cells) == len(indicators())
    for cell, code in zip(cells, indicators(), strict=True):
        assert cell.xpath(f".//a[@class='figure'][starts-with(@href, '/figures/{code}/?')]"), code
        asked = figure(code, year)
        allowed = written(asked.value) | written(asked.last_year().value) | numbers(str(asked.indicator))
        if code == said.code:
            allowed |= written(said.stated_value) | numbers(said.sentence)
            assert cell.xpath(".//*[contains(@class, 'stated')]")
        assert left_over(cell, allowed) == []
        cell.getparent().remove(cell)

    about = {str(len(cells))} | {number(n) for n in range(len(cells) + 1)}  # how many figures there are
    assert left_over(page.xpath("//main")[0], about) == []


# The drawer


@pytest.mark.parametrize("code", indicators())
def test_every_number_of_the_drawer_is_counted_or_stated(code: str, client: Client, year: FullYear) -> None:
    page = html.fromstring(client.get(f"/figures/{code}/{QUESTION}").content.decode())
    assert left_over(page.xpath("//article")[0], of_drawer(code, year), DRAWER_WORDS) == []


def of_drawer(code: str, year: FullYear) -> set[str]:
    """The numbers that belong to the drawer of a figure, asked of the figure itself."""
    asked = figure(code, year)
    drawer = Drawer(asked.indicator, Question(year.district, PERIOD), Reach(year.users["counsellor"], on=MAY))
    before = asked.last_year()
    values = [asked.value, before.value, *(part.value for part in asked.components.values())]
    values += [value for _month, value in asked.by_month()] + [value for _unit, value in asked.by_unit()]
    if asked.value is not None and before.value is not None:
        values.append(abs(asked.value - before.value))
    counts = [asked.row_count, len(drawer.units), drawer.lacking, drawer.first_masked]
    counts += [count for _grade, count in asked.evidence_mix()]
    names = [str(asked.indicator), *(str(part.indicator) for part in asked.components.values())]
    months = {str(month) for month in range(1, 13)} if len(asked.by_month()) > 1 else set()
    return (
        set().union(*(written(value) for value in values))
        | {number(count) for count in counts}
        | numbers(asked.display, *names, *(part.label for part in drawer.units))
        | months
    )


def numbers(*texts: str) -> set[str]:
    return {one for text in texts for one in NUMBER.findall(text)}


# The summary


def test_every_number_of_the_summary_is_a_figure_a_fact_or_part_of_a_name(
    client: Client, year: FullYear
) -> None:
    client.force_login(year.users["secretary"])
    page = html.fromstring(client.get(SUMMARY).content.decode())
    sheet = page.xpath("//article[@class='sheet']")[0]
    links = sheet.xpath(".//a[contains(@class, 'figure')]")
    assert len(links) > 50
    for link in links:
        code = link.get("href").split("/")[2]
        asked = figure(code, year)
        allowed = numbers(*(asked.in_form(form) for form in ("exact", "more", "wan", "percent", "rank")))
        change = abs((asked.value or Decimal(0)) - (asked.last_year().value or Decimal(0)))
        assert numbers(link.text_content()) <= allowed | written(change), link.text_content()
    assert typed(sheet) == []


def typed(sheet: Any) -> list[str]:
    """What a document says in digits although no figure, fact, name or year stands behind it."""
    outline = next(one for one in outlines().values() if one.address == "annual-summary")
    names = [*NAMES, str(YEAR), str(YEAR + 1), *map(str, outline.settings.values())]
    days = [one.text_content() for one in sheet.xpath(".//p[@class='of-date']")]
    assert all(DAY.fullmatch(day) for day in days), days  # when it was signed: a day and nothing else
    plain = "".join(sheet.xpath(".//text()[not(ancestor::a) and not(ancestor::p[@class='of-date'])]"))
    for name in sorted(names, key=len, reverse=True):
        plain = plain.replace(name, "")
    return TYPED.findall(plain)


NAMES = ["12355", "3·15"]  # as the outline declares them
DAY = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")


# The walk itself is put to the test.


def test_a_number_that_somebody_typed_is_found(client: Client, year: FullYear) -> None:
    cell = html.fromstring('<div class="cell"><a class="figure" href="#">7</a><b>共 98765 人</b></div>')
    assert left_over(cell, {"7"}) == ["98765 in “共 98765 人”"]
    sheet = html.fromstring(f"<article>{YEAR}年，12355 接听 <a>140余</a> 次，走访 86 户。</article>")
    assert typed(sheet) == ["86"]


def stated(year: FullYear) -> Statement:
    code = next(code for code, one in indicators().items() if one.stated and one.form == "exact")
    return actions.state(
        indicators()[code],
        year.district,
        PERIOD,
        value=Decimal(98765),
        because="上级公布",
        paper="团市委〔2023〕18号",
        by=year.users["secretary"],
    )
