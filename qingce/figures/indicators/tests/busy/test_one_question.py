"""The address is the question: page, export and saved link ask exactly what the figure asked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client, RequestFactory

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import FORMS
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.question import Question, asked
from qingce.figures.indicators.tests.busy.busy_year import PERIOD
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from qingce.ledger.sources.source import sources
from tests.full_year import FullYear

pytestmark = pytest.mark.django_db

ALL = list(indicators())
OPEN = [code for code in ALL if not indicators()[code].sensitive]
PERIODS = [PERIOD, Period.parse("2023H1"), Period.parse("2023-01..2023-11"), Period.parse("2022S")]
WRITTEN = re.compile(r"(\d+(?:\.\d+)?)余")


def narrowings(code: str) -> Iterator[dict[str, Any]]:
    """No further filter, and one by each dimension that the source knows."""
    yield {}
    indicator = indicators()[code]
    for name, dimension in {} if indicator.is_formula else sources()[indicator.source].dimensions.items():
        yield {name: True} if dimension.words is None else {name: list(dimension.words)[:2]}


@pytest.mark.parametrize("code", ALL)
def test_the_question_comes_back_from_its_address(code: str, busy: FullYear) -> None:
    for period in PERIODS:
        for extra in narrowings(code):
            question = Question(busy.street, period, extra)
            request = RequestFactory().get(question.address("figure", code))
            request.reach = Reach(busy.users["secretary"], on=period.last)  # type: ignore[attr-defined]

            assert asked(request, indicators()[code]) == question


@pytest.mark.parametrize("code", OPEN)
def test_the_export_of_a_narrowed_figure_holds_the_rows_of_that_figure(code: str, busy: FullYear) -> None:
    client = Client()
    client.force_login(busy.users["secretary"])
    for extra in list(narrowings(code))[:3]:
        question = Question(busy.district, PERIOD, extra)
        figure = question.figure(indicators()[code])

        sent = client.get(question.address("figure-export", code, "csv"))

        assert sent.status_code == 200
        assert len(_lines(sent.content)) == figure.row_count == len(figure.listed())


@pytest.mark.parametrize("code", ALL)
def test_every_form_of_a_value_is_true_of_it(code: str, busy: FullYear) -> None:
    for period in PERIODS:
        figure = Figure(indicators()[code], busy.district, period)
        for form in FORMS:
            said = figure.in_form(form)
            if more := WRITTEN.match(said):
                assert Decimal(more[1]) < figure.value
            if form == "percent" and said == "100%":
                assert figure.value >= Decimal("0.9995")
                assert figure.value >= 1 or figure.indicator.unit != "%"


def _lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
