"""The verbs of the yearly review and registration: opened for all branches, handed up, approved, returned.

A branch answers once. Approval makes one registration for each member graded well enough, in bulk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Unit
from qingce.league.rules import demand, ruling
from qingce.league.standing.eligibility import hindrances
from qingce.league.standing.models import Bar
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import Issue, Revision, State
from qingce.work.membership.models import (
    REGISTERED,
    REVIEWED,
    BranchReview,
    Grade,
    MemberCase,
    ReviewGrade,
    Step,
)
from qingce.work.membership.reviews.reading import (
    PARTY,
    due_to_attend,
    members_of,
    most_excellent,
    review_series,
)
from qingce.work.membership.stepping import kind_with

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@dataclass(frozen=True)
class Meeting:
    """What the branch says: the day, how many came, each member's grade, opinions."""

    held_on: dt.date
    present: int
    grades: Mapping[int, str]  # by person
    notes: Mapping[int, str] = field(default_factory=dict)
    opinions: str = ""


@telling()
def open_review(unit: Unit, *, year: int, opens_on: dt.date, due_on: dt.date, by: User) -> Issue:
    """Put the review of a year to every branch beneath `unit`."""
    if due_on < opens_on:
        raise Refused(_("The last day must be later than the first."))
    series = review_series()
    if Issue.objects.filter(series=series, year=year, issued_by=unit).exists():
        raise Refused(_("The yearly review of %d has been opened already.") % year)
    issue = Issue.objects.create(
        series=series,
        year=year,
        number=1,
        title=_("Yearly review and registration %d") % year,
        issued_by=unit,
        opens_on=opens_on,
        due_on=due_on,
    )
    Revision.advance()
    tell(Told.REVIEW_OPENED, by=by, about=str(issue), details={"opens_on": opens_on, "due_on": due_on})
    return issue


@telling()
def hand_up(issue: Issue, unit: Unit, said: Meeting, *, on: dt.date, by: User) -> BranchReview:
    """The branch's answer; one that was returned is answered anew."""
    given = BranchReview.objects.filter(issue=issue, unit=unit).first()
    if given is not None and not given.is_open:
        raise Refused(_("%s has handed up its review already; the body above may return it.") % unit)
    check(issue, unit, said, on=on)
    review = given or BranchReview(issue=issue, unit=unit)
    review.held_on, review.present, review.opinions = said.held_on, said.present, said.opinions.strip()
    review.entitled = len(due_to_attend(unit, on=said.held_on))
    review.stage, review.handed_up_on, review.handed_up_by = BranchReview.Stage.HANDED_UP, on, by
    review.save()
    review.grades.all().delete()
    ReviewGrade.objects.bulk_create(
        ReviewGrade(review=review, person_id=person, grade=grade, note=said.notes.get(person, "")[:120])
        for person, grade in said.grades.items()
    )
    details = {"present": said.present, "entitled": review.entitled}
    tell(Told.REVIEW_HANDED_UP, by=by, about=str(unit), reference=unit.code, details=details)
    return review


@telling()
def approve(review: BranchReview, *, on: dt.date, by: User) -> list[MemberCase]:
    """The body above approves; members graded well enough are registered for the year."""
    _demand_handed_up(review)
    if review.handed_up_by == by:
        raise Refused(_("Who handed the review up does not approve it; a colleague does."))
    registered = _register(review, on, by)
    review.stage, review.decided_on, review.decided_by = BranchReview.Stage.APPROVED, on, by
    review.save(update_fields=["stage", "decided_on", "decided_by"])
    details = {"registered": sum(case.stage == case.kind_of_work.done for case in registered)}
    unit = review.unit
    tell(Told.REVIEW_APPROVED, by=by, about=str(unit), reference=unit.code, details=details)
    return registered


@telling()
def send_back(review: BranchReview, *, because: str, on: dt.date, by: User) -> BranchReview:
    """Return the review with an opinion; the branch answers anew."""
    _demand_handed_up(review)
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    review.stage, review.opinion = BranchReview.Stage.RETURNED, because.strip()[:200]
    review.decided_on, review.decided_by = on, by
    review.save(update_fields=["stage", "opinion", "decided_on", "decided_by"])
    unit = review.unit
    details = {"because": review.opinion}
    tell(Told.REVIEW_RETURNED, by=by, about=str(unit), reference=unit.code, details=details)
    return review


