"""Transfers, registrations and leavings that come by spreadsheet, asked by the guards of the verbs.

What is brought has happened already: where a guard would refuse, the row is remarked on and still comes
in, as the register may know less than the office. Leaving before the age, and a transfer into the branch
in which the member stands, cannot be true and are refused. Stays are ended and begun by the roster; the
cases are tied to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.dates import age
from qingce.foundation.exchange import Fault, Outcome, Row
from qingce.foundation.exchange.saving import chunks
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import SCHOOLS, Domain, Membership, Unit
from qingce.league.people.matching import birth_in
from qingce.league.rules import rulings_held_still
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records.bringing import Draft, known_records
from qingce.ledger.records.sheets import Look, RecordSheet
from qingce.work.membership.discipline import sheet as matter
from qingce.work.membership.leaving import actions as leaving
from qingce.work.membership.models import REVIEWED, Direction, Grade, Matter, Transfer
from qingce.work.membership.reviews import guards as review
from qingce.work.membership.transfers import guards as transfer_guards
from qingce.work.membership.transfers.reasons import Reason, reason_called
from qingce.work.membership.tying import tie_brought

DAY = dt.timedelta(days=1)
Branch = tuple[int, int]  # unit and year


@dataclass
class MovesLook(Look):
    """Beside what every sheet looks up: where the people of the file have been members."""

    stays: Mapping[str, list[Membership]] = field(default_factory=dict)  # by digest of the ID number
    grades: Mapping[Branch, list[str]] = field(default_factory=dict)  # of the file, by branch and year

    def stay(self, row: Row) -> Membership | None:
        """Where the person stood on the eve of the row's day: on the day itself the move has happened."""
        eve = row["happened_on"] - DAY
        held = self.stays.get(digest(row["id_number"] or ""), [])
        for stay in held:
            if stay.is_in_force(eve):
                return stay
        return None


class MovesSheet(RecordSheet):
    """The part of the sheet of membership cases that speaks of moves."""

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        look = super().prepare(rows, by=by)
        return MovesLook(**vars(look), stays=_stays(rows, self), grades=_grades(rows, self))

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        yield from super().check(row, look)
        kind = self.kind_of(row)
        if isinstance(look, MovesLook) and row["id_number"]:
            yield from _faults(row, kind, look)

    def draft(self, row: Row) -> Draft:
        draft, kind = super().draft(row), self.kind_of(row)
        if "transfer" in kind.parts:
            draft.parts[Transfer] = _particulars(row)
            if reason := reason_called(row["reason"] or ""):
                draft.facts["reason"] = reason.label
        if matter.keeps_matter(kind):
            draft.parts[Matter] = matter.particulars(row)
        if "registration" in kind.parts and row["review_grade"]:
            draft.facts["reason"] = Grade(row["review_grade"]).label
        return draft

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = super().save(rows, by=by, batch=batch)
        for some in chunks(rows):
            cases = known_records(self.model, [(self.kind_of(row).code, self.key_of(row)) for row in some])
            tie_brought([case.pk for case in cases.values()])
        return outcome


def _faults(row: Row, kind: Kind, look: MovesLook) -> Iterator[Fault]:
    with rulings_held_still():
        yield from matter.faults(row, kind)
        if {"transfer", "leaving"} & {*kind.parts} and (row["stage"] or kind.done) == kind.done:
            yield from _open_stay(row, look)
        if "transfer" in kind.parts:
            yield from _transfer_faults(row, look)
        elif "at_age" in kind.parts:
            yield from _age_faults(row)
        elif "registration" in kind.parts:
            yield from _member_faults(row, look)
            yield from _grade_faults(row, kind, look)


def _transfer_faults(row: Row, look: MovesLook) -> Iterator[Fault]:
    reason = reason_called(row["reason"] or "")
    if reason is None:
        sentence = _("“%s” is not a reason of the catalogue.") % (row["reason"] or "")
        yield Fault("reason", sentence, stops=False)
        return
    if isinstance(row["unit"], Unit) and row["unit"] == row["to_unit"]:
        yield Fault("to_unit", _("The member cannot be transferred into the branch that lets go."))
        return
    stay = look.stay(row)
    if stay is None:
        return  # the roster says nothing of this person: there is nothing to hold the row against
    target = row["to_unit"] if isinstance(row["to_unit"], Unit) else None
    goal = _goal(reason, target)
    plan = transfer_guards.Plan(reason.code, goal, target, elsewhere="" if target else "—")
    warnings: list[str] = []
    try:
        transfer_guards.check(stay, plan, on=row["happened_on"] - DAY, warnings=warnings)
    except Refused as refusal:
        warnings.append(str(refusal))
    for sentence in warnings:
        yield Fault("to_unit" if target else "reason", sentence, stops=False)
    if isinstance(row["unit"], Unit) and stay.unit_id != row["unit"].pk:
        sentence = _("On the eve of that day the person was a member of %s.") % stay.unit
        yield Fault("unit", sentence, stops=False)


