"""The log of actions for the auditor: search, open one entry, take the list along.

The views state no permission: whoever wires them in wraps each with a lock (see `urls`).
"""

from __future__ import annotations

import io
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.searching import Question
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.audit.veils import shown
from qingce.foundation.exchange.exporting import export_rows
from qingce.foundation.refusals import Refused

PAGE = 50
MOST_EXPORTED = 100_000


def log(request: HttpRequest) -> HttpResponse:
    """Everything told, the newest first, as far as it is asked for."""
    question = Question(request.GET)
    page = Paginator(question.found, PAGE).get_page(request.GET.get("page"))
    page.object_list = shown(request, list(page.object_list))
    return render(request, "audit/log.html", {"question": question, "page_obj": page})


def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with what was before and after."""
    found = get_object_or_404(Entry.objects.select_related("by"), number=number)
    [one] = shown(request, [found])
    answer = render(request, "audit/entry.html", {"one": one, "entry": found})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def export(request: HttpRequest) -> FileResponse | HttpResponse:
    """The entries on the screen, all pages of them."""
    found = Question(request.GET).found
    total = found.count()
    if total > MOST_EXPORTED:
        raise Refused(_("These are more than 100,000 entries; choose a shorter period."))
    heads = [_("Entry"), _("When"), _("Who"), _("From where"), _("What"), _("Number"), _("Digest")]
    out = io.BytesIO()
    export_rows(heads, _rows(request, found), out, title=_("Log of actions"))
    tell(Told.ROWS_EXPORTED, by=request.user, about=_("Log of actions"), details={"rows": total})
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{_('Log of actions')}.xlsx")


def _rows(request: HttpRequest, found: Any) -> Any:
    for start in range(0, found.count(), 1000):
        for one in shown(request, list(found[start : start + 1000])):
            entry = one.entry
            who = str(entry.by or _("The system"))
            yield [entry.number, entry.at, who, entry.origin, one.sentence, entry.reference, entry.digest]
