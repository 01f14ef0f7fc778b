"""Lifting what a penalty suspended before its time (提前解除): proposed by the branch, decided above.

A post that a penalty took is not given back by it: that is a new appointment.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.rules import demand
from qingce.league.standing.eligibility import lift
from qingce.league.standing.models import Restriction
from qingce.ledger.records.models import State
from qingce.work.membership.models import Lifting, MemberCase
from qingce.work.membership.stepping import demand_another

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

APPROVED = "penalty_lifting_approved"


def may_be_lifted(case: MemberCase, *, on: dt.date) -> bool:
    """Whether anything is suspended on the day, and nobody has proposed already to lift it."""
    resting = Restriction.objects.on(on).filter(record=case.number).exists()
    return case.state == State.CONFIRMED and resting and open_lifting(case) is None


def open_lifting(case: MemberCase) -> Lifting | None:
    """The proposal that waits for a decision."""
    return case.liftings.filter(stage=Lifting.Stage.PROPOSED).first()


@telling()
def propose_lifting(case: MemberCase, *, grounds: str, on: dt.date, by: User) -> Lifting:
    """The branch proposes to lift what is still suspended."""
    if not may_be_lifted(case, on=on):
        raise Refused(_("Nothing is suspended by this decision that could be lifted now."))
    if not grounds.strip():
        raise Refused(_("Write down the grounds: the body above decides on them."))
    made = Lifting.objects.create(
        member_case=case, grounds=grounds.strip()[:300], proposed_on=on, proposed_by=by
    )
    tell(Told.LIFTING_PROPOSED, by=by, about=str(case), reference=case.number, details={"on": on})
    return made


@telling()
def approve_lifting(lifting: Lifting, *, document: str, on: dt.date, by: User) -> Lifting:
    """The body above approves with a document number; from this day the rights are back."""
    case = lifting.member_case
    _demand_open(lifting)
    demand_another(case, by)
    if lifting.proposed_by == by:
        raise Refused(_("Who proposed it does not approve it; a colleague does."))
    sentence = _("Restrictions are lifted by a decision with a document number; give the number.")
    demand(bool(document.strip()), APPROVED, sentence, on=on, unit=case.unit)
    lift(case.number, on=on, about=str(case), by=by)
    _settle(lifting, Lifting.Stage.APPROVED, on, by, document_number=document.strip()[:80])
    return lifting


@telling()
def refuse_lifting(lifting: Lifting, *, because: str, on: dt.date, by: User) -> Lifting:
    """The body above does not approve; the rights rest on."""
    _demand_open(lifting)
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    _settle(lifting, Lifting.Stage.REFUSED, on, by, opinion=because.strip()[:200])
    case = lifting.member_case
    details = {"because": because}
    tell(Told.LIFTING_REFUSED, by=by, about=str(case), reference=case.number, details=details)
    return lifting


def _demand_open(lifting: Lifting) -> None:
    if lifting.stage != Lifting.Stage.PROPOSED:
        raise Refused(_("This proposal is decided already."))


def _settle(lifting: Lifting, stage: str, on: dt.date, by: User, **facts: str) -> None:
    said = {**facts, "stage": stage, "decided_on": on, "decided_by": by}
    for name, value in said.items():
        setattr(lifting, name, value)
    lifting.save(update_fields=list(said))
