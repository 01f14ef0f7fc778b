"""How long the checker takes over 5,000 characters, the ledger's values included."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.base import ContentFile

from bench.measure import Result, median_seconds
from qingce.figures.indicators.question import Question
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.claims.checking import check
from qingce.reports.claims.extracting import received
from qingce.reports.claims.reading import read
from qingce.reports.compose import compose
from qingce.reports.outline import outlines
from qingce.reports.renderers import render

YEAR, LENGTH = 2023, 5000


def verify() -> Iterator[Result]:
    """The summary of the sample year, made as long as 5,000 characters, read and checked."""
    unit, year = Unit.objects.get(code="demo"), Period.year(YEAR)
    document = compose(next(iter(outlines().values())), unit, year)
    prose = received(ContentFile(render(document, ".docx"))).text.split("数据来源表")[0]
    text = (prose * (LENGTH // len(prose) + 1))[:LENGTH]
    question = Question(unit, year)
    check(text, question)  # the expressions are made once
    ours = median_seconds(lambda: check(text, question), runs=5)
    floor = median_seconds(lambda: read(text), runs=5)
    found = len(check(text, question).reading.countable)
    yield Result("verify", ours * 1000, "ms", "under 1000 ms", floor * 1000, f"{found} claims")
