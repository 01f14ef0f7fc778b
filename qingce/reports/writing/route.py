"""The way of a document upwards: who may decide about it, at which unit, and what waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingce.foundation.dates import in_force
from qingce.league.access.reach import Reach, within
from qingce.league.access.roles import granting
from qingce.league.organisations.models import Placement, Post, Unit
from qingce.reports.writing.models import Draft, State, Step, Version

APPROVE = "document.approve"


def level_for(draft: Draft, *, on: dt.date) -> Unit | None:
    """The nearest unit above where somebody other than the authors may approve.

    A level at which nobody may is skipped; above the root there is none, so its own officers decide.
    """
    authors = draft.authors()
    return next((unit for unit in _levels(draft.unit, on=on) if _approvers(unit, on=on).exclude(
        person__user__in=authors
    ).exists()), None)  # fmt: skip


def _levels(unit: Unit, *, on: dt.date) -> Iterator[Unit]:
    yield from reversed(unit.above(day=on))
    yield unit


def _approvers(unit: Unit, *, on: dt.date) -> QuerySet[Post]:
    posts = Post.objects.filter(unit=unit, role__in=granting(APPROVE), person__user__is_active=True)
    return posts.filter(in_force(on))


def may_decide(draft: Draft, reach: Reach) -> bool:
    """Whether this reader may return or approve it: by a post where it lies, and not the own text."""
    if draft.state != State.SUBMITTED or draft.reviewed_at is None:
        return False
    return reach.may(APPROVE, draft.reviewed_at) and reach.user.pk not in draft.authors()


def waiting_for(reach: Reach) -> QuerySet[Draft]:
    """Documents that this reader may decide about."""
    held = Placement.objects.on(reach.on).filter(within(reach.paths(APPROVE)))
    mine = Q(by=reach.user.pk) | Q(changed_by=reach.user.pk)
    wrote = Version.objects.filter(draft=OuterRef("pk"), by=reach.user.pk)
    handed = Step.objects.filter(draft=OuterRef("pk"), by=reach.user.pk, sort=Step.Sort.SUBMITTED)
    waiting = Draft.objects.filter(state=State.SUBMITTED, reviewed_at__in=held.values("unit"))
    return waiting.exclude(mine).exclude(Exists(wrote)).exclude(Exists(handed))


def draft_within_reach(reach: Reach, *, pk: int) -> Draft | None:
    """The document of this key when its unit lies within any post of the reader."""
    found = Draft.objects.select_related("unit", "by", "changed_by", "reviewed_at", "snapshot")
    draft: Draft | None = found.filter(pk=pk).first()
    return draft if draft is not None and reach.covers(draft) else None
