"""The verbs of the yearly review and registration: opened for all branches, handed up, approved, returned.

A branch answers once. Approval makes one registration for each member graded well enough, in bulk.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.rules import demand, ruling
from qingce.ledger.records.models import Issue, Revision
from qingce.work.membership.models import BranchReview, MemberCase
from qingce.work.membership.reviews.guards import Branch, Meeting, flaws
from qingce.work.membership.reviews.reading import branches, review_series
from qingce.work.membership.reviews.registering import answered, keep_grades, register

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def open_review(
    unit: Unit,
    *,
    year: int,
    opens_on: dt.date,
    due_on: dt.date,
    by: User,
    warnings: list[str] | None = None,
) -> Issue:
    """Put the review of a year to every branch beneath `unit`."""
    if due_on < opens_on:
        raise Refused(_("The last day must be later than the first."))
    _check_season(unit, opens_on, due_on, warnings)
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


def _check_season(unit: Unit, opens_on: dt.date, due_on: dt.date, warnings: list[str] | None) -> None:
    """The review usually lies between late autumn and the first month of the next year."""
    sentence = _("The yearly review is usually held in the months of the rule; compare the notice.")
    first = ruling("review_first_month", on=opens_on, unit=unit)
    last = ruling("review_last_month", on=opens_on, unit=unit)
    begins = not first.holds or opens_on.month >= first.value or opens_on.month <= last.value
    demand(begins, first.code, sentence, on=opens_on, unit=unit, warnings=warnings)
    ends = not last.holds or due_on.month <= last.value or due_on.month >= first.value
    demand(ends, last.code, sentence, on=opens_on, unit=unit, warnings=warnings)


@telling()
def hand_up(issue: Issue, unit: Unit, said: Meeting, *, on: dt.date, by: User) -> BranchReview:
    """The branch's answer; one that was returned is answered anew."""
    given = BranchReview.objects.filter(issue=issue, unit=unit).first()
    if given is not None and not given.is_open:
        raise Refused(_("%s has handed up its review already; the body above may return it.") % unit)
    branch = check(issue, unit, said, on=on)
    review = answered(given or BranchReview(issue=issue, unit=unit), said, due=branch.due, on=on, by=by)
    review.save()
    keep_grades([(review, said)])
    details = {"present": said.present, "entitled": review.entitled}
    tell(Told.REVIEW_HANDED_UP, by=by, about=str(unit), reference=unit.code, details=details)
    return review


@telling()
def approve(review: BranchReview, *, on: dt.date, by: User) -> list[MemberCase]:
    """The body above approves; members graded well enough are registered for the year."""
    _demand_handed_up(review)
    if review.handed_up_by == by:
        raise Refused(_("Who handed the review up does not approve it; a colleague does."))
    review.stage, review.decided_on, review.decided_by = BranchReview.Stage.APPROVED, on, by
    review.save(update_fields=["stage", "decided_on", "decided_by"])
    registered = register([review], by=by)
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


def check(issue: Issue, unit: Unit, said: Meeting, *, on: dt.date) -> Branch:
    """Refuse a review with a flaw, the first one said; else the branch as it was on that day."""
    [branch] = branches([(unit, said.held_on, on)])
    for flaw in flaws(issue, branch, said, on=on):
        raise Refused(flaw.sentence)
    return branch


def _demand_handed_up(review: BranchReview) -> None:
    if review.stage != BranchReview.Stage.HANDED_UP:
        raise Refused(
            _("The review of %(unit)s is “%(stage)s”, so this cannot be done now.")
            % {"unit": review.unit, "stage": review.get_stage_display()}
        )
