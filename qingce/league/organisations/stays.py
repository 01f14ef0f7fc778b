"""The verbs of stays: who enters, leaves or changes a branch. Stays of one person never overlap."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import overlapping
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.roster import number_problem
from qingce.league.people.models import Person

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

EVER = dt.date.max
# What a member takes along to the next branch; a post and the day of graduation stay behind.
TAKEN_ALONG = ("joined_on", "development_number", "card_number", "certification", "volunteer_number")


@telling()
def begin_stay(person: Person, unit: Unit, *, on: dt.date, by: User | None, **facts: Any) -> Membership:
    """From `on`, `person` is a member of the branch `unit`."""
    Person.objects.select_for_update().get(pk=person.pk)  # two doors must not let one person in twice
    _demand_branch(unit, on)
    held = Membership.objects.filter(overlapping(on, EVER), person=person).select_related("unit").first()
    if held is not None:
        raise Refused(
            _("%(person)s is a member of %(unit)s from %(day)s on; that stay has to end first.")
            % {"person": person, "unit": held.unit, "day": held.since}
        )
    stay = Membership.objects.create(person=person, unit=unit, since=on, **facts)
    tell(Told.STAY_BEGUN, by=by, about=str(stay), reference=person.reference, details={"on": on})
    return stay


@telling()
def end_stay(stay: Membership, *, on: dt.date, because: str, by: User | None) -> Membership:
    """`on` is the first day on which the person is no longer a member of the branch."""
    _end(stay, on, because)
    details = {"on": on, "because": because}
    tell(Told.STAY_ENDED, by=by, about=str(stay), reference=stay.person.reference, details=details)
    return stay


@telling()
def move_stay(stay: Membership, to: Unit, *, on: dt.date, because: str, by: User | None) -> Membership:
    """From `on`, the member belongs to `to`; the stay in the old branch ends, the past is kept."""
    _demand_branch(to, on)
    if stay.unit_id == to.pk:
        raise Refused(_("%(person)s belongs to %(unit)s already.") % {"person": stay.person, "unit": to})
    _end(stay, on, because)
    kept = {name: getattr(stay, name) for name in TAKEN_ALONG}
    return begin_stay(stay.person, to, on=on, by=by, **kept)


def stay_of(person: Person, *, on: dt.date) -> Membership | None:
    """The branch in which the person is a member on the day."""
    return Membership.objects.on(on).filter(person=person).select_related("unit", "person").first()


def _end(stay: Membership, on: dt.date, because: str) -> None:
    if stay.until is not None:
        raise Refused(_("This stay is over already, since %s.") % stay.until)
    if on <= stay.since:
        raise Refused(_("A stay ends later than it began, on %s.") % stay.since)
    stay.until, stay.ended_because = on, because[:40]
    stay.save(update_fields=["until", "ended_because"])


def _demand_branch(unit: Unit, day: dt.date) -> None:
    if not unit.is_branch:
        raise Refused(_("“%s” is not a branch; members belong to a branch beneath it.") % unit)
    if day < unit.founded_on or (unit.dissolved_on and day >= unit.dissolved_on):
        raise Refused(_("%(unit)s did not exist on %(day)s.") % {"unit": unit, "day": day})


@telling()
def give_number(stay: Membership, number: str, *, by: User | None) -> Membership:
    """Enter a development number that was missing; one that is there is corrected by the office."""
    if stay.development_number:
        raise Refused(_("%s has a development number already.") % stay.person)
    joined = stay.joined_on or stay.since
    if problem := number_problem(number, joined, unit=stay.unit):
        raise Refused(problem)
    if Membership.objects.filter(development_number=number).exclude(person=stay.person).exists():
        raise Refused(_("Somebody else has this development number; each belongs to one member."))
    stay.development_number = number
    stay.save(update_fields=["development_number"])
    about = f"{stay} {number}"
    tell(Told.NUMBER_GIVEN, by=by, about=about, reference=stay.person.reference)
    return stay
