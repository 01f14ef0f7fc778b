"""Comments on a paragraph: the thread with its form, and settling a matter."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.reports.writing import remarks
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Comment, Draft, Paragraph
from qingce.reports.writing.paragraph_views import paragraph_within_reach
from qingce.reports.writing.writing_forms import CommentForm


@dataclass(frozen=True)
class Thread:
    """A matter with its answers."""

    first: Comment
    answers: list[Comment]


def threads(draft: Draft, paragraph: Paragraph | None = None) -> list[Thread]:
    """Every matter of the document, or of one paragraph; those open first."""
    found = Comment.objects.filter(paragraph__draft=draft).select_related("by", "settled_by", "paragraph")
    if paragraph is not None:
        found = found.filter(paragraph=paragraph)
    said = list(found)
    firsts = [one for one in said if one.answers_id is None]
    firsts.sort(key=lambda one: (one.settled_at is not None, one.paragraph.place, one.pk))
    return [Thread(one, [other for other in said if other.answers_id == one.pk]) for one in firsts]


@page("document.write", on=paragraph_within_reach)
def comments(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = paragraph.comments.filter(pk=form.cleaned_data["answers"] or 0).first()
        try:
            remarks.comment(
                paragraph, form.cleaned_data["text"], by=user_of(request), now=timezone.now(), answers=answers
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        return _back(paragraph)
    answer = render(
        request,
        "writing/comments.html",
        {
            "paragraph": paragraph,
            "said": Drawing(paragraph.draft, [paragraph], reach_of(request)).text(paragraph),
            "threads": threads(paragraph.draft, paragraph),
            "form": form,
        },
    )
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def comment_within_reach(reach: Reach, *, pk: int) -> Comment | None:
    found = Comment.objects.select_related("paragraph__draft__unit", "answers").filter(pk=pk).first()
    return found if found is not None and reach.covers(found) else None


@page("document.write", on=comment_within_reach)
def comment(request: HttpRequest, remark: Comment) -> HttpResponse:
    """Settle the matter, or open it again."""
    if request.method == "POST":
        if "again" in request.POST:
            remarks.open_again(remark, by=user_of(request))
            messages.success(request, _("The comment is open again."))
        else:
            remarks.settle(remark, by=user_of(request), now=timezone.now())
            messages.success(request, _("The comment is settled."))
    return _back(remark.paragraph)


def _back(paragraph: Paragraph) -> HttpResponse:
    return redirect(f"/documents/{paragraph.draft_id}/#p-{paragraph.pk}")
