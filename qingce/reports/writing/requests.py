"""What the pages of the writer share: who asks, JSON answers, and a verb carried out with its sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from qingce.foundation.refusals import Refused
from qingce.reports.document import Document
from qingce.reports.renderers import MEDIA_TYPES, render
from qingce.reports.writing.models import Draft


def sent(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent; Refused when there is none."""
    try:
        said = json.loads(request.body or b"{}")
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Refused("JSON")
    return said


def refused(refusal: Refused, status: int = 409, **more: Any) -> JsonResponse:
    return JsonResponse({"refused": str(refusal), **more}, status=status)


def carried_out(request: HttpRequest, draft: Draft, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do it and return to the document, with what was done or what stood in the way."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("document", pk=draft.pk)


def as_file(document: Document, ending: str) -> HttpResponse:
    """The document as a file under its own title."""
    response = HttpResponse(render(document, ending), content_type=MEDIA_TYPES[ending])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.title + ending)}"
    return response
