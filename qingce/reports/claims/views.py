"""The page that reads any summary: paste or send it, see which figures the ledger stands behind."""

from __future__ import annotations

import io
import json
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingce.figures.indicators.sight import Sight
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.reports.claims.checking import Checked, check
from qingce.reports.claims.forms import ClaimsForm
from qingce.reports.claims.marking import legend, paragraphs, rows
from qingce.reports.renderers import MEDIA_TYPES


@page("report.see")
def claims(request: HttpRequest) -> HttpResponse:
    """Ask for a text; then show it marked up, or give it as a file. Nothing of it is kept."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    form = ClaimsForm(reach, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "claims/asking.html", {"form": form}, status=status)
    said = form.cleaned_data
    checked = check(said["written"], said["question"], Sight(reach))
    wanted = request.POST.get("as", "")
    if wanted == "docx":
        return _as_word(checked)
    if wanted == "json":
        return _as_json(checked)
    listed = rows(checked)
    return render(
        request,
        "claims/checked.html",
        {
            "checked": checked,
            "question": checked.question,
            "paragraphs": paragraphs(checked),
            "legend": legend(checked),
            "claims": [row for row in listed if row["judged"].claim.countable],
            "aside": [row for row in listed if not row["judged"].claim.countable],
            "written": said["written"],
            "unit": said["question"].unit.code if said["question"] else "",
            "year": said["question"].period.code if said["question"] else "",
        },
    )


def _as_word(checked: Checked) -> HttpResponse:
    from qingce.reports.claims.commented import commented

    out = io.BytesIO()
    commented(checked, out)
    return _file(out.getvalue(), MEDIA_TYPES[".docx"], ".docx")


def _as_json(checked: Checked) -> HttpResponse:
    content = json.dumps(checked.as_json, ensure_ascii=False, indent=1)
    return _file(content.encode(), "application/json", ".json")


def _file(content: bytes, sort: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=sort)
    name = quote(_("checked text") + ending)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
