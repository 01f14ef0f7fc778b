"""Pages of figures: the board, the drawer, the rows behind a figure, and its split by unit."""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingce.figures.indicators import panels, statements
from qingce.figures.indicators.board import chapters
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.drawer import Drawer, ShownRow
from qingce.figures.indicators.forms import buttons, spans
from qingce.figures.indicators.question import Question, asked
from qingce.figures.indicators.stamp import KEPT_FOR, latest_day, stamp
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.exchange.exporting import export_csv, export_rows
from qingce.foundation.refusals import Refused
from qingce.foundation.words import folded
from qingce.league.access.doors import closed, page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of
from qingce.league.organisations.models import tree_held_still
from qingce.ledger.records.finding import record_within_reach
from qingce.ledger.records.models import Grade, Record

PAGE_SIZE = 50
CHOICES = 20  # units offered by the picker
DRAWING = threading.Lock()
FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}

View = Callable[..., HttpResponseBase]


def sentence_for_refusal(view: View) -> View:
    """A question that cannot be read is answered with the sentence that says why."""

    @functools.wraps(view)
    def told(request: HttpRequest, **captured: Any) -> HttpResponseBase:
        try:
            return view(request, **captured)
        except Refused as refused:
            return render(request, "indicators/refused.html", {"because": refused}, status=400)

    return told


@page("figure.see")
@sentence_for_refusal
def board(request: HttpRequest) -> HttpResponse:
    question = asked(request)
    if not reach_of(request).may("figure.see", question.unit):
        return closed(request, "figure.see")
    return render(
        request, "indicators/board.html", {"question": question, "body": _board_body(request, question)}
    )


def _board_body(request: HttpRequest, question: Question) -> str:
    """The board as drawn, kept until anything that may be counted changes, or the day does."""
    open_to_reader = reach_of(request).may("case.see", question.unit)
    today = reach_of(request).on
    key = f"board:{stamp()}:{today}:{question.query}:{get_language()}:{open_to_reader}"
    body = cache.get(key)
    if body is not None:
        return str(body)
    with DRAWING:  # in the morning many ask at once; one draws, and the others wait for it
        body = cache.get(key)
        if body is None:
            body = _drawn(question, reach_of(request))
            cache.set(key, body, KEPT_FOR)
    return str(body)


def _drawn(question: Question, reach: Reach) -> str:
    drawn = chapters(question, reach)
    return render_to_string(
        "indicators/board_body.html",
        {
            "buttons": buttons(question.period, latest=latest_day(reach.on), today=reach.on),
            "spans": spans(question.period, today=reach.on),
            "chapters": drawn,
            "question": question,
            "total": sum(len(chapter.cells) for chapter in drawn),
            "with_value": sum(chapter.with_value for chapter in drawn),
        },
    )


@page("figure.see")
@sentence_for_refusal
def unit_choices(request: HttpRequest) -> HttpResponse:
    """Units within reach by name, short name or pinyin initials, each opening the board."""
    question = asked(request)
    said = folded(request.GET.get("q", "")).lower()
    units = reach_of(request).units("figure.see")
    for column in ("name", "short_name", "initials"):
        found = units.filter(**{f"{column}__icontains": said})[:CHOICES]
        if said and found:
            break
    choices = [(unit, question.of(unit=unit).address("figures")) for unit in found]
    partial = bool(request.headers.get("HX-Request"))
    template = "indicators/unit_choices.html" if partial else "indicators/unit_choices_page.html"
    return render(request, template, {"choices": choices, "said": said, "question": question})


def of_figure(permission: str) -> Callable[[View], View]:
    """A page about one figure: the unit of the question must be within reach of the permission."""

    def named(view: View) -> View:
        @page("figure.see")
        @sentence_for_refusal
        @functools.wraps(view)
        def door(request: HttpRequest, *, code: str, **captured: str) -> HttpResponseBase:
            if code not in indicators():
                raise Http404
            question = asked(request, indicators()[code])
            if not reach_of(request).may(permission, question.unit):
                return closed(request, permission)
            drawer = Drawer(indicators()[code], question, reach_of(request))
            with tree_held_still():
                return view(request, drawer, **captured)

        return door

    return named


@of_figure("figure.see")
def figure(request: HttpRequest, drawer: Drawer) -> HttpResponse:
    context = {"drawer": drawer, "may_export": _may_export(request, drawer)}
    return render(request, "indicators/figure.html", context | _stated(request, drawer))


def _stated(request: HttpRequest, drawer: Drawer) -> dict[str, Any]:
    """What was stated by hand before, and whether this reader may state it now."""
    question = drawer.question
    if not drawer.indicator.stated or question.extra:
        return {}
    return {
        "may_state": reach_of(request).may("figure.state", question.unit),
        "stated_before": statements.voided(drawer.indicator.code, question.unit, question.period),
        "statement_address": drawer.address("figure-statement"),
    }


@of_figure("figure.see")
def rows(request: HttpRequest, drawer: Drawer) -> HttpResponse:
    counted = [] if drawer.value.covered else _counted(drawer)
    chosen = Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page"))
    listed = drawer.show(chosen.object_list) if not drawer.indicator.is_formula else chosen.object_list
    return render(
        request,
        "indicators/rows.html",
        {
            "drawer": drawer,
            "page_obj": chosen,
            "rows": listed,
            "masked": drawer.masked_in(list(listed)),
            "may_export": _may_export(request, drawer),
        },
    )


def _counted(drawer: Drawer) -> Any:
    """What is listed: the counted rows, or for a formula those of its parts."""
    if drawer.indicator.is_formula:
        return [drawer.shown_row(row) for row in drawer.figure.listed()]
    return drawer.figure.ordered_rows()


@of_figure("figure.see")
def by_unit(request: HttpRequest, drawer: Drawer) -> HttpResponse:
    return render(request, "indicators/by_unit.html", {"drawer": drawer})


@of_figure("record.export")
def export(request: HttpRequest, drawer: Drawer, *, ending: str) -> HttpResponse:
    """The rows behind the figure, exactly those counted, names masked as on the page."""
    if drawer.value.covered:
        return closed(request, "case.see")
    listed = drawer.show() if not drawer.indicator.is_formula else _counted(drawer)
    title = f"{drawer.indicator} {drawer.question.unit} {drawer.question.period.label}"
    out = io.BytesIO()
    heads = [_("Date"), _("What"), _("Unit"), _("Amount"), _("Record"), _("Evidence")]
    if ending == "csv":
        export_csv(heads, _exported(listed), out)
    else:
        export_rows(heads, _exported(listed), out, title=str(drawer.indicator))
    tell(Told.ROWS_EXPORTED, by=request.user, about=title, details={"rows": len(listed)})
    response = HttpResponse(out.getvalue(), content_type=FORMS[ending])
    response.headers["Content-Disposition"] = _attachment(f"{title}.{ending}")
    return response


def _exported(listed: list[ShownRow]) -> Iterator[list[Any]]:
    for shown in listed:
        row = shown.row
        grade = str(Grade(row.grade).label) if row.grade else ""
        yield [row.day, shown.label, row.unit, row.amount, row.number, grade]


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


@page("figure.see", on=record_within_reach)
def of_record(request: HttpRequest, record: Record) -> HttpResponse:
    """A panel of the record's page: the figures that hold it."""
    counted = panels.counted_in(record)
    return render(request, "indicators/of_record.html", {"record": record, "counted": counted})


def _may_export(request: HttpRequest, drawer: Drawer) -> bool:
    return reach_of(request).may("record.export", drawer.question.unit) and not drawer.value.covered
