"""A branch asks for a member of another branch of the county (县内转入申请); that branch answers.

Who asks types name and ID number and learns no more than was typed: where the member belongs is shown
once that branch has agreed, and whatever stands in the way is said in one and the same sentence.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.privacy.fields import digest
from qingce.foundation.privacy.resealing import demand_comparable
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.stays import stay_of
from qingce.league.people.matching import by_id_digest
from qingce.league.people.models import Person
from qingce.league.rules import ruling
from qingce.ledger.records.models import State
from qingce.work.membership.models import Direction, MemberCase, Transfer
from qingce.work.membership.stepping import demand_stage, reach_stage
from qingce.work.membership.transfers.actions import closed, entered
from qingce.work.membership.transfers.guards import OPEN, Plan, check

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

REQUESTED = "requested"
ANSWER = "transfer_request_answer_days_most"
VAIN_A_DAY = 5  # so that nobody finds out who is a member by trying


def ask_for(
    to_unit: Unit, *, name: str, id_number: str, plan: Plan, note: str, on: dt.date, by: User
) -> MemberCase:
    """Ask the branch of a member to let him or her go; one that finds nobody is noted in the log."""
    _demand_patience(by, on)
    stay = _member(name, id_number, on)
    if stay is not None and stay.unit_id == to_unit.pk:
        raise Refused(_("%(person)s belongs to %(unit)s already.") % {"person": name, "unit": to_unit})
    if stay is None or _under_way(stay):
        _note_vain(to_unit, by)
        raise Refused(
            _(
                "No member who could be asked for is known in the county by this name and number. "
                "Compare both with the identity card, or let the member's own branch begin the transfer."
            )
        )
    return _asked(stay, to_unit, plan, note, on, by)


@telling()
def agree(case: MemberCase, *, on: dt.date, by: User, warnings: list[str] | None = None) -> MemberCase:
    """The member's branch hands the transfer up; from here on it goes the usual way."""
    demand_stage(case, REQUESTED)
    transfer, stay = case.transfer, stay_of(case.person, on=on)
    if stay is None or stay.unit_id != case.unit_id:
        raise Refused(_("%s is not a member of this branch any more; decline the request.") % case.person)
    check(stay, Plan(transfer.cause, transfer.goal, case.to_unit), on=on, warnings=warnings)
    transfer.due_on = None
    transfer.save(update_fields=["due_on"])
    return reach_stage(case, "submitted", on=on, told=Told.TRANSFER_SUBMITTED, by=by, state=State.SUBMITTED)


@telling()
def decline(case: MemberCase, *, because: str, on: dt.date, by: User) -> MemberCase:
    """The member's branch does not agree; the member stays."""
    demand_stage(case, REQUESTED)
    return closed(case, "returned", Told.TRANSFER_RETURNED, because, on, by)


@telling()
def withdraw(case: MemberCase, *, because: str, on: dt.date, by: User) -> MemberCase:
    """Who asked asks no more."""
    demand_stage(case, REQUESTED)
    return closed(case, "taken_back", Told.TRANSFER_TAKEN_BACK, because, on, by)


def hides_sender(case: MemberCase, reach: Reach) -> bool:
    """Whether the reader may not know yet to which branch the member belongs."""
    if case.transfer.asked_on is None or reach.may("person.see", case.unit):
        return False
    return not case.steps.filter(stage="submitted").exists()


def _member(name: str, id_number: str, on: dt.date) -> Membership | None:
    demand_comparable(Person)
    mark = digest(id_number)
    person = by_id_digest({mark}).get(mark) if mark else None
    if person is None or person.name != name.strip():
        return None
    return stay_of(person, on=on)


def _under_way(stay: Membership) -> bool:
    cases = MemberCase.objects.filter(person=stay.person, transfer__isnull=False, stage__in=OPEN)
    return cases.exclude(state=State.VOID).exists()


@telling()
def _asked(stay: Membership, to_unit: Unit, plan: Plan, note: str, on: dt.date, by: User) -> MemberCase:
    check(stay, plan, on=on)
    said = ruling(ANSWER, on=on, unit=stay.unit)
    case = entered(stay.person, stay.unit, plan, on=on, by=by)
    Transfer.objects.create(
        member_case=case,
        direction=Direction.WITHIN,
        cause=plan.cause,
        goal=plan.goal,
        asked_on=on,
        asked_because=note.strip()[:200],
        due_on=said.after(on) if said.holds else None,
    )
    told = Told.TRANSFER_REQUESTED
    return reach_stage(case, REQUESTED, on=on, told=told, by=by, state=State.SUBMITTED)


@telling()
def _note_vain(to_unit: Unit, by: User) -> None:
    tell(Told.TRANSFER_REQUESTED_IN_VAIN, by=by, about=str(to_unit), reference=to_unit.code)


def _demand_patience(by: User, on: dt.date) -> None:
    vain = Entry.objects.filter(by=by, told=Told.TRANSFER_REQUESTED_IN_VAIN, at__date=on)
    if vain.count() >= VAIN_A_DAY:
        raise Refused(
            _("%d requests have found nobody today, which is the limit. Ask the body above.") % VAIN_A_DAY
        )
