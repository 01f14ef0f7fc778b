"""Comments on a paragraph: made, answered, settled, opened again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.reports.writing.models import Comment, Paragraph, State

QUOTED = 300  # characters

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


def about(paragraph: Paragraph) -> QuerySet[Comment]:
    """What was said about this paragraph, alone or among others."""
    spanning = Q(paragraph__place__lte=paragraph.place, until__place__gte=paragraph.place)
    in_draft = Comment.objects.filter(paragraph__draft=paragraph.draft_id)
    return in_draft.filter(Q(paragraph=paragraph) | spanning)


@telling()
def comment(
    paragraph: Paragraph,
    text: str,
    *,
    by: User,
    now: dt.datetime,
    answers: Comment | None = None,
    until: Paragraph | None = None,
    quote: str = "",
) -> Comment:
    """Say something about a paragraph, or all from it to `until`, or answer what somebody said."""
    if not text.strip():
        raise Refused(_("Write what you want to say."))
    if paragraph.draft.state == State.ISSUED:
        raise Refused(_("The document is issued: nothing more is said about its draft."))
    if until is not None and until.draft_id != paragraph.draft_id:
        raise Refused(_("A comment reaches over paragraphs of one document."))
    answered = _first(answers)
    first, last = sorted((paragraph, until or paragraph), key=lambda one: one.place)
    made = Comment.objects.create(
        paragraph=answered.paragraph if answered else first,
        until=last if last != first else None,
        quote=quote.strip()[:QUOTED],
        answers=answered,
        text=text.strip()[:500],
        by=by,
        at=now,
    )
    _tell(Told.DOCUMENT_COMMENTED, made, by)
    return made


@telling()
def settle(remark: Comment, *, by: User, now: dt.datetime) -> None:
    """Note that the matter is dealt with."""
    first = _first(remark) or remark
    first.settled_by, first.settled_at = by, now
    first.save(update_fields=["settled_by", "settled_at"])
    _tell(Told.COMMENT_SETTLED, first, by)


@telling()
def open_again(remark: Comment, *, by: User) -> None:
    """Note that the matter is not dealt with after all."""
    first = _first(remark) or remark
    first.settled_by, first.settled_at = None, None
    first.save(update_fields=["settled_by", "settled_at"])
    _tell(Told.COMMENT_REOPENED, first, by)


def _first(remark: Comment | None) -> Comment | None:
    """The comment with which the matter began."""
    return remark.answers or remark if remark else None


def _tell(told: Told, remark: Comment, by: User) -> None:
    draft = remark.paragraph.draft
    tell(told, by=by, about=f"{draft}: {remark.text[:60]}", reference=draft.reference)
