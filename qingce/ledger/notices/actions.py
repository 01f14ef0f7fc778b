"""The verbs of a public notice: put up, object, settle, take down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.people import working_days
from qingce.league.rules import demand
from qingce.ledger.notices.models import Notice, NoticeEntry, Objection

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One line as it will be printed: the five columns that a notice has, and the record."""

    record: str
    name: str
    school: str = ""
    grade: str = ""
    class_name: str = ""
    major: str = ""


@telling()
def put_up(
    lines: Sequence[Line],
    *,
    unit: Unit,
    purpose: str,
    title: str,
    rule: str,
    opens_on: dt.date,
    closes_on: dt.date,
    by: User,
    put_up_at: str = "",
    contact: str = "",
) -> tuple[Notice, list[str]]:
    """A notice of `unit`, and what was warned of: it hangs as many working days as the dated `rule` asks."""
    warnings: list[str] = []
    if not lines:
        raise Refused(_("Nobody is on this notice yet; choose who is put up."))
    demand_long_enough(opens_on, closes_on, rule=rule, unit=unit, warnings=warnings)
    notice = Notice.objects.create(
        unit=unit,
        purpose=purpose,
        title=title.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        put_up_at=put_up_at,
        contact=contact,
        put_up_by=by,
    )
    NoticeEntry.objects.bulk_create(NoticeEntry(notice=notice, **asdict(line)) for line in lines)
    tell(Told.NOTICE_PUT_UP, by=by, about=notice.title, reference=notice.reference)
    return notice, warnings


def demand_long_enough(
    opens_on: dt.date, closes_on: dt.date, *, rule: str, unit: Unit | None, warnings: list[str] | None
) -> None:
    """Refuse a notice that hangs fewer working days than the rule of its own first day asks."""
    if closes_on < opens_on:
        raise Refused(_("The last day of the notice is before its first; check both days."))
    from qingce.league.rules import ruling

    said = ruling(rule, on=opens_on, unit=unit)
    if not said.holds:
        return
    days = working_days.between(opens_on, closes_on)
    sentence = _(
        "The notice hangs %(days)d working days from %(first)s to %(last)s; it must hang until %(enough)s."
    ) % {
        "days": days,
        "first": opens_on,
        "last": closes_on,
        "enough": working_days.last_of(opens_on, said.value),
    }
    demand(said.allows(days), rule, sentence, on=opens_on, unit=unit, warnings=warnings)


@telling()
def object_to(
    entry: NoticeEntry, *, about: str, received_on: dt.date, by: User, kept_at: str = ""
) -> Objection:
    """Record an objection to one line; nothing further happens to its record until it is settled."""
    if received_on < entry.notice.opens_on:
        raise Refused(_("The notice was put up only on %s; check the day.") % entry.notice.opens_on)
    if not about.strip():
        raise Refused(_("Say what is objected; who objects is not written down."))
    made = Objection.objects.create(
        entry=entry, about=about.strip(), received_on=received_on, kept_at=kept_at.strip()
    )
    tell(Told.OBJECTION_RECEIVED, by=by, about=entry.notice.title, reference=entry.record)
    return made


@telling()
def settle(objection: Objection, *, outcome: str, answer: str, on: dt.date, by: User) -> Objection:
    """Say what was found: resolved, so that the notice stands, or upheld, so that it does not."""
    if objection.outcome != Objection.Outcome.OPEN:
        raise Refused(_("This objection was settled on %s already.") % objection.settled_on)
    if on < objection.received_on:
        raise Refused(_("The objection was received only on %s; check the day.") % objection.received_on)
    if not answer.strip():
        raise Refused(_("Say what was found; the finding is kept with the notice."))
    if outcome not in (Objection.Outcome.RESOLVED, Objection.Outcome.UPHELD):
        raise Refused(_("An objection is either resolved or upheld; choose one of the two."))
    objection.outcome, objection.answer, objection.settled_on = outcome, answer.strip(), on
    objection.save()
    entry = objection.entry
    tell(Told.OBJECTION_SETTLED, by=by, about=entry.notice.title, reference=entry.record)
    return objection


@telling()
def take_down(notice: Notice, *, because: str, on: dt.date, by: User) -> Notice:
    """Take a notice down before its time; what hung too short counts for nothing."""
    if notice.taken_down_on is not None:
        raise Refused(_("This notice was taken down on %s already.") % notice.taken_down_on)
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the notice."))
    notice.taken_down_on, notice.taken_down_because = on, because.strip()
    notice.save()
    tell(
        Told.NOTICE_TAKEN_DOWN,
        by=by,
        about=notice.title,
        reference=notice.reference,
        details={"because": because},
    )
    return notice
