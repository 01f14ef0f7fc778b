"""Writing: beginning a document, saving a paragraph, holding it, adding, moving and taking out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.foundation.words import initials
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.outline import Outline
from qingce.reports.writing.admitting import admit, signed
from qingce.reports.writing.first_draft import first_draft, headings_only
from qingce.reports.writing.models import HELD_FOR, Draft, Paragraph, Role, State
from qingce.reports.writing.runs import Pieces, stored, tidy
from qingce.reports.writing.versions import keep, keep_refused

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

STEP = 10  # between the places of paragraphs, so that one can be put between


class Stale(Refused):
    """Somebody else saved the paragraph meanwhile: both texts are kept."""

    def __init__(self, paragraph: Paragraph) -> None:
        said = _(
            "%s saved this paragraph meanwhile. Both texts are kept: compare them, then save yours again."
        )
        super().__init__(said % paragraph.changed_by)
        self.paragraph = paragraph


@telling()
def begin(
    outline: Outline, unit: Unit, period: Period, *, by: User, now: dt.datetime, with_sentences: bool = True
) -> Draft:
    """Begin a document from its outline: with all sentences and live figures, or with headings only."""
    lines = (first_draft if with_sentences else headings_only)(outline, unit, period)
    draft = Draft.objects.create(
        outline=outline.address, unit=unit, period=period.code, by=by, at=now, changed_by=by, changed_at=now
    )
    Paragraph.objects.bulk_create(
        Paragraph(
            draft=draft,
            place=place * STEP,
            role=role,
            runs=stored(pieces),
            changed_by=by,
            changed_at=now,
        )
        for place, (role, pieces) in enumerate(lines, 1)
    )
    name_anew(draft)
    keep(draft, by=by, now=now)
    tell(Told.DOCUMENT_BEGUN, by=by, about=str(draft), reference=draft.reference)
    return draft


@transaction.atomic
def hold(paragraph: Paragraph, *, by: User, now: dt.datetime) -> Paragraph:
    """Take the paragraph in hand, or go on holding it; Refused while somebody else does."""
    held = _fresh(paragraph)
    _refuse_unless_writable(held, by=by, now=now)
    held.held_by, held.held_until = by, now + HELD_FOR
    held.save(update_fields=["held_by", "held_until"])
    return held


@transaction.atomic
def release(paragraph: Paragraph, *, by: User) -> None:
    """Let go of a paragraph that is one's own to let go of."""
    held = _fresh(paragraph)
    if held.held_by_id == by.pk:
        held.held_by, held.held_until = None, None
        held.save(update_fields=["held_by", "held_until"])


def write(
    paragraph: Paragraph,
    pieces: Pieces,
    *,
    version: int,
    by: User,
    reach: Reach,
    now: dt.datetime,
    role: str = "",
) -> Paragraph:
    """Save the text of a paragraph; Stale when somebody saved it since `version` was read."""
    try:
        return _write(paragraph, pieces, version, by, reach, now, role)
    except Stale as stale:
        keep_refused(stale.paragraph, pieces, by=by, now=now)
        raise


@telling()
def _write(
    paragraph: Paragraph,
    pieces: Pieces,
    version: int,
    by: User,
    reach: Reach,
    now: dt.datetime,
    role: str,
) -> Paragraph:
    fresh = _fresh(paragraph)
    if fresh.version != version and fresh.runs != stored(pieces):
        raise Stale(fresh)
    _refuse_unless_writable(fresh, by=by, now=now)
    said = signed(tidy(pieces), fresh.pieces, by)
    admit(said, fresh, reach)
    if fresh.runs == stored(said) and role in {"", fresh.role}:
        return fresh
    if role and (role == Role.TABLE) != (fresh.role == Role.TABLE):
        raise Refused(_("A table stays a table: take it out, and add a paragraph."))
    _tell_of_hands(fresh, said, by)
    role_kept = role in {"", fresh.role}
    fresh.runs, fresh.role = stored(said), role or fresh.role
    fresh.__dict__.pop("pieces", None)
    fresh.version += 1
    fresh.changed_by, fresh.changed_at = by, now
    fresh.save(update_fields=["runs", "role", "version", "changed_by", "changed_at"])
    _touched(fresh.draft, by, now, only=fresh if role_kept else None)
    return fresh


