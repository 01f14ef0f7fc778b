"""The privacy desk: the register of processing, requests of persons, and what is due to be erased."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.exchange.exporting import export_rows, watermark
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.people import actions
from qingce.league.people import retention as keeping
from qingce.league.people.forms import AnswerForm
from qingce.league.people.models import Consent, Erasure, Request
from qingce.league.people.purposes import label_of, purposes
from qingce.league.people.traces import known_to, persons_known_at

PAGE_SIZE = 50


@page("privacy.keep")
def register(request: HttpRequest) -> HttpResponse:
    listed = [(purpose, [label_of(fact) for fact in purpose.facts]) for purpose in purposes().values()]
    return render(request, "people/register.html", {"purposes": listed})


@page("privacy.keep")
def register_file(request: HttpRequest) -> FileResponse:
    heads = [
        _("Purpose"), _("Legal basis"), _("Whose data"), _("Categories"), _("Facts held"),
        _("Passed on to"), _("Kept for"), _("Protection"), _("Guardian's consent below 14"),
    ]  # fmt: skip
    rows = [
        [
            str(one), one.basis, one.people, "、".join(one.categories),
            "、".join(label_of(fact) for fact in one.facts), "、".join(one.recipients),
            one.retention, one.measures, one.consent,
        ]
        for one in purposes().values()
    ]  # fmt: skip
    return _workbook(request, heads, rows, _("Register of processing"))


@page("privacy.keep")
def consents_file(request: HttpRequest) -> FileResponse:
    """The consents of everybody within reach; telephone numbers stay masked."""
    persons = persons_known_at(reach_of(request).units("privacy.keep"))
    kept = Consent.objects.filter(person__in=persons).select_related("person", "guardian", "recorded_by")
    heads = [
        _("Person"), _("Guardian"), _("Relation to the child"), _("Phone of the guardian"), _("Purpose"),
        _("Scope"), _("Given on"), _("Withdrawn on"), _("How it was given"), _("Where the paper is kept"),
        _("Version of the text"), _("Recorded by"),
    ]  # fmt: skip
    rows = [
        [
            one.person.name, one.guardian and one.guardian.name,
            one.guardian and one.guardian.get_relation_display(), one.guardian and str(one.guardian.phone),
            str(purposes().get(one.purpose, one.purpose)), one.scope, one.given_on, one.withdrawn_on,
            str(one.get_manner_display()), one.paper, one.text_version, str(one.recorded_by or ""),
        ]
        for one in kept
    ]  # fmt: skip
    return _workbook(request, heads, rows, _("Register of consents"))


def _workbook(request: HttpRequest, heads: list[str], rows: list[list[Any]], title: str) -> FileResponse:
    out = io.BytesIO()
    export_rows(heads, rows, out, title=title, watermark=watermark(str(user_of(request))))
    tell(Told.ROWS_EXPORTED, by=user_of(request), about=title, details={"rows": len(rows)})
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{title}.xlsx")


@page("privacy.keep")
def requests(request: HttpRequest) -> HttpResponse:
    """What people ask about their data, the most urgent first; answered ones behind a filter."""
    persons = persons_known_at(reach_of(request).units("privacy.keep"))
    asked = Request.objects.filter(person__in=persons).select_related("person")
    answered = request.GET.get("answered") == "1"
    asked = asked.filter(answered_at__isnull=not answered)
    chosen = Paginator(asked, PAGE_SIZE).get_page(request.GET.get("page"))
    said = {"page_obj": chosen, "answered": answered, "today": reach_of(request).on}
    return render(request, "people/requests.html", said)


class KnownRequest:
    """A request, and the unit that answers for it."""

    def __init__(self, request: Request, unit_id: int) -> None:
        self.request = request
        self.unit_id = unit_id


def request_within_reach(reach: Reach, *, pk: int) -> KnownRequest | None:
    found = Request.objects.select_related("person").filter(pk=pk).first()
    known = known_to(reach, found.person, "privacy.keep") if found else None
    return KnownRequest(found, known.unit_id) if found and known else None


@page("privacy.keep", on=request_within_reach)
def answer(request: HttpRequest, known: KnownRequest) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(known.request, words=form.cleaned_data["words"], by=user_of(request))
            messages.success(request, _("The answer is given; the person reads it on the own page."))
            return redirect("privacy-requests")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "people/answer.html", {"asked": known.request, "form": form})


@page("privacy.keep")
def retention(request: HttpRequest) -> HttpResponse:
    """What is due to be erased by which rule, and what was erased; erasing is the command's."""
    listed = [(rule, rows.count()) for rule, rows in keeping.due(today=reach_of(request).on)]
    erased = Paginator(Erasure.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "people/retention.html", {"rules": listed, "page_obj": erased})
