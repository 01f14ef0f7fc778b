"""The page that reads any summary: paste or send it, see which figures the ledger stands behind."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingce.figures.indicators.sight import Sight
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.reports.claims.checking import Checked, check
from qingce.reports.claims.extracting import Received
from qingce.reports.claims.forms import ClaimsForm
from qingce.reports.claims.marking import legend, paragraphs, rows
from qingce.reports.renderers import MEDIA_TYPES

NAMED = 80  # characters of a file's name


@page("report.see")
def claims(request: HttpRequest) -> HttpResponse:
    """Ask for a text; then show it marked up, or give it as a file. Nothing of it is kept."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    form = ClaimsForm(reach, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "claims/asking.html", {"form": form}, status=status)
    said = form.cleaned_data
    received = said["received"]
    checked = check(received.text, said["question"], Sight(reach))
    wanted = request.POST.get("as", "")
    name = Path(said["file"].name if said["file"] else said["name"]).stem[:NAMED]
    if wanted == "docx":
        return _as_word(checked, received, name)
    if wanted == "json":
        return _as_json(checked, name)
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
            "written": "" if received.document else received.text,
            "document": b64encode(received.document).decode(),
            "name": name,
            "unit": said["question"].unit.code if said["question"] else "",
            "year": said["question"].period.code if said["question"] else "",
        },
    )


def _as_word(checked: Checked, received: Received, name: str) -> HttpResponse:
    from qingce.reports.claims.commented import commented

    out = io.BytesIO()
    commented(checked, out, received.document)
    return _file(out.getvalue(), MEDIA_TYPES[".docx"], name, ".docx")


def _as_json(checked: Checked, name: str) -> HttpResponse:
    content = json.dumps(checked.as_json, ensure_ascii=False, indent=1)
    return _file(content.encode(), "application/json", name, ".json")


def _file(content: bytes, sort: str, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=sort)
    called = _("%s (checked)") % name if name else _("checked text")
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(called + ending, safe='')}"
    )
    return response