def check(issue: Issue, unit: Unit, said: Meeting, *, on: dt.date) -> None:
    """The guards of a branch's review."""
    if not issue.opens_on <= said.held_on <= on:
        raise Refused(_("The meeting lies between %(first)s and today.") % {"first": issue.opens_on})
    members = {stay.person_id: stay for stay in members_of(unit, on=said.held_on)}
    still = {stay.person_id for stay in members_of(unit, on=on)}  # who has left since is not registered
    missing = [members[key].person.name for key in members if key in still and key not in said.grades]
    if missing:
        raise Refused(_("Without a grade: %s.") % "、".join(missing[:5]))
    if set(said.grades) - set(members):
        raise Refused(_("Somebody graded is not a member of the branch on that day."))
    _check_attendance(unit, said)
    _check_grades(unit, members, said)


def _check_attendance(unit: Unit, said: Meeting) -> None:
    due = len(due_to_attend(unit, on=said.held_on))
    if said.present > due:
        raise Refused(
            _("%(present)d present are more than the %(due)d due.") % {"present": said.present, "due": due}
        )
    code = "review_present_share"
    rule = ruling(code, on=said.held_on, unit=unit)
    share = Fraction(said.present, due) if due else Fraction(1)
    sentence = _("%(present)d of %(due)d attended, which is too few.") % {
        "present": said.present, "due": due,
    }  # fmt: skip
    demand(rule.allows(share), code, sentence, on=said.held_on, unit=unit)


def _check_grades(unit: Unit, members: Mapping[int, Membership], said: Meeting) -> None:
    for person, grade in said.grades.items():
        name = members[person].person.name
        if grade not in Grade.values:
            raise Refused(_("“%(grade)s” is no grade (%(person)s).") % {"grade": grade, "person": name})
        if grade == Grade.WITHOUT and members[person].person.political_status not in PARTY:
            raise Refused(_("Only Party members are registered without review, not %s.") % name)
        if grade == Grade.DEFERRED and not said.notes.get(person, "").strip():
            raise Refused(_("Say why %s is not reviewed: abroad, in the army, ill …") % name)
    best = [person for person, grade in said.grades.items() if grade == Grade.EXCELLENT]
    if barred := hindrances(best, for_=Bar.EXCELLENT, on=said.held_on):
        person, why = next(iter(barred.items()))
        raise Refused(
            _("%(person)s cannot be graded excellent: %(why)s.")
            % {"person": members[person].person.name, "why": why}
        )
    reviewed = sum(grade in REVIEWED for grade in said.grades.values())
    check_excellent(unit, len(best), reviewed, on=said.held_on)


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


def _register(review: BranchReview, on: dt.date, by: User) -> list[MemberCase]:
    """One registration for each grade that is good enough, and a record of those that are not."""
    kind = kind_with("registration")
    grades = list(review.grades.exclude(grade=Grade.DEFERRED).select_related("person"))
    held = set(
        MemberCase.objects.filter(
            kind=kind.code, person__in=[g.person_id for g in grades], registration__review__issue=review.issue
        ).values_list("person", flat=True)
    )
    grades = [grade for grade in grades if grade.person_id not in held]
    cases = [
        MemberCase(
            kind=kind.code,
            stage=kind.done if grade.is_registered else kind.stages[0],
            title=f"{grade.person.name} {kind.label}",
            unit=review.unit,
            person=grade.person,
            reason=str(grade),
            happened_on=on,
            state=State.CONFIRMED,
        )
        for grade in grades
    ]
    ledger.prepare(cases, by=by)
    MemberCase.objects.bulk_create(cases)
    for grade, case in zip(grades, cases, strict=True):
        grade.member_case = case
    ReviewGrade.objects.bulk_update(grades, ["member_case"])
    Step.objects.bulk_create(_steps(grades, review, on))
    Revision.advance()
    return cases


def _steps(grades: list[ReviewGrade], review: BranchReview, on: dt.date) -> list[Step]:
    kind = kind_with("registration")
    steps = []
    for grade in grades:
        if grade.grade in REVIEWED:
            steps.append(Step(member_case=grade.member_case, stage=kind.stages[0], on=review.held_on))
        if grade.is_registered:
            steps.append(Step(member_case=grade.member_case, stage=kind.done, on=on))
    return steps


def _demand_handed_up(review: BranchReview) -> None:
    if review.stage != BranchReview.Stage.HANDED_UP:
        raise Refused(
            _("The review of %(unit)s is “%(stage)s”, so this cannot be done now.")
            % {"unit": review.unit, "stage": review.get_stage_display()}
        )
