"""A table of the text as a plain form: what its rows are, its figures, its caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.requests import reach_of, user_of
from qingce.reports.writing import actions
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.table_form import TableForm

if TYPE_CHECKING:
    from qingce.reports.writing.models import Paragraph


def table_page(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """Choose what the table shows; its numbers are never typed."""
    form = TableForm(paragraph.pieces[0], paragraph.version, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(
                paragraph,
                (form.piece,),
                version=form.cleaned_data["version"],
                by=user_of(request),
                reach=reach_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"/documents/{paragraph.draft_id}/#p-{paragraph.pk}")
    (told,) = Drawing(paragraph.draft, [paragraph], reach_of(request)).of_paragraph[paragraph.pk]
    said = {"paragraph": paragraph, "draft": paragraph.draft, "form": form, "told": told}
    return render(request, "writing/table_page.html", said)
