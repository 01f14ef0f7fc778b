"""Short papers for the tests: a few figures of the full year, written by hand or drawn from the ledger."""

from __future__ import annotations

from dataclasses import replace

from qingce.ledger.periods import Period
from qingce.reports import actions
from qingce.reports.compose import compose
from qingce.reports.document import Block, Document, Run
from qingce.reports.models import Snapshot
from qingce.reports.outline import outlines
from tests.full_year import FullYear


def briefing(year: FullYear, *codes: str, period: str = "2023", override: str = "") -> Document:
    """What the ledger says now of these figures, as a short text."""
    whole = compose(outlines()["annual-summary"], year.district, Period.parse(period))
    found = [source for source in whole.sources if source.code in codes]
    sources = tuple(replace(source, place=place) for place, source in enumerate(found, 1))
    runs = tuple(
        Run(source.written, figure=source.code, place=source.place, override=override) for source in sources
    )
    blocks = (Block("title", (Run(f"青春简报 {period}"),)), Block("text", runs))
    return Document(
        outline="briefing",
        unit=year.district.code,
        unit_name=year.district.name,
        period=period,
        period_name=period,
        blocks=blocks,
        sources=sources,
        gaps=(),
    )


def brief(year: FullYear, *codes: str, period: str = "2023", override: str = "") -> Snapshot:
    """The same, issued by the secretary."""
    document = briefing(year, *codes, period=period, override=override)
    return actions.issue(
        document, unit=year.district, period=Period.parse(period), by=year.users["secretary"]
    )
