"""Comments on a paragraph: the thread with its form, and settling a matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.text import Truncator
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

REACH = 40  # paragraphs after this one to which a comment may reach
SHOWN = 160  # characters of a paragraph beside its comments
LABEL = 24  # characters of a paragraph in a list to choose from


@dataclass(frozen=True)
class Thread:
    """A matter with its answers."""

    first: Comment
    answers: list[Comment]


def threads(draft: Draft, paragraph: Paragraph | None = None) -> list[Thread]:
    """Every matter of the document, or of one paragraph; those open first."""
    found = remarks.about(paragraph) if paragraph else Comment.objects.filter(paragraph__draft=draft)
    firsts = list(found.filter(answers=None).select_related("by", "settled_by", "paragraph", "until"))
    firsts.sort(key=lambda one: (one.settled_at is not None, one.paragraph.place, one.pk))
    answers = list(Comment.objects.filter(answers__in=firsts).select_related("by"))
    return [Thread(one, [other for other in answers if other.answers_id == one.pk]) for one in firsts]


@page("document.write", on=paragraph_within_reach)
def comments(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """What was said about a paragraph; something said about it, or about all from it to another."""
    told = _told(request, paragraph)
    given = {name: request.GET.get(name, "") for name in ("until", "quote")}
    following = [(key, Truncator(said).chars(LABEL)) for key, said in told[1:]]
    form = CommentForm(following, request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        _said(request, paragraph, form.cleaned_data)
        return _back(paragraph)
    answer = render(
        request,
        "writing/comments.html",
        {
            "paragraph": paragraph,
            "said": given["quote"] or told[0][1],
            "threads": threads(paragraph.draft, paragraph),
            "form": form,
            "draft": paragraph.draft,
        },
    )
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _told(request: HttpRequest, paragraph: Paragraph) -> list[tuple[int, str]]:
    """This paragraph and those after it, each with its words."""
    standing = paragraph.draft.standing()
    following = [one for one in standing if one.place > paragraph.place and one.pk != paragraph.pk][:REACH]
    drawing = Drawing(paragraph.draft, [paragraph, *following], reach_of(request))
    return [(one.pk, Truncator(drawing.text(one)).chars(SHOWN)) for one in drawing.paragraphs]


def _said(request: HttpRequest, paragraph: Paragraph, said: dict[str, Any]) -> None:
    try:
        remarks.comment(
            paragraph,
            said["text"],
            by=user_of(request),
            now=timezone.now(),
            answers=remarks.about(paragraph).filter(pk=said["answers"] or 0).first(),
            until=paragraph.draft.paragraphs.filter(pk=said["until"] or 0).first(),
            quote=said["quote"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))


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
