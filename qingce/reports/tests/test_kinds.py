"""Every kind of document composes, keeps its limit, and is written in every form."""

from __future__ import annotations

import io

import pytest
from docx import Document as opened

from qingce.ledger.periods import Period
from qingce.reports.compose import compose
from qingce.reports.document import Document, read_back
from qingce.reports.offers import OFFERED, periods_for
from qingce.reports.outline import KINDS, outlines
from qingce.reports.renderers import MEDIA_TYPES, render
from tests.full_year import FullYear

PERIODS = {"year": "2023", "half": "2023H1", "quarter": "2023Q2", "month": "2023-05"}
ADDRESSES = sorted(outlines())


def made(year: FullYear, address: str) -> Document:
    outline = outlines()[address]
    return compose(outline, year.district, Period.parse(PERIODS[outline.period]))


def test_every_kind_has_an_outline() -> None:
    assert {outline.kind for outline in outlines().values()} == set(KINDS)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_kind_composes_within_its_limit(address: str, year: FullYear) -> None:
    document = made(year, address)

    assert document.title
    assert document.blocks
    assert not document.is_too_long
    assert document.limit == outlines()[address].limit
    assert all("{" not in run.text for run in document.runs())
    assert read_back(document.stored()) == document


@pytest.mark.parametrize("ending", MEDIA_TYPES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_kind_is_written_in_every_form(address: str, ending: str, year: FullYear) -> None:
    content = render(made(year, address), ending)

    if ending == ".docx":
        file = opened(io.BytesIO(content))
        assert any(one.style.name == "Title" for one in file.paragraphs)
    elif ending == ".pdf":
        assert content.startswith(b"%PDF")
    else:
        assert made(year, address).title.split()[0][:6] in content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_paper_of_a_kind_is_filled_in(address: str, year: FullYear) -> None:
    paper = made(year, address).paper
    said = [value for value in vars(paper).values() if isinstance(value, str)]

    assert all("{" not in value for value in said)
    assert not paper.dated or paper.dated[0] != "0"
    assert set(outlines()[address].paper) <= {*vars(paper)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_composing_a_kind_needs_few_queries(
    address: str, year: FullYear, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(24):
        made(year, address)


@pytest.mark.parametrize(
    ("length", "codes"),
    [
        ("year", ["2023", "2022", "2021"]),
        ("half", ["2023H1", "2022H2", "2022H1"]),
        ("quarter", ["2023Q2", "2023Q1", "2022Q4"]),
        ("month", ["2023-05", "2023-04", "2023-03"]),
    ],
)
def test_a_kind_is_offered_for_its_own_length_of_time(length: str, codes: list[str]) -> None:
    import dataclasses
    import datetime as dt

    outline = dataclasses.replace(outlines()["annual-summary"], period=length)
    offered = periods_for(outline, dt.date(2023, 5, 20))

    assert [one.code for one in offered] == codes
    assert len(offered) == OFFERED


def test_a_briefing_of_may_is_the_fifth_issue(year: FullYear) -> None:
    document = made(year, "briefing")

    assert document.paper.issue == "第5期"
    assert document.title == f"{year.district.name}2023年5月工作动态"


def test_a_document_is_chinese_whatever_the_screen_says(year: FullYear) -> None:
    from django.utils.translation import override

    with override("en"):
        assert "2023年上半年" in made(year, "half-year-summary").title
