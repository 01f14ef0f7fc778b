"""A text as it was, put back in force as a new version; nothing that was said or written is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.reports.writing.actions import STEP, name_anew, refuse_unless_open
from qingce.reports.writing.models import Draft, Paragraph, Version
from qingce.reports.writing.versions import keep

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@dataclass(frozen=True)
class Changes:
    """What the text would lose and get back if that version were in force again."""

    version: Version
    standing: list[Paragraph]

    @cached_property
    def then(self) -> dict[int, dict[str, Any]]:
        return {one["paragraph"]: one for one in self.version.content}

    @property
    def rewritten(self) -> list[Paragraph]:
        return [one for one in self.standing if one.pk in self.then and _differs(one, self.then[one.pk])]

    @property
    def taken_out(self) -> list[Paragraph]:
        return [one for one in self.standing if one.pk not in self.then]

    @property
    def put_back(self) -> list[int]:
        held = {one.pk for one in self.standing}
        return [key for key in self.then if key not in held]

    @property
    def is_moved(self) -> bool:
        """Whether the paragraphs of both stand in another order."""
        return [one.pk for one in self.standing if one.pk in self.then] != [
            key for key in self.then if key not in self.put_back
        ]

    def __bool__(self) -> bool:
        return bool(self.rewritten or self.taken_out or self.put_back or self.is_moved)

    @property
    def sentences(self) -> list[str]:
        """For the one who is asked."""
        counts = (len(self.rewritten), len(self.taken_out), len(self.put_back))
        said = (
            ngettext("%d paragraph reads as it did then.", "%d paragraphs read as they did then.", counts[0]),
            ngettext("%d paragraph is taken out.", "%d paragraphs are taken out.", counts[1]),
            ngettext("%d paragraph is put back.", "%d paragraphs are put back.", counts[2]),
        )
        moved = [_("Paragraphs stand in the order they had then.")] if self.is_moved else []
        return [one % count for one, count in zip(said, counts, strict=True) if count] + moved


def _differs(paragraph: Paragraph, then: dict[str, Any]) -> bool:
    return bool(paragraph.runs != then["runs"] or paragraph.role != then["role"])


def is_restorable(version: Version) -> bool:
    """A text that was refused was never the document's."""
    return version.sort != Version.Sort.REFUSED


def refuse_unless_restorable(
    version: Version, standing: list[Paragraph], *, by: User, now: dt.datetime
) -> Changes:
    """What would change; Refused says what stands in the way."""
    refuse_unless_open(version.draft)
    if not is_restorable(version):
        raise Refused(_("This text was never saved in the document. Copy from it what you need."))
    others = [str(holder) for one in standing if (holder := one.holder(now)) and holder.pk != by.pk]
    if others:
        said = _("%s is writing in the document just now. Restore the version once nobody else is writing.")
        raise Refused(said % "、".join(dict.fromkeys(others)))
    changes = Changes(version, standing)
    if not changes:
        raise Refused(_("The document reads just as it did in this version."))
    return changes


@telling()
def restore(version: Version, *, by: User, now: dt.datetime) -> Draft:
    """Put the text back as it was in that version; comments stay with their paragraphs."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=version.draft_id)
    version.draft = draft
    changes = refuse_unless_restorable(version, draft.standing(), by=by, now=now)
    for one in changes.taken_out:
        one.removed_at, one.held_by, one.held_until = now, None, None
        one.save(update_fields=["removed_at", "held_by", "held_until"])
    found = draft.paragraphs.in_bulk(changes.then)
    for place, (key, then) in enumerate(changes.then.items(), 1):
        _put_back(found[key], then, place * STEP, by, now)
    draft.changed_by, draft.changed_at = by, now
    draft.save(update_fields=["changed_by", "changed_at"])
    name_anew(draft)
    keep(draft, by=by, now=now, sort=Version.Sort.RESTORED, restores=version)
    details = {"version": f"{timezone.localtime(version.until):%Y-%m-%d %H:%M}"}
    tell(Told.DOCUMENT_RESTORED, by=by, about=str(draft), reference=draft.reference, details=details)
    return draft


def _put_back(paragraph: Paragraph, then: dict[str, Any], place: int, by: User, now: dt.datetime) -> None:
    """As it was; whoever holds an older text in an open page is told when saving it."""
    if _differs(paragraph, then) or paragraph.removed_at is not None:
        paragraph.version += 1
        paragraph.changed_by, paragraph.changed_at = by, now
    paragraph.runs, paragraph.role, paragraph.place = then["runs"], then["role"], place
    paragraph.removed_at = None
    paragraph.save(
        update_fields=["runs", "role", "place", "removed_at", "version", "changed_by", "changed_at"]
    )