def _open_stay(row: Row, look: MovesLook) -> Iterator[Fault]:
    """The case is done, and the register has the member in the branch all the same."""
    held = look.stays.get(digest(row["id_number"] or ""), [])
    here = [stay for stay in held if isinstance(row["unit"], Unit) and stay.unit_id == row["unit"].pk]
    if any(stay.since <= row["happened_on"] and stay.until is None for stay in here):
        sentence = _("The register still counts this member in the branch; the list of members ends that.")
        yield Fault("unit", sentence, stops=False)


def _age_faults(row: Row) -> Iterator[Fault]:
    try:
        day = row["happened_on"]
        leaving.check_age(row["title"], age(birth_in(row["id_number"]), on=day), on=day)
    except Refused as refusal:
        yield Fault("happened_on", str(refusal))


def _member_faults(row: Row, look: MovesLook) -> Iterator[Fault]:
    held = look.stays.get(digest(row["id_number"]), [])
    here = row["unit"].pk if isinstance(row["unit"], Unit) else None
    day = row["happened_on"]
    if held and not any(stay.unit_id == here and stay.is_in_force(day) for stay in held):
        yield Fault("unit", _("The person was not a member of this branch on that day."), stops=False)


def _grade_faults(row: Row, kind: Kind, look: MovesLook) -> Iterator[Fault]:
    grade, unit = row["review_grade"], row["unit"]
    if not grade or not isinstance(unit, Unit):
        return
    try:
        if (row["stage"] or kind.done) == kind.done:
            review.check_registered(row["title"], grade)
        if grade == Grade.EXCELLENT:
            told = look.grades[unit.pk, row["happened_on"].year]
            reviewed = sum(one in REVIEWED for one in told)
            review.check_excellent(unit, told.count(grade), reviewed, on=row["happened_on"])
    except Refused as refusal:
        yield Fault("review_grade", str(refusal))


def _grades(rows: Sequence[Row], sheet: MovesSheet) -> dict[Branch, list[str]]:
    """The grades that the file gives in each branch and year: the limit is one of the whole branch."""
    found: dict[Branch, list[str]] = {}
    for row in rows:
        unit, grade = row["unit"], row["review_grade"]
        if grade and isinstance(unit, Unit) and "registration" in sheet.kind_of(row).parts:
            found.setdefault((unit.pk, row["happened_on"].year), []).append(grade)
    return found


def _particulars(row: Row) -> dict[str, Any]:
    reason = reason_called(row["reason"] or "")
    target = row["to_unit"] if isinstance(row["to_unit"], Unit) else None
    school = isinstance(row["unit"], Unit) and row["unit"].domain in SCHOOLS
    return {
        "direction": Direction.WITHIN if target else Direction.OUT,
        "cause": reason.code if reason else "",
        "goal": _goal(reason, target) if reason else "",
        "graduate": bool(reason and reason.graduates and school),
        "branch_id": target.pk if target and target.is_branch else None,
    }


def _goal(reason: Reason, target: Unit | None) -> str:
    """Which of the reason's destinations a unit is; the usual one where its domain does not say."""
    usual = GOALS_OF.get(target.domain, ()) if target else ()
    return next((goal for goal in usual if goal in reason.goals), reason.goals[0])


AT_HOME = ("residence", "place_of_work")
GOALS_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(SCHOOLS, ("new_school",)),
    Domain.COMMUNITY: AT_HOME,
    Domain.VILLAGE: AT_HOME,
    Domain.STREET: AT_HOME,
    Domain.TOWNSHIP: AT_HOME,
}


def _stays(rows: Sequence[Row], sheet: MovesSheet) -> dict[str, list[Membership]]:
    """The stays of everybody whose row one of the guards asks about; one query for a thousand rows."""
    wanted = {
        digest(row["id_number"])
        for row in rows
        if row["id_number"] and {"transfer", "leaving", "registration"} & sheet.kind_of(row).parts
    }
    found: dict[str, list[Membership]] = {}
    for some in chunks(sorted(wanted)):
        held = Membership.objects.filter(person__id_digest__in=some).select_related("person", "unit")
        for stay in held:
            found.setdefault(stay.person.id_digest, []).append(stay)
    return found
