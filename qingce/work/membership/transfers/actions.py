"""The verbs of a transfer: draft, submitted, let go, taken in, placed; or returned, taken back, lapsed.

Each side acts for itself: the sending body lets go, the receiving body takes in and places. What was
submitted is not edited; a returned transfer is begun anew. Placing ends the old stay and begins the new.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.stays import begin_stay, end_stay, move_stay, stay_of
from qingce.league.people.matching import People
from qingce.league.people.models import Person
from qingce.league.rules import demand, ruling
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import State
from qingce.work.membership.models import Direction, MemberCase, Reminder, Transfer
from qingce.work.membership.stepping import demand_another, demand_stage, kind_with, new_case, reach_stage
from qingce.work.membership.transfers.guards import (
    OPEN,
    Plan,
    check,
    check_placed_in_time,
    demand_beneath,
    demand_none_open,
    due_day,
    waiting_days,
    waits_on,
)
from qingce.work.membership.transfers.reasons import BEYOND, STAYS, reasons
from qingce.work.membership.tying import tie

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def start(stay: Membership, plan: Plan, *, on: dt.date, by: User) -> MemberCase:
    """Begin a transfer as a draft; nobody acts on it before it is submitted."""
    reason = check(stay, plan, on=on)
    demand_none_open(stay.person)
    out = plan.goal in BEYOND or (plan.to_unit is None and not reason.keeps)
    case = entered(stay.person, stay.unit, plan, on=on, by=by)
    Transfer.objects.create(
        member_case=case,
        direction=Direction.OUT if out else Direction.WITHIN,
        cause=plan.cause,
        goal=plan.goal,
        elsewhere=plan.elsewhere.strip(),
        graduate=plan.graduate,
    )
    tell(Told.TRANSFER_STARTED, by=by, about=str(case), reference=case.number, details={"on": on})
    return case


@telling()
def submit(case: MemberCase, *, on: dt.date, by: User) -> MemberCase:
    """Hand the draft to the sending body; a member who stays is marked, and that is the end of it."""
    demand_stage(case, "drafted")
    reason = case.transfer.reason
    if reason is not None and (case.transfer.goal == STAYS or reason.keeps):
        return reach_stage(case, "kept", on=on, told=Told.TRANSFER_KEPT, by=by, state=State.CONFIRMED)
    return reach_stage(case, "submitted", on=on, told=Told.TRANSFER_SUBMITTED, by=by, state=State.SUBMITTED)


@telling()
def let_go(case: MemberCase, *, on: dt.date, by: User) -> MemberCase:
    """The sending body approves; from here on the days of the receiving side run."""
    demand_stage(case, "submitted")
    demand_another(case, by)
    case.transfer.due_on = due_day(case.transfer, on)
    case.transfer.save(update_fields=["due_on"])
    return reach_stage(case, "sender_approved", on=on, told=Told.TRANSFER_LET_GO, by=by)


@telling()
def take_in(case: MemberCase, *, on: dt.date, by: User, document: str = "") -> MemberCase:
    """The receiving body approves; for a destination outside, the sending body notes its paper."""
    demand_stage(case, "sender_approved")
    demand_another(case, by)
    transfer = case.transfer
    if transfer.direction == Direction.OUT:
        provincial = transfer.reason is not None and transfer.reason.is_provincial
        if provincial and not document.strip():
            raise Refused(_("Give the number of the provincial approval; this destination needs one."))
    if document.strip():
        case.document_number = document.strip()
        MemberCase.objects.filter(pk=case.pk).update(document_number=case.document_number)
    return reach_stage(case, "receiver_approved", on=on, told=Told.TRANSFER_TAKEN_IN, by=by)


@telling()
def place(
    case: MemberCase, *, branch: Unit | None, on: dt.date, by: User, warnings: list[str] | None = None
) -> MemberCase:
    """The member belongs to `branch` from `on`; out of the county, the stay here ends."""
    demand_stage(case, "receiver_approved")
    transfer = case.transfer
    if transfer.direction == Direction.OUT:
        tie(case, ended=end_stay(_stay(case, on), on=on, because=_("Transferred out"), by=by))
    else:
        branch = branch or case.to_unit
        demand_beneath(case, branch, on)
        check_placed_in_time(case, on, warnings)
        transfer.branch = branch
        transfer.save(update_fields=["branch"])
        _settle(case, branch, on, by)  # type: ignore[arg-type]
    told = Told.TRANSFER_PLACED
    return reach_stage(case, "placed", on=on, told=told, by=by, state=State.CONFIRMED)


@telling()
def send_back(case: MemberCase, *, because: str, on: dt.date, by: User) -> MemberCase:
    """Either side returns it with its opinion; the stay goes on as before."""
    demand_stage(case, "submitted", "sender_approved", "receiver_approved")
    return closed(case, "returned", Told.TRANSFER_RETURNED, because, on, by)


@telling()
def take_back(case: MemberCase, *, because: str, on: dt.date, by: User) -> MemberCase:
    """Whoever began it takes it back, before the member is placed."""
    demand_stage(case, *(stage for stage in OPEN if stage != "requested"))
    return closed(case, "taken_back", Told.TRANSFER_TAKEN_BACK, because, on, by)


@telling()
def lapse(case: MemberCase, *, on: dt.date, by: User, warnings: list[str] | None = None) -> MemberCase:
    """Close a transfer on which nobody has acted; the wait before it is unsettled, so it only warns."""
    demand_stage(case, "submitted", "sender_approved", "receiver_approved")
    days = waiting_days(case, on=on)
    said = ruling("transfer_lapse_days", on=on, unit=case.unit)
    sentence = _("This transfer has waited for %s days only.") % days
    demand(not said.holds or days >= said.value, said.code, sentence, on=on, warnings=warnings)
    because = _("Nobody acted on it for %s days") % days
    return closed(case, "lapsed", Told.TRANSFER_LAPSED, because, on, by)


@telling()
def remind(case: MemberCase, *, on: dt.date, by: User, note: str = "") -> Reminder:
    """Ask the side on which it waits to act; once a day is enough."""
    unit = waits_on(case, on=on)
    if unit is None:
        raise Refused(_("Nobody's answer is awaited here."))
    if Reminder.objects.filter(member_case=case, unit=unit, on=on).exists():
        raise Refused(_("%s has been reminded today already.") % unit)
    sent = Reminder.objects.create(member_case=case, unit=unit, on=on, note=note.strip(), by=by)
    tell(Told.TRANSFER_REMINDED, by=by, about=str(case), reference=case.number, details={"unit": str(unit)})
    return sent


@telling()
def receive(
    person: Person, to_unit: Unit, *, cause: str, elsewhere: str, on: dt.date, by: User, document: str = ""
) -> MemberCase:
    """A member comes from another county, let go there; here he or she is still to be taken in."""
    if cause not in reasons():
        raise Refused(_("“%s” is not a reason of the catalogue.") % cause)
    if not elsewhere.strip():
        raise Refused(_("Say from which body outside the county the member comes."))
    if stay := stay_of(person, on=on):
        raise Refused(_("%(person)s is a member of %(unit)s already; transfer from there.")
            % {"person": person, "unit": stay.unit})  # fmt: skip
    demand_none_open(person)
    goal = reasons()[cause].goals[0]
    case = entered(person, to_unit, Plan(cause, goal, to_unit), on=on, by=by, stage="submitted")
    case.document_number = document.strip()
    MemberCase.objects.filter(pk=case.pk).update(document_number=case.document_number)
    Transfer.objects.create(
        member_case=case, direction=Direction.IN, cause=cause, goal=goal, elsewhere=elsewhere.strip()
    )
    state = State.SUBMITTED
    return reach_stage(case, "sender_approved", on=on, told=Told.TRANSFER_STARTED, by=by, state=state)


@telling()
def receive_newcomer(
    to_unit: Unit,
    *,
    name: str,
    id_number: str,
    cause: str,
    elsewhere: str,
    development_number: str,
    document: str,
    on: dt.date,
    by: User,
) -> MemberCase:
    """The same for somebody whom the register may not know yet; found by the ID number."""
    person = People(amend=False).bring([{"name": name, "id_number": id_number}])[0]
    if person.name != name:
        raise Refused(_("Somebody else is known by this ID number; compare name and number."))
    case = receive(person, to_unit, cause=cause, elsewhere=elsewhere, document=document, on=on, by=by)
    case.development_number = development_number
    MemberCase.objects.filter(pk=case.pk).update(development_number=development_number)
    return case


def entered(
    person: Person, unit: Unit, plan: Plan, *, on: dt.date, by: User, stage: str = "drafted"
) -> MemberCase:
    facts = {"stage": stage, "to_unit": plan.to_unit, "reason": reasons()[plan.cause].label}
    case = new_case(kind_with("transfer"), person, unit, on=on, **facts)
    ledger.enter(case, by=by)
    return case


def _settle(case: MemberCase, branch: Unit, on: dt.date, by: User) -> None:
    because = reasons()[case.transfer.cause].label if case.transfer.cause in reasons() else case.reason
    if case.transfer.direction == Direction.IN:
        number = case.development_number
        tie(case, begun=begin_stay(case.person, branch, on=on, by=by, development_number=number))
    else:
        old = _stay(case, on)
        tie(case, ended=old, begun=move_stay(old, branch, on=on, because=because, by=by))


def _stay(case: MemberCase, on: dt.date) -> Membership:
    stay = stay_of(case.person, on=on)
    if stay is None or stay.unit_id != case.unit_id:
        raise Refused(
            _("%(person)s is not a member of %(unit)s any more; return this transfer.")
            % {"person": case.person, "unit": case.unit}
        )
    return stay


def closed(case: MemberCase, stage: str, told: Told, because: str, on: dt.date, by: User) -> MemberCase:
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    case.transfer.opinion = because.strip()[:200]
    case.transfer.save(update_fields=["opinion"])
    return reach_stage(case, stage, on=on, told=told, by=by, state=State.CONFIRMED, because=because)
