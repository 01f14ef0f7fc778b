"""Pages of what was issued: the list, the report as handed in, what moved since, errata, a new issue."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from qingce.foundation.files.giving import given
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of, user_of
from qingce.reports import actions
from qingce.reports.compose import compose
from qingce.reports.document import Document
from qingce.reports.issued.actions import put_right, take_package
from qingce.reports.issued.drift import open_drift
from qingce.reports.issued.explained import Explained, explain
from qingce.reports.issued.finding import (
    FoundFile,
    erratum_file_within_reach,
    erratum_within_reach,
    file_within_reach,
    snapshot_within_reach,
)
from qingce.reports.issued.forms import BecauseForm, ErratumForm, PackageForm
from qingce.reports.issued.listing import IssuedFilter, kind_label
from qingce.reports.issued.standing import said_last
from qingce.reports.models import Erratum, Snapshot
from qingce.reports.outline import Outline, outlines
from qingce.reports.renderers import MEDIA_TYPES
from qingce.reports.renderers import render as written
from qingce.reports.renderers.html import runs_of, sheet

PAGE_SIZE = 30
SHOWN_BRIEFLY, SHOWN_FULLY = 3, 20  # rows of each figure that moved


@page("report.see")
def issued_reports(request: HttpRequest) -> HttpResponse:
    asked = IssuedFilter(request.GET, reach_of(request))
    chosen = Paginator(asked.found(), PAGE_SIZE).get_page(request.GET.get("page"))
    listed = [(one, kind_label(one.document)) for one in chosen.object_list]
    said = {"asked": asked, "page_obj": chosen, "listed": listed, "any": asked.all.exists()}
    return render(request, "reports/issued/list.html", said)


@page("report.see", on=snapshot_within_reach)
def snapshot(request: HttpRequest, issued: Snapshot) -> HttpResponse:
    """The report as it was handed in, with what moved since in brief."""
    moved = moved_of(request, issued, shown=SHOWN_BRIEFLY)
    document = issued.composed
    said = said_last(issued.figures.select_related("unit", "snapshot__unit"))
    return render(
        request,
        "reports/issued/snapshot.html",
        {
            **about(request, issued),
            "document": document,
            "sheet": live_sheet(issued, document),
            "moved": moved,
            "figures": said,
            "moved_keys": {one.drift.frozen.key for one in moved},
        },
    )


@page("report.see", on=snapshot_within_reach)
def drift(request: HttpRequest, issued: Snapshot) -> HttpResponse:
    """Every figure that moved: which records, when, by whom, why."""
    moved = moved_of(request, issued, shown=SHOWN_FULLY)
    return render(request, "reports/issued/drift.html", {**about(request, issued), "moved": moved})


@page("report.see", on=file_within_reach)
def snapshot_file(request: HttpRequest, found: FoundFile) -> HttpResponseBase:
    """The file exactly as it was handed in."""
    return as_handed_in(found)


@page("report.see", on=erratum_file_within_reach)
def erratum_file(request: HttpRequest, found: FoundFile) -> HttpResponseBase:
    return as_handed_in(found)


@page("report.issue", on=snapshot_within_reach)
def new_erratum(request: HttpRequest, issued: Snapshot) -> HttpResponse:
    """Choose what is put right, say why; the erratum is then numbered, printed and kept."""
    moved = moved_of(request, issued, shown=SHOWN_BRIEFLY)
    form = ErratumForm(moved, request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            erratum = put_right(
                issued, because=facts["because"], by=user_of(request), figures=facts["figures"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Issued. The report itself stays as it was."))
            return redirect("report-erratum", pk=erratum.pk)
    said = {**about(request, issued), "moved": moved, "form": form}
    return render(request, "reports/issued/new_erratum.html", said)


@page("report.see", on=erratum_within_reach)
def erratum(request: HttpRequest, erratum: Erratum) -> HttpResponse:
    figures = erratum.figures.select_related("figure")
    addresses = {one.figure.code: _figure_address(erratum.snapshot, one.figure.place) for one in figures}
    return render(
        request,
        "reports/issued/erratum.html",
        {
            "erratum": erratum,
            "issued": erratum.snapshot,
            "sheet": sheet(erratum.composed, addresses, {}),
            "endings": [one.ending for one in erratum.files.all()],
        },
    )


@page("report.issue", on=snapshot_within_reach)
def replacement(request: HttpRequest, issued: Snapshot) -> HttpResponse:
    """Issue the report anew from the ledger as it is now; the former issue stays and says so."""
    outline = outlines().get(issued.document)
    form = BecauseForm(request.POST or None)
    document = composed_anew(outline, issued) if outline else None
    if request.method == "POST" and document and form.is_valid():
        try:
            new = actions.issue(
                document,
                unit=issued.unit,
                period=issued.period_of_report,
                by=user_of(request),
                replaces=issued,
                because=form.cleaned_data["because"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Issued anew. The former issue stays and says that it was replaced."))
            return redirect("report-snapshot", pk=new.pk)
    said = {**about(request, issued), "form": form, "document": document}
    return render(request, "reports/issued/replacement.html", said)


@page("report.package", on=snapshot_within_reach)
def package(request: HttpRequest, issued: Snapshot) -> HttpResponseBase:
    """Ask whether names are wanted, then hand the package out."""
    form = PackageForm(request.POST if request.method == "POST" else None)
    may_name = reach_of(request).may("sealed.export", issued)
    if request.method == "POST" and form.is_valid():
        try:
            file = take_package(
                issued,
                reach_of(request),
                by=user_of(request),
                names=form.cleaned_data["names"],
                because=form.cleaned_data["because"],
                address=request.build_absolute_uri(reverse("certificate-check")),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return given(file, name=_("Evidence package of “%s”") % issued.title, ending="zip")
    said = {**about(request, issued), "form": form, "may_name": may_name}
    answer = render(request, "reports/issued/package.html", said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def composed_anew(outline: Outline, issued: Snapshot) -> Document:
    with override("zh-hans"):  # a paper is Chinese whatever its author's screen says
        return compose(outline, issued.unit, issued.period_of_report)


def about(request: HttpRequest, issued: Snapshot) -> dict[str, Any]:
    """What every page of one issued report shows around its own matter."""
    reach = reach_of(request)
    return {
        "issued": issued,
        "kind": kind_label(issued.document),
        "errata": list(issued.errata.select_related("by").defer("content")),
        "endings": [one.ending for one in issued.files.all()] or [one.lstrip(".") for one in MEDIA_TYPES],
        "may_issue": reach.may("report.issue", issued) and issued.replaced_by is None,
        "may_pack": reach.may("report.package", issued),
    }


def moved_of(request: HttpRequest, issued: Snapshot, *, shown: int) -> list[Explained]:
    return explain(list(open_drift(issued).values()), reach_of(request), issued.unit, shown=shown)


def live_sheet(issued: Snapshot, document: Document) -> list[dict[str, Any]]:
    """The text with each figure leading to what was frozen of it."""
    records = {run.record: f"/records/{run.record}/" for run in document.runs() if run.record}
    drawn = sheet(document, {}, records)
    for said in runs_of(drawn):
        run = said["run"]
        if source := document.source_of(run):
            said["figure"] = _figure_address(issued, source.place)
            said["stated"] = run.override
        elif run.source:
            said["stated"] = run.source
    return drawn


def _figure_address(issued: Snapshot, place: int) -> str:
    return reverse("report-figure", args=[issued.pk, place])


def as_handed_in(found: FoundFile) -> HttpResponseBase:
    """The kept bytes; what was issued before files were kept is drawn from its frozen text."""
    kept = found.issued.files.filter(ending=found.ending).first()
    title = str(found.issued)
    if kept is not None:
        return given(kept.file.open(), name=title, ending=found.ending)
    drawn = written(found.issued.composed, f".{found.ending}")
    return given(io.BytesIO(drawn), name=title, ending=found.ending)
