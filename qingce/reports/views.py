"""Pages of reports: the list, the sheet with live figures, the check, the issue, what was issued."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qingce.figures.indicators.question import Question, asked
from qingce.figures.indicators.stamp import latest_day
from qingce.figures.indicators.statements import standing
from qingce.figures.indicators.views import sentence_for_refusal
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import closed, page
from qingce.league.access.requests import reach_of
from qingce.ledger.periods import Period
from qingce.reports import actions
from qingce.reports.compose import compose
from qingce.reports.document import Document
from qingce.reports.models import Snapshot
from qingce.reports.offers import periods_for
from qingce.reports.outline import KINDS, Outline, outlines
from qingce.reports.renderers import MEDIA_TYPES, ending_of
from qingce.reports.renderers import render as written
from qingce.reports.renderers.html import sheet

SHOWN = 8  # issued reports on the list; all of them have a page of their own

View = Callable[..., HttpResponseBase]


@page("report.see")
@sentence_for_refusal
def reports(request: HttpRequest) -> HttpResponse:
    question = asked(request)
    latest = latest_day(reach_of(request).on)
    offered = [
        (
            outline,
            KINDS[outline.kind],
            [
                (one.label, _address("report", outline, question.of(period=one)))
                for one in periods_for(outline, latest)
            ],
        )
        for outline in outlines().values()
    ]
    issued = Snapshot.objects.filter(unit__in=reach_of(request).units("report.see"), replacement=None)
    return render(
        request,
        "reports/reports.html",
        {
            "offered": offered,
            "unit": question.unit,
            "issued": issued.select_related("unit", "by").defer("content")[:SHOWN],
        },
    )


@page("report.see")
def fonts(request: HttpRequest) -> HttpResponse:
    """Which fonts this machine draws the official faces with, and what to install for a better one."""
    # Loaded only here: only this page and a PDF look at the machine's fonts.
    from qingce.reports.fonts import standings

    return render(request, "reports/fonts.html", {"standings": standings()})


def of_report(permission: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """A page about one report of a unit and a year, both named in the address's query."""

    def named(view: Callable[..., HttpResponse]) -> View:
        @page("report.see")
        @sentence_for_refusal
        @functools.wraps(view)
        def door(request: HttpRequest, *, document: str, **captured: str) -> HttpResponseBase:
            if document not in outlines():
                raise Http404
            question = _asked(request)
            if not reach_of(request).may(permission, question.unit):
                return closed(request, permission)
            return view(request, outlines()[document], question, **captured)

        return door

    return named


@of_report("report.see")
def report(request: HttpRequest, outline: Outline, question: Question) -> HttpResponse:
    document = compose(outline, question.unit, question.period)
    return render(
        request,
        "reports/report.html",
        {
            **_addresses(outline, question),
            "outline": outline,
            "question": question,
            "document": document,
            "sheet": _marked(_live(document, question), question),
            "may_issue": reach_of(request).may("report.issue", question.unit),
        },
    )


@of_report("report.see")
def checks(request: HttpRequest, outline: Outline, question: Question) -> HttpResponse:
    """Every figure of the report with its value, how it is written, and what to look at."""
    document = compose(outline, question.unit, question.period)
    figures = _figure_addresses(document, question)
    return render(
        request,
        "reports/checks.html",
        {
            **_addresses(outline, question),
            "outline": outline,
            "question": question,
            "document": document,
            "sources": [(source, figures[source.code]) for source in document.sources],
            "settled": sum(not source.remark for source in document.sources),
        },
    )


@of_report("report.see")
def file(request: HttpRequest, outline: Outline, question: Question, *, ending: str) -> HttpResponse:
    """The report as a file."""
    document = compose(outline, question.unit, question.period)
    return _as_file(document, ending_of(f"report.{ending}"))


@of_report("report.issue")
def issue(request: HttpRequest, outline: Outline, question: Question) -> HttpResponse:
    """Confirm, then freeze: the issued report keeps its figures."""
    refusal = ""
    if request.method == "POST":
        try:
            snapshot = actions.freeze(outline, question.unit, question.period, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Issued. Its figures stay as they are now."))
            return redirect("report-snapshot", pk=snapshot.pk)
    document = compose(outline, question.unit, question.period)
    return render(
        request,
        "reports/issue.html",
        {
            **_addresses(outline, question),
            "outline": outline,
            "question": question,
            "document": document,
            "refusal": refusal,
        },
    )


def _asked(request: HttpRequest) -> Question:
    """The question of a report, which may say `year` instead of `period`."""
    question = asked(request)
    year = request.GET.get("year", "").strip()
    return question.of(period=Period.parse(year)) if year else question


def _live(document: Document, question: Question) -> list[dict[str, Any]]:
    records = {run.record: f"/records/{run.record}/" for run in document.runs() if run.record}
    return sheet(document, _figure_addresses(document, question), records)


def _marked(drawn: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
    """The sheet with a mark at every figure that is stated by hand: who, why, and by which paper."""
    stated = {
        question.address("figure", one.code): one.sentence for one in standing(question.unit, question.period)
    }
    for block in drawn:
        for run in block["runs"]:
            run["stated"] = stated.get(run["figure"], "")
    return drawn


def _figure_addresses(document: Document, question: Question) -> dict[str, str]:
    return {source.code: question.address("figure", source.code) for source in document.sources}


def _addresses(outline: Outline, question: Question) -> dict[str, Any]:
    """Where the pages of this report are."""
    files = {
        ending.lstrip("."): _address("report-file", outline, question, ending.lstrip("."))
        for ending in MEDIA_TYPES
    }
    return {
        "address": _address("report", outline, question),
        "checks_address": _address("report-checks", outline, question),
        "issue_address": _address("report-issue", outline, question),
        "files": files,
    }


def _address(route: str, outline: Outline, question: Question, *arguments: str) -> str:
    query = {"unit": question.unit.code, "period": question.period.code}
    return f"{reverse(route, args=[outline.address, *arguments])}?{urlencode(query)}"


def _as_file(document: Document, ending: str) -> HttpResponse:
    response = HttpResponse(written(document, ending), content_type=MEDIA_TYPES[ending])
    name = quote(f"{document.title}{ending}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
