"""The guards of a branch's yearly review: what the page and the sheet ask before it is handed up.

A guard looks at what the branch says and at the branch as the register has it, both plain values: the
page reads one branch, the sheet a thousand, and both are judged alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.rules import demand, ruling
from qingce.ledger.records.models import Issue
from qingce.work.membership.models import REGISTERED, REVIEWED, Grade

PARTY = ("中共党员", "中共预备党员")  # registered without review


@dataclass(frozen=True)
class Meeting:
    """What the branch says: the day, how many came, each member's grade, opinions."""

    held_on: dt.date
    present: int
    grades: Mapping[int, str]  # by person
    notes: Mapping[int, str] = field(default_factory=dict)
    opinions: str = ""


@dataclass(frozen=True)
class Branch:
    """The branch on the day of the meeting, as the register has it."""

    unit: Unit
    members: Mapping[int, Membership]  # by person
    still: frozenset[int]  # members on the day on which the review is handed up
    due: int  # members whose vote is not suspended
    barred: Mapping[int, str]  # why a member cannot be graded excellent
    overridden: frozenset[tuple[int, int]]  # issue and person for whom an item of the negative list holds


@dataclass(frozen=True)
class Flaw:
    """Why a review cannot be handed up, and at which of its answers."""

    about: str  # held_on, present, grade, note
    sentence: str
    person: int | None = None


def flaws(issue: Issue, branch: Branch, said: Meeting, *, on: dt.date) -> Iterator[Flaw]:
    """Everything that stands in the way of handing up this review on the day `on`."""
    if not issue.opens_on <= said.held_on <= on:
        yield Flaw(
            "held_on",
            _("The meeting lies between %(first)s and the day of handing up.") % {"first": issue.opens_on},
        )
    yield from _of_membership(branch, said)
    yield from _of_attendance(branch, said)
    for person in said.grades:
        if person in branch.members:
            yield from _of_grade(branch.members[person], person, said)
            if (issue.pk, person) in branch.overridden:
                yield from _of_negative_list(branch, person, said)
    yield from _of_excellence(branch, said)


def _of_membership(branch: Branch, said: Meeting) -> Iterator[Flaw]:
    """Everybody has a grade but those who have left since: they are not registered here."""
    missing = [
        stay.person.name
        for person, stay in branch.members.items()
        if person in branch.still and person not in said.grades
    ]
    if missing:
        yield Flaw("grade", _("Without a grade: %s.") % "、".join(missing[:5]))
    for person in said.grades:
        if person not in branch.members:
            sentence = _("Somebody graded is not a member of the branch on that day.")
            yield Flaw("member", sentence, person)


def _of_attendance(branch: Branch, said: Meeting) -> Iterator[Flaw]:
    told = {"present": said.present, "due": branch.due}
    if said.present > branch.due:
        yield Flaw("present", _("%(present)d present are more than the %(due)d due.") % told)
    code, on, unit = "review_present_share", said.held_on, branch.unit
    share = Fraction(said.present, branch.due) if branch.due else Fraction(1)
    sentence = _("%(present)d of %(due)d attended, which is too few.") % told
    allowed = ruling(code, on=on, unit=unit).allows(share)
    yield from _demanded("present", allowed, code, sentence, on, unit)


def _of_grade(stay: Membership, person: int, said: Meeting) -> Iterator[Flaw]:
    grade, name = said.grades[person], stay.person.name
    if grade not in Grade.values:
        sentence = _("“%(grade)s” is no grade (%(person)s).") % {"grade": grade, "person": name}
        yield Flaw("grade", sentence, person)
    if grade == Grade.WITHOUT and stay.person.political_status not in PARTY:
        sentence = _("Only Party members are registered without review, not %s.") % name
        yield Flaw("grade", sentence, person)
    if grade == Grade.DEFERRED and not said.notes.get(person, "").strip():
        yield Flaw("note", _("Say why %s is not reviewed: abroad, in the army, ill …") % name, person)


def _of_negative_list(branch: Branch, person: int, said: Meeting) -> Iterator[Flaw]:
    """A member with an item of the negative list is graded by it, whatever the points say."""
    kept = said.grades[person] in (Grade.UNQUALIFIED, Grade.DEFERRED)
    sentence = _(
        "An item of the negative list holds for %s: the grade is “unqualified”, whatever the points."
    )
    named = sentence % branch.members[person].person.name
    code, on, unit = "review_negative_overrides", said.held_on, branch.unit
    for flaw in _demanded("grade", kept, code, named, on, unit):
        yield replace(flaw, person=person)


def _of_excellence(branch: Branch, said: Meeting) -> Iterator[Flaw]:
    best = [person for person, grade in said.grades.items() if grade == Grade.EXCELLENT]
    for person in best:
        if person in branch.barred and person in branch.members:
            told = {"person": branch.members[person].person.name, "why": branch.barred[person]}
            sentence = _("%(person)s cannot be graded excellent: %(why)s.") % told
            yield Flaw("grade", sentence, person)
    reviewed = sum(grade in REVIEWED for grade in said.grades.values())
    try:
        check_excellent(branch.unit, len(best), reviewed, on=said.held_on)
    except Refused as refused:
        yield Flaw("grade", str(refused))


def _demanded(about: str, allowed: bool, code: str, sentence: Any, on: dt.date, unit: Unit) -> Iterator[Flaw]:
    try:
        demand(allowed, code, sentence, on=on, unit=unit)
    except Refused as refused:
        yield Flaw(about, str(refused))


def most_excellent(unit: Unit, reviewed: int, *, on: dt.date) -> int:
    """How many may be graded excellent among so many reviewed."""
    said = ruling("review_excellent_share", on=on, unit=unit)
    return int(said.value * reviewed) if said.holds else reviewed


def check_excellent(unit: Unit, best: int, reviewed: int, *, on: dt.date) -> None:
    """Refuse more excellent members than the rule allows among those reviewed; sheets ask the same."""
    code = "review_excellent_share"
    most = most_excellent(unit, reviewed, on=on)
    sentence = _("%(n)d are graded excellent; of %(reviewed)d reviewed, %(most)d may be.") % {
        "n": best,
        "reviewed": reviewed,
        "most": most,
    }
    demand(best <= most, code, sentence, on=on, unit=unit)


def check_registered(name: str, grade: str) -> None:
    """Refuse to register somebody whose grade is not good enough; sheets ask the same."""
    if grade and grade not in REGISTERED:
        raise Refused(
            _("%(person)s is graded “%(grade)s” and is not registered.")
            % {"person": name, "grade": Grade(grade).label}
        )
