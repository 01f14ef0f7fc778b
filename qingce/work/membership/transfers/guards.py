"""The guards of a transfer: what pages, verbs and sheets ask before it is begun; and on whom it waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit, UnitKind
from qingce.league.people.models import Person
from qingce.league.rules import demand, ruling
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase, Transfer
from qingce.work.membership.stepping import last_step
from qingce.work.membership.transfers.reasons import BEYOND, MOBILE, STAYS, Reason, goal_label, reasons

OPEN = ("drafted", "requested", "submitted", "sender_approved", "receiver_approved")


@dataclass(frozen=True)
class Plan:
    """Why, and where to."""

    cause: str
    goal: str
    to_unit: Unit | None = None
    elsewhere: str = ""
    graduate: bool = False


def check(stay: Membership, plan: Plan, *, on: dt.date, warnings: list[str] | None = None) -> Reason:
    """The guards of a transfer before it is begun; import and pages ask the same."""
    reason = reasons().get(plan.cause)
    if reason is None:
        raise Refused(_("“%s” is not a reason of the catalogue.") % plan.cause)
    if plan.goal not in reason.goals:
        goals = "、".join(goal_label(goal) for goal in reason.goals)
        raise Refused(
            _("For the reason “%(reason)s” a membership goes to: %(goals)s.")
            % {"reason": reason, "goals": goals}
        )
    if not stay.is_in_force(on):
        raise Refused(_("%(person)s is not a member here on %(day)s.") % {"person": stay.person, "day": on})
    if plan.goal != STAYS and not reason.keeps:
        _check_goal(stay, plan, on, warnings)
    if plan.graduate and plan.goal != STAYS:
        _check_window(stay.unit, on, warnings)
    return reason


def _check_goal(stay: Membership, plan: Plan, on: dt.date, warnings: list[str] | None) -> None:
    if plan.to_unit is None:
        if not plan.elsewhere.strip():
            raise Refused(_("Name the receiving body: a unit of the county, or the body outside it."))
        return
    if plan.goal in BEYOND:
        raise Refused(_("“%s” lies outside the county; name the body there.") % goal_label(plan.goal))
    if plan.to_unit.pk == stay.unit_id:
        raise Refused(
            _("%(person)s belongs to %(unit)s already.") % {"person": stay.person, "unit": plan.to_unit}
        )
    if plan.to_unit.dissolved_on and plan.to_unit.dissolved_on <= on:
        raise Refused(
            _("%(unit)s was dissolved on %(day)s.") % {"unit": plan.to_unit, "day": plan.to_unit.dissolved_on}
        )
    if plan.goal == MOBILE and plan.to_unit.kind != UnitKind.MOBILE_BRANCH:
        raise Refused(_("“%s” is not a branch of mobile members.") % plan.to_unit)


def _check_window(unit: Unit, on: dt.date, warnings: list[str] | None) -> None:
    sentence = _("Graduates are handed over in the months of the yearly window.")
    for code in ("transfer_window_first_month", "transfer_window_last_month"):
        said = ruling(code, on=on, unit=unit)
        demand(said.allows(on.month), code, sentence, on=on, unit=unit, warnings=warnings)


def due_day(transfer: Transfer, on: dt.date) -> dt.date | None:
    """The day by which the receiving side has taken the member in; None where no rule says one."""
    reason = transfer.reason
    if reason is None or not reason.deadline:
        return None
    said = ruling(reason.deadline, on=on)
    return said.after(on) if said.holds else None


def check_placed_in_time(case: MemberCase, on: dt.date, warnings: list[str] | None) -> None:
    """A new school has its branch within a month of enrolment, which is when the transfer was handed up."""
    reason, sent = case.transfer.reason, case.steps.filter(stage="submitted").first()
    if reason is None or not reason.branch_within or sent is None:
        return
    said = ruling(reason.branch_within, on=on, unit=case.to_unit)
    in_time = not said.holds or on <= said.after(sent.on)
    sentence = _("Handed up on %s and placed only now: set up branches of newcomers sooner.") % sent.on
    demand(in_time, said.code, sentence, on=on, unit=case.to_unit, warnings=warnings)


def waiting_days(case: MemberCase, *, on: dt.date) -> int:
    """Days since the last step."""
    last = last_step(case)
    return max((on - (last.on if last else case.happened_on)).days, 0)


def waits_on(case: MemberCase, *, on: dt.date) -> Unit | None:
    """The unit that has to act next: the branch that began it, or the body above one of the branches."""
    if case.stage in ("drafted", "requested"):
        return case.unit
    if case.stage == "submitted":
        return _body(case.unit, on)
    if case.stage in ("sender_approved", "receiver_approved"):
        return _body(case.to_unit or case.unit, on)
    return None


def _body(unit: Unit, on: dt.date) -> Unit:
    """Who decides for a unit: itself, or for a branch the body above."""
    return (unit.above(day=on).last() or unit) if unit.is_branch else unit


def demand_none_open(person: Person) -> None:
    cases = MemberCase.objects.filter(person=person, transfer__isnull=False, stage__in=OPEN)
    if held := cases.exclude(state=State.VOID).first():
        raise Refused(
            _("%(person)s has a transfer under way already: %(number)s.")
            % {"person": person, "number": held.number}
        )


def demand_beneath(case: MemberCase, branch: Unit | None, on: dt.date) -> None:
    """The branch lies at or beneath the body that took the member in."""
    if branch is None or not branch.is_branch:
        raise Refused(_("Choose the branch in which the member is placed."))
    if case.to_unit is not None and not branch.path(day=on).startswith(case.to_unit.path(day=on)):
        raise Refused(_("%(branch)s does not belong to %(unit)s.") % {"branch": branch, "unit": case.to_unit})
