"""Pages of one figure of an issued report: what was frozen of it, its rows, its certificate, the annex."""

from __future__ import annotations

import io
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qingce.figures.indicators.question import Question
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.files.giving import given
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.reports.issued.agreement import agreement_address
from qingce.reports.issued.annex_sheet import annex_file
from qingce.reports.issued.certificate import (
    Certificate,
    certificate,
    certificates_pdf,
    code_picture,
    heads,
    shares_of,
)
from qingce.reports.issued.codes import as_typed
from qingce.reports.issued.drift import drifts
from qingce.reports.issued.explained import explain
from qingce.reports.issued.finding import (
    FoundFigure,
    FoundFile,
    figure_within_reach,
    file_within_reach,
)
from qingce.reports.issued.lines import LineBook
from qingce.reports.issued.standing import said_last
from qingce.reports.issued.views import about
from qingce.reports.models import FrozenFigure

FIRST_ROWS, PAGE_SIZE = 20, 50
EVERY_ROW = 5000  # that one page lists as moved


@page("report.see", on=figure_within_reach)
def figure(request: HttpRequest, found: FoundFigure) -> HttpResponse:
    """What was frozen of a figure; also in the drawer."""
    frozen = found.figure
    rows = frozen.counted[:FIRST_ROWS]
    book = LineBook(reach_of(request), [(frozen, rows)])
    lines = list(book.lines(frozen, rows))
    [said] = said_last([frozen])
    answer = render(
        request,
        "reports/issued/figure.html",
        {
            "issued": found.snapshot,
            "figure": frozen,
            "said": said,
            "shares": shares_of(frozen, reach_of(request)),
            "lines": lines,
            "masked": sum(one.masked for one in lines),
            "live": Question(frozen.asked_unit, frozen.asked_period).address("figure", frozen.code),
            "agreement": agreement_address(frozen.code, frozen.asked_period.last.year),
        },
    )
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@page("report.see", on=figure_within_reach)
def figure_rows(request: HttpRequest, found: FoundFigure) -> HttpResponse:
    """Every row as it was counted, however it stands now."""
    chosen = Paginator(found.figure.counted, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(chosen.object_list)
    book = LineBook(reach_of(request), [(found.figure, rows)])
    lines = list(book.lines(found.figure, rows))
    said = {
        "figure": found.figure,
        "page_obj": chosen,
        "lines": lines,
        "masked": sum(one.masked for one in lines),
    }
    return render(request, "reports/issued/rows.html", {**about(request, found.snapshot), **said})


@page("report.see", on=figure_within_reach)
def figure_drift(request: HttpRequest, found: FoundFigure) -> HttpResponse:
    """One figure with every row that moved."""
    changed = [one for one in drifts(said_last([found.figure])) if one.is_change]
    moved = explain(changed, reach_of(request), found.snapshot.unit, shown=EVERY_ROW)
    return render(request, "reports/issued/drift.html", {**about(request, found.snapshot), "moved": moved})


@page("report.see", on=figure_within_reach)
def figure_certificate(request: HttpRequest, found: FoundFigure) -> HttpResponse:
    one = certificate_of(request, found)
    return render(
        request,
        "reports/issued/certificate.html",
        {
            **about(request, found.snapshot),
            "figure": found.figure,
            "certificate": one,
            "heads": heads(),
            "picture": SafeString(code_picture(one)),  # drawn by us from the code alone
        },
    )


@page("report.see", on=figure_within_reach)
def figure_certificate_file(request: HttpRequest, found: FoundFigure) -> HttpResponseBase:
    """The certificate as a PDF of one page."""
    one = certificate_of(request, found)
    drawn = certificates_pdf([one], heads=heads())
    return given(io.BytesIO(drawn), name=f"{heads()['title']} {one.label} {one.code}", ending="pdf")


def certificate_of(request: HttpRequest, found: FoundFigure) -> Certificate:
    if not found.figure.check_code:
        raise Http404  # issued before figures had codes
    [said] = said_last([found.figure])
    book = LineBook(reach_of(request), [(found.figure, found.figure.counted)], names=False)
    return certificate(said, book, reach_of(request), address=check_address(request, found.figure))


def check_address(request: HttpRequest, frozen: FrozenFigure) -> str:
    return request.build_absolute_uri(f"{reverse('certificate-check')}?code={frozen.check_code}")


@page("report.see")
def certificate_check(request: HttpRequest) -> HttpResponse:
    """Whoever holds a certificate types its code and sees the figure as it was frozen."""
    code = request.GET.get("code", "").strip()
    found = by_code(reach_of(request), code) if code else None
    if found is not None:
        return redirect("report-figure-certificate", pk=found.snapshot_id, place=found.place)
    return render(request, "reports/issued/certificate_check.html", {"code": code})


def by_code(reach: Reach, code: str) -> FrozenFigure | None:
    rows = FrozenFigure.objects.filter(
        check_code=as_typed(code), snapshot__unit__in=reach.units("report.see")
    )
    found: FrozenFigure | None = rows.exclude(check_code="").first()
    return found


@page("report.see", on=file_within_reach)
def annex(request: HttpRequest, found: FoundFile) -> HttpResponseBase:
    """The annex 数据来源表 of an issued report as a spreadsheet."""
    issued: Any = found.issued
    file = annex_file(issued, found.ending)
    title = _("Data annex of “%s”") % issued.title
    details = {"figures": issued.figures.count()}
    tell(
        Told.ROWS_EXPORTED,
        by=user_of(request),
        about=title,
        reference=f"snapshot-{issued.pk}",
        details=details,
    )
    return given(file, name=title, ending=found.ending)
