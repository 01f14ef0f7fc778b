"""The verbs of a congress: allot seats, enter delegates, keep their links, end a mandate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Placement, Unit
from qingce.league.people.models import Person
from qingce.league.rules import demand, ruling
from qingce.ledger.records.models import Revision, State
from qingce.work.organising.congresses import Delegate, DelegateLink, SeatAllotment
from qingce.work.organising.models import UnitEvent

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

DAY = dt.timedelta(days=1)
MOST = "congress_delegates_most"


@telling()
def allot(event: UnitEvent, seats: Mapping[Unit, int], *, by: User) -> list[str]:
    """Say how many delegates each unit elects; a delegation never falls below those it has elected."""
    _demand_open(event)
    warnings: list[str] = []
    total = sum(seats.values())
    for code in (MOST, "congress_delegates_usual_most", "congress_delegates_least"):
        rule = ruling(code, on=event.happened_on, unit=event.unit)
        sentence = _("%(n)d delegates are not what the rule allows.") % {"n": total}
        demand(rule.allows(total), code, sentence, on=event.happened_on, unit=event.unit, warnings=warnings)
    held = dict(event.delegates.order_by().values_list("unit").annotate(n=Count("pk")))
    for unit, number in seats.items():
        if number < held.get(unit.pk, 0):
            raise Refused(
                _("%(unit)s has elected %(n)d delegates already; it cannot have fewer seats.")
                % {"unit": unit, "n": held[unit.pk]}
            )
    for unit, number in seats.items():
        SeatAllotment.objects.update_or_create(event=event, unit=unit, defaults={"seats": number})
    tell(Told.SEATS_ALLOTTED, by=by, about=str(event), reference=event.number, details={"seats": total})
    return warnings


def proportional(event: UnitEvent, units: Sequence[Unit], total: int) -> dict[Unit, int]:
    """`total` seats by the members of each unit, by the largest remainders; one at least for each."""
    members = members_beneath(units, event.happened_on)
    free, everybody = max(total - len(units), 0), sum(members.values()) or 1
    exact = {unit: free * members[unit.pk] / everybody for unit in units}
    seats = {unit: 1 + int(share) for unit, share in exact.items()}
    rest = max(total - sum(seats.values()), 0)
    for unit in sorted(units, key=lambda one: int(exact[one]) - exact[one])[:rest]:
        seats[unit] += 1
    return seats


@telling()
def enter_delegates(
    allotment: SeatAllotment, people: Iterable[Person], *, on: dt.date, by: User
) -> list[Delegate]:
    """Those whom a unit elected; each stays a delegate until the end of the congress's term."""
    event = allotment.event
    _demand_open(event)
    if on > event.happened_on:
        raise Refused(_("Delegates are elected before the congress meets, on %s.") % event.happened_on)
    people = list(people)
    held = event.delegates.filter(unit=allotment.unit).count()
    if held + len(people) > allotment.seats:
        raise Refused(
            _("%(unit)s has %(seats)d seats; with these it would have %(n)d delegates.")
            % {"unit": allotment.unit, "seats": allotment.seats, "n": held + len(people)}
        )
    known = set(event.delegates.filter(person__in=people).values_list("person__name", flat=True))
    if known:
        raise Refused(_("Delegates already: %s.") % "、".join(sorted(known)))
    until = event.election.term_end + DAY if hasattr(event, "election") else None
    fresh = [
        Delegate.objects.create(event=event, unit=allotment.unit, person=one, since=on, until=until)
        for one in people
    ]
    Revision.advance()
    names = "、".join(one.name for one in people[:5])
    tell(Told.DELEGATES_ENTERED, by=by, about=f"{allotment.unit}：{names}", reference=event.number)
    return fresh


@telling()
def link(
    delegate: Delegate, *, since: dt.date, by: User, branch: Unit | None = None, person: Person | None = None
) -> DelegateLink:
    """From `since` the delegate keeps in touch with a branch, or with a young person."""
    if (branch is None) == (person is None):
        raise Refused(_("Name a branch or a young person, one of them."))
    if branch is not None and not branch.is_branch:
        raise Refused(_("%s is no branch.") % branch)
    if person is not None and person.pk == delegate.person_id:
        raise Refused(_("A delegate keeps in touch with others."))
    if delegate.links.filter(branch=branch, person=person, until=None).exists():
        raise Refused(_("This link exists already."))
    kept = DelegateLink.objects.create(delegate=delegate, branch=branch, person=person, since=since)
    Revision.advance()
    tell(Told.DELEGATE_LINKED, by=by, about=str(kept), reference=delegate.event.number)
    return kept


@telling()
def end_mandate(delegate: Delegate, *, on: dt.date, because: str, by: User) -> Delegate:
    """From `on` somebody is a delegate no longer, before the end of the term."""
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    if on <= delegate.since or (delegate.until is not None and on >= delegate.until):
        raise Refused(_("The mandate lasts from %(since)s until %(until)s.") % vars(delegate))
    delegate.until, delegate.ended_because = on, because.strip()
    delegate.save(update_fields=["until", "ended_because"])
    Revision.advance()
    details = {"on": on, "because": because}
    tell(Told.MANDATE_ENDED, by=by, about=str(delegate), reference=delegate.event.number, details=details)
    return delegate


def members_beneath(units: Sequence[Unit], day: dt.date) -> dict[int, int]:
    """Members at and beneath each unit on a day, in two queries."""
    paths = dict(Placement.objects.on(day).filter(unit__in=units).values_list("path", "unit"))
    own = Membership.objects.on(day).order_by().values_list("unit").annotate(n=Count("pk"))
    members = dict(own)
    found = dict.fromkeys([unit.pk for unit in units], 0)
    width = {len(path) for path in paths}
    for path, unit in Placement.objects.on(day).values_list("path", "unit"):
        for length in width:
            if (top := paths.get(path[:length])) is not None:
                found[top] += members.get(unit, 0)
    return found


def _demand_open(event: UnitEvent) -> None:
    if event.state == State.VOID:
        raise Refused(_("This congress is void."))
