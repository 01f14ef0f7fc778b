"""Pages on which documents are held against each other: all disagreements, and one figure of one year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingce.figures.indicators.definitions import indicators
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of
from qingce.reports.issued.agreement import REASONS, Comparison, Group, groups, rows_of, uses
from qingce.reports.issued.chronicle import Chronicle
from qingce.reports.issued.explained import Moved, moves, told
from qingce.reports.issued.lines import LineBook
from qingce.reports.issued.listing import kind_label

PAGE_SIZE = 20
SHOWN = 20  # rows of each pair


@dataclass(frozen=True)
class Pair:
    """Two documents side by side, with the rows in which they differ."""

    comparison: Comparison
    kind: str
    moved: list[Moved]
    more: int

    @property
    def labels(self) -> list[Any]:
        """Why they differ; records that changed meanwhile also where the question is another one."""
        found = self.comparison.labels
        changed = "records" not in self.comparison.reasons and any(one.happenings for one in self.moved)
        return [*found, REASONS["records"]] if changed else found


@page("report.see")
def agreement(request: HttpRequest) -> HttpResponse:
    """Every figure that documents in force say differently, and how many agree."""
    several = groups(uses(reach_of(request)))
    differing = [one for one in several if one.differing]
    reason = request.GET.get("reason", "")
    chosen = [one for one in differing if not reason or reason in one.reasons]
    counts = [
        (word, label, n)
        for word, label in REASONS.items()
        if (n := sum(word in one.reasons for one in differing))
    ]
    page_obj = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    listed = [
        (one, [(pair, kind_label(pair.use.figure.snapshot.document)) for pair in one.differing])
        for one in page_obj
    ]
    return render(
        request,
        "reports/issued/agreement.html",
        {
            "page_obj": page_obj,
            "listed": listed,
            "counts": counts,
            "differing": len(differing),
            "agreeing": len(several) - len(differing),
        },
    )


@page("report.see")
def agreement_figure(request: HttpRequest, *, code: str) -> HttpResponse:
    """One figure of one year in every document that says it."""
    found = uses(reach_of(request), code=code)
    if not found and code not in indicators():
        raise Http404
    years = sorted({one.year for one in found}, reverse=True)
    said = request.GET.get("year", "")
    year = int(said) if said.isdecimal() and int(said) in years else next(iter(years), 0)
    those = [one for one in found if one.year == year]
    [group] = groups(those) or [Group(code, year, those[0])] if those else [None]
    return render(
        request,
        "reports/issued/agreement_figure.html",
        {
            "label": those[0].figure.label if those else str(indicators()[code]),
            "group": group,
            "kind": kind_label(group.reference.figure.snapshot.document) if group else "",
            "pairs": pairs_of(group, reach_of(request)) if group else [],
            "years": years,
            "year": year,
        },
    )


def pairs_of(group: Group, reach: Reach) -> list[Pair]:
    """Each other document beside the latest; as many queries for two as for twenty."""
    rows = rows_of([group.reference, *(one.use for one in group.others)])
    latest = rows[group.reference.figure.pk]
    moved = {one.use.figure.pk: moves(rows[one.use.figure.pk], latest) for one in group.differing}
    shown = {key: those[:SHOWN] for key, those in moved.items()}
    figures = [one.use.figure for one in group.differing]
    book = LineBook(reach, [(figure, [row for row, _b, _a in shown[figure.pk]]) for figure in figures])
    numbers = {row.number for those in shown.values() for row, _before, _after in those}
    unit = group.reference.figure.asked_unit
    since = min([group.reference.at, *(one.use.at for one in group.others)])
    chronicle = Chronicle(reach, unit, numbers, since=since, until=group.reference.at)
    lines = {
        figure.pk: list(book.lines(figure, [row for row, _b, _a in shown[figure.pk]])) for figure in figures
    }
    registers = chronicle.of_registers([line for those in lines.values() for line in those])
    return [
        Pair(
            comparison=one,
            kind=kind_label(one.use.figure.snapshot.document),
            moved=told(
                shown.get(one.use.figure.pk, []),
                lines.get(one.use.figure.pk, []),
                chronicle,
                registers,
                since=one.use.at,
            ),
            more=max(0, len(moved.get(one.use.figure.pk, [])) - SHOWN),
        )
        for one in group.others
    ]