@telling()
def add(
    draft: Draft,
    *,
    after: Paragraph | None,
    by: User,
    reach: Reach,
    now: dt.datetime,
    role: str = Role.TEXT,
    pieces: Pieces = (),
) -> Paragraph:
    """A new paragraph behind `after`, or at the beginning."""
    refuse_unless_open(draft)
    place = after.place if after else 0
    following = draft.paragraphs.filter(place__gt=place)
    nearest = following.order_by("place").values_list("place", flat=True).first()
    if nearest is not None and nearest - place < 2:
        following.update(place=F("place") + STEP)
    made = Paragraph(
        draft=draft, place=place + 1, role=role, runs=stored(pieces), changed_by=by, changed_at=now
    )
    admit(pieces, made, reach)
    made.save()
    _touched(draft, by, now)
    return made


@telling()
def take_out(paragraph: Paragraph, *, by: User, now: dt.datetime) -> None:
    """Take a paragraph out of the text; the versions keep it."""
    fresh = _fresh(paragraph)
    _refuse_unless_writable(fresh, by=by, now=now)
    fresh.removed_at, fresh.held_by, fresh.held_until = now, None, None
    fresh.save(update_fields=["removed_at", "held_by", "held_until"])
    _touched(fresh.draft, by, now)


@telling()
def move(paragraph: Paragraph, *, up: bool, by: User, now: dt.datetime) -> None:
    """Change places with the neighbour above or below."""
    fresh = _fresh(paragraph)
    _refuse_unless_writable(fresh, by=by, now=now)
    others = fresh.draft.paragraphs.filter(removed_at=None)
    beside = (
        others.filter(place__lt=fresh.place).last() if up else others.filter(place__gt=fresh.place).first()
    )
    if beside is None:
        return
    fresh.place, beside.place = beside.place, fresh.place
    for one in (fresh, beside):
        one.save(update_fields=["place"])
    _touched(fresh.draft, by, now)


@telling()
def describe_paper(draft: Draft, parts: dict[str, Any], *, by: User, now: dt.datetime) -> None:
    """Say what stands around the text: number, addressee, signature; the rest is as the outline says."""
    refuse_unless_open(draft)
    draft.paper = {**draft.paper, **parts}
    draft.save(update_fields=["paper"])
    _touched(draft, by, now)


def name_anew(draft: Draft) -> None:
    """The draft's name is what its title lines say."""
    titles = [one for one in draft.standing() if one.role == Role.TITLE]
    said = " ".join("".join(piece.text for piece in one.pieces) for one in titles).strip()
    draft.title, draft.initials = said[:200], initials(said)[:200]
    draft.save(update_fields=["title", "initials"])


def _touched(draft: Draft, by: User, now: dt.datetime, only: Paragraph | None = None) -> None:
    """Note who wrote last, and keep the text as a version; a new version is told once."""
    draft.changed_by, draft.changed_at = by, now
    draft.save(update_fields=["changed_by", "changed_at"])
    if only is None or only.role == Role.TITLE:
        name_anew(draft)
    if keep(draft, by=by, now=now, only=only) or only is None:
        tell(Told.DOCUMENT_WRITTEN, by=by, about=str(draft), reference=draft.reference)


def _fresh(paragraph: Paragraph) -> Paragraph:
    found = Paragraph.objects.select_for_update(of=("self",)).select_related("draft__unit", "changed_by")
    fresh: Paragraph = found.get(pk=paragraph.pk)
    return fresh


def refuse_unless_open(draft: Draft) -> None:
    if not draft.is_writable:
        said = _("The document is “%s”: its text stands still. Take it back or have it returned first.")
        raise Refused(said % State(draft.state).label)


def _refuse_unless_writable(paragraph: Paragraph, *, by: User, now: dt.datetime) -> None:
    refuse_unless_open(paragraph.draft)
    if paragraph.removed_at is not None:
        raise Refused(_("This paragraph was taken out of the text. Load the page again."))
    holder = paragraph.holder(now)
    if holder is not None and holder.pk != by.pk:
        raise Refused(_("%s is writing in this paragraph. Wait a moment, or write in another one.") % holder)


def _tell_of_hands(paragraph: Paragraph, pieces: Pieces, by: User) -> None:
    """Each value overridden and each number stated by hand leaves its own sentence."""
    before = set(paragraph.pieces)
    for piece in pieces:
        if piece in before or not (piece.override or piece.sort == "stated"):
            continue
        told = Told.DOCUMENT_OVERRIDDEN if piece.override else Told.DOCUMENT_STATED
        said = piece.override or piece.text
        details = {"figure": piece.code, "because": piece.because}
        tell(
            told,
            by=by,
            about=f"{said} · {paragraph.draft}",
            reference=paragraph.draft.reference,
            details=details,
        )
