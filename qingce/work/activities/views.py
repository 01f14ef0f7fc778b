"""Recording what took place: the one short form, and a branch's answer to an issue."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.league.organisations.models import Membership, Unit
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import Issue, State
from qingce.work.activities.actions import amend, record_activity
from qingce.work.activities.coverage import addressed, answered_by_hand, coverage
from qingce.work.activities.forms import ActivityForm, AnswerForm, BodyForm
from qingce.work.activities.models import Activity


def kind_in_short_form(reach: Reach, *, kind: str) -> Kind | None:
    """A kind that the one short form can hold."""
    found = taxonomy().kinds.get(kind)
    return found if found and found.short_form and not found.retired else None


def issue_within_reach(reach: Reach, *, pk: int) -> Issue | None:
    """An issue put to some unit that the reader reaches, or issued by one."""
    issue = Issue.objects.select_related("issued_by").filter(pk=pk, series__in=addressed()).first()
    if issue is None:
        return None
    path = issue.issued_by.path(day=reach.on)
    reached = reach.paths()
    return issue if any(one.startswith(path) or path.startswith(one) for one in reached) else None


@page("record.enter")
def kinds(request: HttpRequest) -> HttpResponse:
    """Which kind of work: those this account recorded lately, then all."""
    offered = [kind for kind in taxonomy().family("activities") if kind.short_form]
    mine = Activity.objects.filter(recorded_by__in=[user_of(request).pk], kind__in=[k.code for k in offered])
    lately = mine.order_by("-pk").values_list("kind", flat=True)[:40]
    recent = [taxonomy().kinds[code] for code in dict.fromkeys(lately)][:4]
    return render(request, "activities/kinds.html", {"kinds": offered, "recent": recent})


@page("record.enter", on=kind_in_short_form, own=True)
def new(request: HttpRequest, kind: Kind) -> HttpResponse:
    reach = reach_of(request)
    form = ActivityForm(kind, reach, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = {**form.facts(), "kind": kind.code, "today": reach.on}
        if entered := _recorded(request, form, facts):
            return redirect("record", number=entered.number)
    may_confirm = reach.holds("record.confirm")
    return render(request, "activities/new.html", {"form": form, "kind": kind, "may_confirm": may_confirm})


@page("record.see")
def issues(request: HttpRequest) -> HttpResponse:
    """The issues put to branches, newest first, each with its answers."""
    reached = reach_of(request).units("record.see")
    answered = Count("answers", filter=~Q(answers__state=State.VOID) & Q(answers__unit__in=reached))
    rows = (
        Issue.objects.filter(series__in=addressed()).annotate(answered=answered).order_by("-opens_on", "-pk")
    )
    chosen = Paginator(rows, 50).get_page(request.GET.get("page"))
    branch = _own_branch(reach_of(request))
    mine = Activity.objects.filter(unit=branch).exclude(state=State.VOID).values_list("issue", flat=True)
    own = set(mine) if branch else set()
    said = {"page_obj": chosen, "branch": branch, "own": own, "by_hand": answered_by_hand()}
    return render(request, "activities/issues.html", said)


@page("record.see", on=issue_within_reach, own=True)
def issue(request: HttpRequest, issue: Issue) -> HttpResponse:
    """How far an issue has been answered, and by whom not yet: a list to call, never a ranking."""
    reach = reach_of(request)
    asked = BodyForm(request.GET, reach)
    seen = coverage(issue, within=asked.units(), on=reach.on)
    chosen = Paginator(seen.unanswered, 50).get_page(request.GET.get("page"))
    branch = _own_branch(reach)
    by_hand = issue.series in answered_by_hand()
    said = {"issue": issue, "coverage": seen, "page_obj": chosen, "branch": branch if by_hand else None}
    said["asked"] = asked
    return render(request, "activities/issue.html", said)


@page("record.enter", on=issue_within_reach, own=True)
def answer(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The branch's page on the phone: did it take place, when, how many."""
    reach = reach_of(request)
    branch = _own_branch(reach)
    if branch is None or issue.series not in answered_by_hand():
        return redirect("issue", pk=issue.pk)
    given = Activity.objects.filter(issue=issue, unit=branch).exclude(state=State.VOID).first()
    if given is not None and given.is_counted:
        messages.info(
            request, _("Your answer is confirmed. The body above corrects it when something is wrong.")
        )
        return redirect("record", number=given.number)
    kind = taxonomy().kinds[taxonomy().series[issue.series].kind]
    members = Membership.objects.on(reach.on).filter(unit=branch).count()
    form = AnswerForm(
        kind, request.POST or None, request.FILES or None, given=given, today=reach.on, members=members
    )
    if request.method == "POST" and form.is_valid():
        facts = {**form.facts(), "today": reach.on}
        if given is None:
            facts |= {"kind": kind.code, "unit": branch, "issue": issue}
        if entered := _recorded(request, form, facts, given=given):
            return redirect("record", number=entered.number)
    said = {"form": form, "issue": issue, "branch": branch, "members": members, "given": given}
    return render(request, "activities/answer.html", {**said, "typed": _typed(branch, reach)})


def _recorded(
    request: HttpRequest, form: Any, facts: dict[str, Any], *, given: Activity | None = None
) -> Activity | None:
    """Record, or amend what was `given`, and hand up at once or confirm; None when it was refused."""
    by = user_of(request)
    try:
        with transaction.atomic():
            activity = record_activity(by=by, **facts) if given is None else amend(given, by=by, **facts)
            if paper := form.cleaned_data["paper"]:
                label = next(iter(activity.missing_evidence()), _("Material from the event"))
                ledger.attach_evidence(activity, label=label, file=paper, by=by)
            if reach_of(request).may("record.confirm", activity) and not activity.missing_evidence():
                ledger.confirm(activity, by=by)
                messages.success(request, _("Recorded and confirmed."))
            else:
                ledger.submit(activity, by=by)
                messages.success(request, _("Recorded; the body above will confirm it."))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return activity


def _own_branch(reach: Reach) -> Unit | None:
    """The reader's branch, when the only post held is at a branch."""
    return reach.home if reach.home is not None and reach.home.is_branch else None


def _typed(branch: Unit, reach: Reach) -> int:
    """How many records this branch entered by hand this year: so that the burden can be seen."""
    rows: QuerySet[Activity] = Activity.objects.filter(
        unit=branch, happened_on__year=reach.on.year, batch=None
    )
    return rows.count()
