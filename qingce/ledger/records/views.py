"""The ledger: all records in one list, and the page of one record with its verbs."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.exchange.exporting import export_csv, export_rows
from qingce.foundation.files.giving import given
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import closed, page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.ledger.records import actions
from qingce.ledger.records.finding import record_within_reach
from qingce.ledger.records.forms import AmendmentForm, CorrectionForm, EvidenceForm, ReasonForm
from qingce.ledger.records.listing import Filter
from qingce.ledger.records.models import Evidence, OwnPage, Record
from qingce.ledger.records.reading import Reading
from qingce.ledger.records.rhythm import beats

PAGE_SIZES = (50, 100, 200)


@page("record.see")
def ledger(request: HttpRequest) -> HttpResponse:
    asked = Filter(request.GET, reach_of(request))
    size = int(request.GET.get("size") or 0) if request.GET.get("size", "").isdigit() else 0
    lines: Any = asked.lines()
    chosen = Paginator(lines, size if size in PAGE_SIZES else PAGE_SIZES[0]).get_page(request.GET.get("page"))
    return render(
        request,
        "records/ledger.html",
        {
            "asked": asked,
            "page_obj": chosen,
            "periods": quick_periods(reach_of(request).on),
            "sizes": PAGE_SIZES,
        },
    )


def quick_periods(today: dt.date) -> list[tuple[str, str]]:
    """Label and code of the periods that are asked for most."""
    year, month = today.year, today.month
    return [
        (_("This year"), Period.year(year).code),
        (_("This quarter"), Period.quarter(year, (month + 2) // 3).code),
        (_("This month"), Period.month(year, month).code),
        (_("Last year to this month"), Period.months(year - 1, 1, month).code),
        (_("Last year"), Period.year(year - 1).code),
        (Period.months(year, 1, 11).label, Period.months(year, 1, 11).code),
    ]


@page("record.export")
def export(request: HttpRequest, *, ending: str) -> FileResponse:
    """Exactly the records on the screen, all pages of them."""
    asked = Filter(request.GET, reach_of(request))
    lines = list(asked.lines())
    heads = [_("Number"), _("Date"), _("Kind"), _("Title"), _("Unit"), _("Stage"), _("State"), _("Evidence")]
    rows = (
        [
            line.number, line.happened_on, str(line.kind_of_work), line.title, line.unit_name,
            line.stage_label, str(line.state_label), str(line.grade_label),
        ]
        for line in lines
    )  # fmt: skip
    out = io.BytesIO()
    if ending == "csv":
        export_csv(heads, rows, out)
    else:
        export_rows(heads, rows, out, title=_("Ledger"))
    tell(Told.ROWS_EXPORTED, by=user_of(request), about=_("Ledger"), details={"rows": len(lines)})
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{_('Ledger')}.{ending}")


@page("record.see", on=record_within_reach)
def record(request: HttpRequest, record: Record) -> HttpResponse:
    reach = reach_of(request)
    return render(
        request,
        "records/record.html",
        {
            "record": record,
            "panel_place": f"record-{record.kind_of_work.family}",
            "reading": Reading(record, reach),
            "papers": Evidence.objects.filter(record=record.number),
            "own_page": _own_page(record, reach),
            "carried_on": bool(record.carried_on_by()),
            "missing": record.missing_evidence(),
            "above": _above(record, reach),
            "may_enter": reach.may("record.enter", record),
            "may_confirm": reach.may("record.confirm", record),
        },
    )


def _above(record: Record, reach: Reach) -> list[tuple[Unit, bool]]:
    """The bodies above on the day of the record, and whether the reader may open each one's page."""
    above = list(record.unit.above(day=record.happened_on))
    open_to_reader = set(reach.units("unit.see").filter(pk__in=[one.pk for one in above]))
    return [(one, one in open_to_reader) for one in above]


def _own_page(record: Record, reach: Reach) -> OwnPage | None:
    """The page of its procedure, for a reader who may open it."""
    own = record.own_page()
    return own if own is not None and reach.may(own.permission, record) else None


