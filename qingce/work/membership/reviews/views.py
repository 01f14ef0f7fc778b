"""Pages of the yearly review: the reviews, how far branches are, a branch's answer, its minutes."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of, user_of
from qingce.ledger.records.forms import ReasonForm
from qingce.ledger.records.models import Issue
from qingce.work.membership.finding import (
    AskedBranch,
    ReviewIssue,
    asked_within_reach,
    review_within_reach,
)
from qingce.work.membership.models import BranchReview, Grade
from qingce.work.membership.pages import asking, done, own_branch, warned
from qingce.work.membership.reviews import actions as review
from qingce.work.membership.reviews import reading as review_reading
from qingce.work.membership.reviews.forms import OpeningForm, ReviewForm
from qingce.work.membership.reviews.guards import most_excellent
from qingce.work.membership.reviews.scoring import scores_of


@page("person.see")
def listing(request: HttpRequest) -> HttpResponse:
    """The yearly reviews, newest first."""
    reach = reach_of(request)
    above = [one.pk for one in reach.home.above(day=reach.on)] if reach.home else []
    issuers = reach.units().values("pk")
    rows = Issue.objects.filter(series=review_reading.review_series()).select_related("issued_by")
    rows = rows.filter(issued_by__in=above) | rows.filter(issued_by__in=issuers)
    said = {"issues": rows.order_by("-year", "pk")[:50], "branch": own_branch(reach)}
    return render(request, "membership/reviews.html", said)


@page("review.approve")
def opening(request: HttpRequest) -> HttpResponse:
    """Put the review of a year to every branch beneath the reader's unit."""
    reach = reach_of(request)
    home = reach.home.pk if reach.home is not None else 0
    unit = reach.units("review.approve").filter(pk=home).first()
    form = OpeningForm(request.POST or None, today=reach.on)
    if request.method == "POST" and form.is_valid() and unit is not None:
        try:
            said = form.cleaned_data
            year = review_reading.year_reviewed(said["opens_on"])
            warnings: list[str] = []
            issue = review.open_review(unit, year=year, by=user_of(request), warnings=warnings, **said)
            warned(request, warnings)
            messages.success(request, _("Opened for every branch beneath %s.") % unit)
            return redirect("review", pk=issue.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return asking(request, form, _("Open the yearly review"), _("Put to branches"), about=unit or "")


@page("person.see", on=review_within_reach, own=True)
def one(request: HttpRequest, seen: ReviewIssue) -> HttpResponse:
    """How far the branches within reach are: who waits for approval, who has not answered."""
    reach = reach_of(request)
    branch = own_branch(reach)
    if branch is not None:
        return redirect("review-branch", pk=seen.pk, code=branch.code)
    found = review_reading.coverage(seen.issue, within=reach.units("person.see"), on=reach.on)
    chosen = Paginator(found.unanswered, 50).get_page(request.GET.get("page"))
    said = {"issue": seen.issue, "coverage": found, "page_obj": chosen}
    said["may_approve"] = reach.holds("review.approve")
    return render(request, "membership/review.html", said)


@page("review.approve", on=review_within_reach, own=True)
def approving_many(request: HttpRequest, seen: ReviewIssue) -> HttpResponse:
    """Approve the reviews ticked; each stands for itself, refusals are said by branch."""
    reach = reach_of(request)
    units = reach.units("review.approve")
    rows = BranchReview.objects.filter(issue=seen.issue, unit__in=units).select_related("unit", "issue")
    ticked = rows.filter(pk__in=[key for key in request.POST.getlist("review") if key.isdigit()])
    for each in ticked:
        said = _("%s: approved and registered.") % each.unit
        done(request, review.approve, each, on=reach.on, said=said)
    return redirect("review", pk=seen.pk)


@page("person.see", on=asked_within_reach)
def branch(request: HttpRequest, asked: AskedBranch) -> HttpResponse:
    """A branch's review as it stands: its answer, the way up, the minutes to print."""
    reach = reach_of(request)
    given = _given(asked)
    if (given is None or given.is_open) and reach.may("record.enter", asked) and asked.unit == reach.home:
        return redirect("review-answer", pk=asked.pk, code=asked.code)
    said = {
        "issue": asked.issue,
        "unit": asked.unit,
        "given": given,
        "grades": given.grades.select_related("person", "member_case") if given else [],
        "may_approve": reach.may("review.approve", asked),
        "may_answer": (given is None or given.is_open) and reach.may("record.enter", asked),
    }
    return render(request, "membership/review_branch.html", said)


@page("record.enter", on=asked_within_reach)
def answer(request: HttpRequest, asked: AskedBranch) -> HttpResponse:
    """The branch's page on the phone: the day, how many came, the exceptions."""
    reach, given = reach_of(request), _given(asked)
    if given is not None and not given.is_open:
        return redirect("review-branch", pk=asked.pk, code=asked.code)
    stays = review_reading.members_of(asked.unit, on=reach.on)
    due = review_reading.due_to_attend(asked.unit, on=reach.on)
    scores = scores_of(asked.issue, asked.unit)
    grades = {one: (str(Grade.UNQUALIFIED), "") for one, kept in scores.items() if kept.overridden}
    if given is not None:
        grades |= {one.person_id: (one.grade, one.note) for one in given.grades.all()}
    initial = {"held_on": reach.on, "present": due}
    if given is not None:
        initial = {"held_on": given.held_on, "present": given.present, "opinions": given.opinions}
    form = ReviewForm(stays, request.POST or None, given=grades, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            review.hand_up(asked.issue, asked.unit, form.meeting(), on=reach.on, by=user_of(request))
            messages.success(request, _("Handed up; the body above approves it."))
            return redirect("review-branch", pk=asked.pk, code=asked.code)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    most = most_excellent(asked.unit, len(stays), on=reach.on)
    said = {"form": form, "issue": asked.issue, "unit": asked.unit, "due": due, "most": most}
    return render(request, "membership/review_answer.html", {**said, "given": given})


@page("review.approve", on=asked_within_reach)
def decision(request: HttpRequest, asked: AskedBranch) -> HttpResponse:
    """Approve, or return with an opinion."""
    given, on = _given(asked), reach_of(request).on
    if given is None:
        return redirect("review-branch", pk=asked.pk, code=asked.code)
    if request.POST.get("act") == "approve":
        done(request, review.approve, given, on=on, said=_("Approved; the members are registered."))
        return redirect("review-branch", pk=asked.pk, code=asked.code)
    form = ReasonForm(request.POST if "because" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        done(request, review.send_back, given, because=because, on=on, said=_("Returned to be amended."))
        return redirect("review-branch", pk=asked.pk, code=asked.code)
    return asking(request, form, _("Return this review"), _("Return"), about=asked.unit)


@page("person.see", on=asked_within_reach)
def minutes(request: HttpRequest, asked: AskedBranch) -> HttpResponse:
    """The minutes and the register of the branch, to be printed on A4."""
    given = _given(asked)
    grades = list(given.grades.select_related("person")) if given else []
    counted = [(one.label, sum(g.grade == one for g in grades)) for one in Grade]
    said = {"issue": asked.issue, "unit": asked.unit, "given": given, "grades": grades, "counted": counted}
    above = list(asked.unit.above(day=reach_of(request).on))
    return render(request, "membership/review_minutes.html", {**said, "above": above[-1] if above else ""})


def _given(asked: AskedBranch) -> BranchReview | None:
    rows = BranchReview.objects.filter(issue=asked.issue, unit=asked.unit)
    return rows.select_related("unit", "issue", "handed_up_by", "decided_by").first()
