"""The way upwards: submit, take back, return with a reason, approve, issue."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit
from qingce.reports.compose import refuse_gaps
from qingce.reports.models import Snapshot
from qingce.reports.writing.checks import findings, typed_by_hand
from qingce.reports.writing.documents import document_of
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.issuing import issued
from qingce.reports.writing.models import Draft, State, Step, Version
from qingce.reports.writing.route import level_for, may_decide
from qingce.reports.writing.versions import keep

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def submit(draft: Draft, *, by: User, now: dt.datetime, today: dt.date) -> None:
    """Hand the document up to the nearest level at which somebody else may approve it."""
    fresh = _fresh(draft)
    if not fresh.is_writable:
        raise Refused(_("The document is “%s” already.") % State(fresh.state).label)
    _refuse_typed(fresh)
    _step(fresh, Step.Sort.SUBMITTED, by, now)  # whoever hands it up is one of its authors
    level = level_for(fresh, on=today)
    if level is None:
        raise Refused(_("Nobody but its authors may approve it. Ask for a post with that right first."))
    Step.objects.filter(pk=fresh.steps.last().pk).update(unit=level)  # type: ignore[union-attr]
    fresh.state, fresh.reviewed_at = State.SUBMITTED, level
    fresh.save(update_fields=["state", "reviewed_at"])
    _let_go(fresh)
    keep(fresh, by=by, now=now, sort=Version.Sort.SUBMITTED)
    _tell(Told.DOCUMENT_SUBMITTED, fresh, by, {"unit": level.code})


@telling()
def withdraw(draft: Draft, *, by: User, now: dt.datetime) -> None:
    """Take it back to go on writing; an approval given before is void with that."""
    fresh = _fresh(draft)
    if fresh.state not in {State.SUBMITTED, State.APPROVED}:
        raise Refused(_("Only a document under review, or approved and not yet issued, can be taken back."))
    _move(fresh, State.DRAFT, Step.Sort.WITHDRAWN, by, now, unit=fresh.reviewed_at)
    _tell(Told.DOCUMENT_WITHDRAWN, fresh, by)


@telling()
def give_back(draft: Draft, *, because: str, by: User, reach: Reach, now: dt.datetime) -> None:
    """Return it to its authors to be revised, saying why."""
    fresh = _fresh(draft)
    _refuse_unless_decider(fresh, reach)
    if not because.strip():
        raise Refused(_("Say what should be changed: the authors read it."))
    _move(fresh, State.RETURNED, Step.Sort.RETURNED, by, now, unit=fresh.reviewed_at, because=because.strip())
    _tell(Told.DOCUMENT_RETURNED, fresh, by, {"because": because.strip()})


@telling()
def approve(draft: Draft, *, by: User, reach: Reach, now: dt.datetime) -> None:
    """Agree to the text as it stands; what its figures said then is kept."""
    fresh = _fresh(draft)
    _refuse_unless_decider(fresh, reach)
    _move(fresh, State.APPROVED, Step.Sort.APPROVED, by, now, unit=fresh.reviewed_at)
    keep(fresh, by=by, now=now, sort=Version.Sort.APPROVED)
    _tell(Told.DOCUMENT_APPROVED, fresh, by)


@telling()
def issue(draft: Draft, *, by: User, reach: Reach, now: dt.datetime) -> Snapshot:
    """Issue the approved text: its figures stay as they are now, and the draft is closed."""
    fresh = _fresh(draft)
    if fresh.state != State.APPROVED:
        raise Refused(_("Only an approved document is issued."))
    drawing = Drawing(fresh, fresh.standing(), reach)
    document = document_of(fresh, drawing)
    refuse_gaps(document.gaps)
    _refuse_typed(fresh)
    _refuse_false_words(drawing, reach)
    snapshot = issued(document, unit=fresh.unit, period=fresh.period_asked, by=by)
    keep(fresh, by=by, now=now, sort=Version.Sort.ISSUED)
    fresh.snapshot = snapshot
    fresh.state = State.ISSUED
    fresh.save(update_fields=["snapshot", "state"])
    _step(fresh, Step.Sort.ISSUED, by, now, unit=fresh.unit)
    return snapshot


def _refuse_typed(draft: Draft) -> None:
    numbers = typed_by_hand(draft.standing())
    if numbers:
        said = _(
            "%(numbers)s stand typed by hand. Take the figure offered, or say which paper they come from."
        )
        raise Refused(said % {"numbers": "、".join(f"“{one}”" for one in dict.fromkeys(numbers))})


def _refuse_false_words(drawing: Drawing, reach: Reach) -> None:
    wrong = [one.sentence for one in findings(drawing, reach) if one.sort == "wording" and one.blocks]
    if wrong:
        raise Refused(_("Words that no value bears out: %s") % " ".join(wrong))


def _refuse_unless_decider(draft: Draft, reach: Reach) -> None:
    if draft.state != State.SUBMITTED:
        raise Refused(_("The document is no longer under review: it was taken back or decided already."))
    if not may_decide(draft, reach):
        raise Refused(_("You wrote in this document: somebody else decides about it."))


def _move(
    draft: Draft,
    state: State,
    sort: Step.Sort,
    by: User,
    now: dt.datetime,
    *,
    unit: Unit | None,
    because: str = "",
) -> None:
    draft.state, draft.reviewed_at = state, None
    draft.save(update_fields=["state", "reviewed_at"])
    _step(draft, sort, by, now, unit=unit, because=because)


def _step(
    draft: Draft, sort: Step.Sort, by: User, now: dt.datetime, *, unit: Unit | None = None, because: str = ""
) -> None:
    Step.objects.create(draft=draft, sort=sort, unit=unit, by=by, at=now, because=because)


def _let_go(draft: Draft) -> None:
    """Nobody holds a paragraph of a text that stands still."""
    draft.paragraphs.filter(held_by__isnull=False).update(held_by=None, held_until=None)


def _fresh(draft: Draft) -> Draft:
    found = Draft.objects.select_for_update(of=("self",)).select_related("unit", "reviewed_at")
    fresh: Draft = found.get(pk=draft.pk)
    return fresh


def _tell(told: Told, draft: Draft, by: User, details: dict[str, str] | None = None) -> None:
    tell(told, by=by, about=str(draft), reference=draft.reference, details=details)
