"""Leaving at the age of leaving: proposed as a list for each month, confirmed by the body above.

Who holds a post in the League stays for as long as it is held; Party members leave at that age like all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import age, years_before
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Post, Unit
from qingce.league.organisations.stays import end_stay
from qingce.league.rules import demand, ruling, rulings_held_still
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import Revision, State
from qingce.work.membership.models import MemberCase, Step
from qingce.work.membership.reviews.reading import PARTY
from qingce.work.membership.stepping import kind_with, new_case
from qingce.work.membership.transfers.guards import OPEN
from qingce.work.membership.tying import tie

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

RULE, PARTY_RULE = "leaving_age", "party_member_stays_until"


@dataclass(frozen=True)
class Leaver:
    """A member who reaches the age; `keeps` says why the membership goes on all the same."""

    stay: Membership
    day: dt.date  # on which the age is reached
    keeps: str = ""


def leavers(units: Iterable[Unit] | object, *, until: dt.date) -> list[Leaver]:
    """Members of `units` who have reached the age by `until`, the eldest first. Four queries."""
    usual, party = (int(ruling(code, on=until).value) for code in (RULE, PARTY_RULE))
    young = years_before(until, min(usual, party))
    rows = Membership.objects.on(until).filter(
        unit__in=units, person__born_on__isnull=False, person__born_on__lte=young
    )
    stays = list(rows.select_related("person", "unit").order_by("person__born_on", "pk"))
    people = [stay.person_id for stay in stays]
    posts = dict(
        Post.objects.on(until).filter(person__in=people).values_list("person", "title").order_by("since")
    )
    moving = set(
        MemberCase.objects.filter(person__in=people, transfer__isnull=False, stage__in=OPEN)
        .exclude(state=State.VOID)
        .values_list("person", flat=True)
    )
    dated = [(stay, reaching(stay.person.born_on, party if in_party(stay) else usual)) for stay in stays]
    return [Leaver(stay, day, _kept(stay, posts, moving)) for stay, day in dated if day <= until]


def in_party(stay: Membership) -> bool:
    """Whether a rule of its own says until when the membership goes on."""
    return stay.person.political_status in PARTY


def reaching(born: dt.date, years: int) -> dt.date:
    """The birthday on which someone is that old; of 29 February, the first of March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return dt.date(born.year + years, 3, 1)


@telling()
def confirm_leaving(stays: Sequence[Membership], *, on: dt.date, by: User) -> list[MemberCase]:
    """Those ticked have left on `on`: each gets a record, and the stay ends. All of them or nobody."""
    if not stays:
        raise Refused(_("Nobody is ticked."))
    with rulings_held_still():
        posts = set(
            Post.objects.on(on)
            .filter(person__in=[s.person_id for s in stays])
            .values_list("person", flat=True)
        )
        for stay in stays:
            check(stay, on=on, holds_post=stay.person_id in posts)
    cases = [_left(stay, on, by) for stay in stays]
    Revision.advance()
    names = "、".join(stay.person.name for stay in stays[:3]) + ("…" if len(stays) > 3 else "")
    tell(Told.LEAVING_CONFIRMED, by=by, about=names, details={"on": on, "members": len(stays)})
    return cases


def check(stay: Membership, *, on: dt.date, holds_post: bool) -> None:
    """The guards of leaving at this age."""
    person = stay.person
    if stay.until is not None or on <= stay.since:
        raise Refused(_("%(person)s is not a member here on %(day)s.") % {"person": person, "day": on})
    if person.born_on is None:
        raise Refused(_("The birthday of %s is not known; enter it first.") % person)
    code = PARTY_RULE if in_party(stay) else RULE
    check_age(person, age(person.born_on, on=on), on=on, unit=stay.unit, code=code)
    if holds_post or stay.duty:
        raise Refused(_("%s holds a post in the League and stays until it ends.") % person)


def check_age(person: object, years: int, *, on: dt.date, unit: Unit | None = None, code: str = RULE) -> None:
    """Refuse before the age of leaving; sheets ask the same."""
    said = ruling(code, on=on, unit=unit)
    sentence = _("%(person)s is %(age)d years old on %(day)s.") % {"person": person, "age": years, "day": on}
    demand(not said.allows(years), code, sentence, on=on, unit=unit)


def _left(stay: Membership, on: dt.date, by: User) -> MemberCase:
    kind = kind_with("at_age")
    case = new_case(kind, stay.person, stay.unit, on=on, stage=kind.done, state=State.CONFIRMED)
    ledger.enter(case, by=by)
    for stage in kind.stages:
        Step.objects.create(member_case=case, stage=stage, on=on)
    tie(case, ended=end_stay(stay, on=on, because=kind.label, by=by))
    return case


def _kept(stay: Membership, posts: dict[int, str], moving: set[int]) -> str:
    if stay.person_id in posts:
        return _("holds a post: %s") % (posts[stay.person_id] or _("League officer"))
    if stay.duty:
        return _("holds a post: %s") % stay.duty
    return _("a transfer is under way") if stay.person_id in moving else ""