@page("record.see", on=unit_within_reach)
def rhythm(request: HttpRequest, unit: Unit) -> HttpResponse:
    """What a unit holds again and again, as a part of its page."""
    return render(request, "records/rhythm.html", {"beats": beats(unit, on=reach_of(request).on)})


@page("record.enter", on=record_within_reach)
def submission(request: HttpRequest, record: Record) -> HttpResponse:
    if request.method == "POST":
        return carried_out(request, record, actions.submit, said=_("Submitted for confirmation."))
    return asking(request, record, _("Submit for confirmation?"), _("Submit"))


@page("record.enter", on=record_within_reach)
def amendment(request: HttpRequest, record: Record) -> HttpResponse:
    """A draft, also one that was returned, is put right before it is submitted."""
    if Reading(record, reach_of(request)).is_closed:
        return closed(request, "case.see")
    form = AmendmentForm(record, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = _("Amended; submit it when it is complete.")
        return carried_out(request, record, actions.amend, said=said, **form.changes())
    return asking(request, record, _("Amend this record"), _("Amend"), form=form)


@page("record.confirm", on=record_within_reach)
def confirmation(request: HttpRequest, record: Record) -> HttpResponse:
    if request.method == "POST":
        return carried_out(request, record, actions.confirm, said=_("Confirmed; it counts from now on."))
    return asking(request, record, _("Confirm and enter in the ledger?"), _("Confirm"))


@page("record.confirm", on=record_within_reach)
def sending_back(request: HttpRequest, record: Record) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        return carried_out(
            request, record, actions.send_back, said=_("Returned to be amended."), because=because
        )
    return asking(request, record, _("Return to be amended"), _("Return"), form=form)


@page("record.confirm", on=record_within_reach)
def voiding(request: HttpRequest, record: Record) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        return carried_out(
            request, record, actions.void, said=_("Void; it no longer counts."), because=because
        )
    return asking(request, record, _("Void this record?"), _("Void"), form=form, danger=True)


@page("record.confirm", on=record_within_reach)
def correction(request: HttpRequest, record: Record) -> HttpResponse:
    if Reading(record, reach_of(request)).is_closed:
        return closed(request, "case.see")
    form = CorrectionForm(record, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return carried_out(
            request, record, actions.correct, said=_("Corrected in the open."), **form.changes()
        )
    return asking(request, record, _("Correct this record"), _("Correct"), form=form)


@page("record.enter", on=record_within_reach)
def evidence(request: HttpRequest, record: Record) -> HttpResponse:
    form = EvidenceForm(record, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        return carried_out(request, record, actions.attach_evidence, said=_("Added."), **facts)
    return asking(request, record, _("Add evidence"), _("Add evidence"), form=form)


@page("record.see", on=record_within_reach)
def papers(request: HttpRequest, record: Record) -> HttpResponseBase:
    """One of the record's files, by its key in `?paper=`; confidential kinds ask for their own right."""
    if Reading(record, reach_of(request)).is_closed:
        return closed(request, "case.see")
    key = request.GET.get("paper", "")
    found = Evidence.objects.filter(record=record.number, pk=int(key) if key.isdigit() else 0).first()
    if found is None or not found.file:
        return render(request, "404.html", status=404)
    return given(found.file.open(), name=found.label, ending=str(found.file.name).rpartition(".")[2])


def carried_out(request: HttpRequest, record: Record, verb: Any, *, said: str, **facts: Any) -> HttpResponse:
    """Call the verb; back to the record with a word of success, or with the refusal's sentence."""
    try:
        verb(record, by=user_of(request), **facts)
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("record", number=record.number)


def asking(
    request: HttpRequest,
    record: Record,
    title: str,
    act: str,
    *,
    form: Any = None,
    danger: bool = False,
) -> HttpResponse:
    """The page before an act: what it is about, what is asked, and the way back."""
    about = Reading(record, reach_of(request)).title
    said = {"record": record, "about": about, "title": title, "act": act, "form": form, "danger": danger}
    answer = render(request, "records/asking.html", said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
