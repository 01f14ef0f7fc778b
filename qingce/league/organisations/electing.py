"""The verbs of terms and posts that follow from an election: a new term, one put off, those seated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.changing import demand_active
from qingce.league.organisations.journal import Journal
from qingce.league.organisations.models import Post, Unit
from qingce.league.organisations.past import FormerTerm

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def begin_term(unit: Unit, *, since: dt.date, ends_on: dt.date, by: User | None, reference: str = "") -> Unit:
    """A new term of office begins; the one before is kept with its days."""
    demand_active(unit, since)
    if (unit.term_start, unit.term_end) == (since, ends_on):
        return unit
    if unit.term_start and unit.term_start >= since:
        raise Refused(
            _("%(unit)s has a term that began on %(day)s; the new one must begin later.")
            % {"unit": unit, "day": unit.term_start}
        )
    journal = Journal(reference)
    if unit.term_end or unit.term_start:
        before = {"ends_on": unit.term_end, "deferred_to": unit.deferred_to}
        began = unit.term_start or unit.founded_on
        journal.create(FormerTerm(unit=unit, since=min(began, since), until=since, **before))
    journal.change(unit, term_start=since, term_end=ends_on, deferred_to=None)
    journal.close()
    details = {"since": since, "until": ends_on}
    tell(Told.TERM_BEGUN, by=by, about=str(unit), reference=unit.code, details=details)
    return unit


@telling()
def defer(unit: Unit, *, to: dt.date, by: User | None, reference: str = "") -> Unit:
    """The election of a unit whose term ends is put off until `to`."""
    if unit.term_end is None or to <= (unit.deferred_to or unit.term_end):
        raise Refused(_("An election is put off to a day later than the end of the term."))
    journal = Journal(reference)
    journal.change(unit, deferred_to=to)
    journal.close()
    tell(Told.ELECTION_DEFERRED, by=by, about=str(unit), reference=unit.code, details={"to": to})
    return unit


@telling()
def seat(
    unit: Unit,
    elected: Iterable[Post],
    *,
    on: dt.date,
    replaced: Collection[str],
    by: User | None,
    reference: str,
) -> list[Post]:
    """Those elected take their posts on `on`; posts of the roles in `replaced` end that day."""
    journal = Journal(reference)
    for post in Post.objects.on(on).filter(unit=unit, role__in=replaced).select_related("person"):
        if post.since >= on:
            raise Refused(_("%s has held the post only since that day or later.") % post.person.name)
        journal.change(post, until=on)
    seated = [journal.create(post) for post in elected]
    journal.close()
    names = "、".join(post.person.name for post in seated[:5])
    tell(Told.OFFICERS_SEATED, by=by, about=f"{unit}：{names}", reference=unit.code, details={"on": on})
    return seated
