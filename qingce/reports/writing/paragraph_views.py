"""One paragraph: its plain form, and what the editor asks for it (save, hold, add, move, take out)."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.reports.outline import TABLES
from qingce.reports.writing import actions
from qingce.reports.writing.checks import findings_of
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Draft, Paragraph, Role
from qingce.reports.writing.requests import refused, sent
from qingce.reports.writing.route import draft_within_reach
from qingce.reports.writing.runs import Piece, from_braces, in_braces, read_back
from qingce.reports.writing.sentences import sentences
from qingce.reports.writing.shown import for_editor
from qingce.reports.writing.table_views import table_page
from qingce.reports.writing.tabled import TABLE
from qingce.reports.writing.writing_forms import ParagraphForm

KEPT = 409


def paragraph_within_reach(reach: Reach, *, pk: int) -> Paragraph | None:
    """The paragraph of this key when its document lies within any post of the reader."""
    found = Paragraph.objects.select_related("draft__unit", "changed_by", "held_by").filter(pk=pk).first()
    return found if found is not None and reach.covers(found) else None


@page("document.write", on=paragraph_within_reach)
def paragraph(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """The paragraph as a plain form: everything works here with scripts off."""
    if paragraph.role == Role.TABLE:
        return table_page(request, paragraph)
    form = ParagraphForm(request.POST or None, initial=_initial(paragraph))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(
                paragraph,
                from_braces(form.cleaned_data["text"]),
                version=form.cleaned_data["version"],
                role=form.cleaned_data["role"],
                by=user_of(request),
                reach=reach_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("text", str(refusal))
            if isinstance(refusal, actions.Stale):
                _show_both(form, refusal.paragraph)
        else:
            messages.success(request, _("Saved."))
            return _back(paragraph)
    return render(request, "writing/paragraph_page.html", _page(request, paragraph, form))


def _initial(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "text": in_braces(paragraph.pieces),
        "role": paragraph.role,
        "version": paragraph.version,
    }


def _show_both(form: ParagraphForm, saved: Paragraph) -> None:
    """The reader's own text stays in the form, the other one stands beside it; saving again puts it over."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = saved.version  # type: ignore[index]
    form.theirs = in_braces(saved.pieces)  # type: ignore[attr-defined]


def _page(request: HttpRequest, paragraph: Paragraph, form: ParagraphForm) -> dict[str, Any]:
    drawing = Drawing(paragraph.draft, [paragraph], reach_of(request))
    return {
        "paragraph": paragraph,
        "draft": paragraph.draft,
        "form": form,
        "said": drawing.text(paragraph),
        "findings": findings_of(drawing, paragraph, reach_of(request)),
    }


@page("document.write", on=paragraph_within_reach)
def text(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """Save what the editor holds; the answer is the paragraph as it now reads, with what to look at."""
    if request.method != "POST":
        return _back(paragraph)
    try:
        said = sent(request)
        saved = actions.write(
            paragraph,
            read_back(said.get("runs")),
            version=_whole(said.get("version")),
            by=user_of(request),
            reach=reach_of(request),
            now=timezone.now(),
        )
    except actions.Stale as stale:
        return refused(stale, KEPT, **_told(request, stale.paragraph))
    except Refused as refusal:
        return refused(refusal, 422)
    return JsonResponse(_told(request, saved))


def _told(request: HttpRequest, paragraph: Paragraph) -> dict[str, Any]:
    reach = reach_of(request)
    drawing = Drawing(paragraph.draft, [paragraph], reach)
    found = findings_of(drawing, paragraph, reach)
    advice = render_to_string("writing/advice.html", {"findings": found, "draft": paragraph.draft}, request)
    return {
        "version": paragraph.version,
        "runs": [for_editor(one) for one in drawing.of_paragraph[paragraph.pk]],
        "advice": advice,
        "typed": [[one.typed.raw, one.piece] for one in found if one.typed],
        "saved": f"{timezone.localtime(paragraph.changed_at):%H:%M}",
    }


@page("document.write", on=paragraph_within_reach)
def hold(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """Take the paragraph in hand, or let go of it."""
    if request.method != "POST":
        return _back(paragraph)
    if "release" in request.POST:
        actions.release(paragraph, by=user_of(request))
        return JsonResponse({})
    try:
        held = actions.hold(paragraph, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        return refused(refusal)
    return JsonResponse(_told(request, held))


@page("document.write", on=draft_within_reach)
def paragraphs(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add a paragraph, empty or with a suggested sentence."""
    if request.method != "POST":
        return redirect("document", pk=draft.pk)
    sentence = sentences().get(request.POST.get("sentence", ""))
    pieces = sentence.pieces if sentence else ()
    after = draft.paragraphs.filter(pk=_whole(request.POST.get("after"))).first()
    role = request.POST.get("role", "")
    try:
        made = actions.add(
            draft,
            after=after or draft.paragraphs.filter(removed_at=None).last(),
            role=role if role in Role.values else Role.TEXT,
            pieces=(Piece(TABLE, code=TABLES[0]),) if role == Role.TABLE else pieces,
            by=user_of(request),
            reach=reach_of(request),
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("document", pk=draft.pk)
    if made.role == Role.TABLE and not _wants_json(request):
        return redirect("paragraph", pk=made.pk)
    return _answer(request, made)


@page("document.write", on=paragraph_within_reach)
def place(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """Move the paragraph up or down, or take it out."""
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            if act == "out":
                actions.take_out(paragraph, by=user_of(request), now=timezone.now())
            elif act in {"up", "down"}:
                actions.move(paragraph, up=act == "up", by=user_of(request), now=timezone.now())
        except Refused as refusal:
            if _wants_json(request):
                return refused(refusal)
            messages.error(request, str(refusal))
    return _answer(request, paragraph)


def _answer(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    return JsonResponse({"paragraph": paragraph.pk}) if _wants_json(request) else _back(paragraph)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _back(paragraph: Paragraph) -> HttpResponse:
    return redirect(f"/documents/{paragraph.draft_id}/#p-{paragraph.pk}")


def _whole(said: Any) -> int:
    """A whole number, 0 for anything else."""
    return int(said) if re.fullmatch(r"\d{1,9}", str(said)) else 0
