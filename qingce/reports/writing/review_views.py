"""Pages of the way upwards: submission, withdrawal, return, approval, issue."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import closed, page
from qingce.league.access.requests import reach_of, user_of
from qingce.reports.writing import reviewing
from qingce.reports.writing.checks import findings
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.models import Draft, Version
from qingce.reports.writing.requests import carried_out
from qingce.reports.writing.route import draft_within_reach, level_for
from qingce.reports.writing.versions import Moved, moved_since
from qingce.reports.writing.writing_forms import ReturnForm


@page("document.write", on=draft_within_reach)
def submission(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What to look at before it goes up, and to whom it goes."""
    today = reach_of(request).on
    if request.method == "POST":
        return carried_out(
            request,
            draft,
            lambda: reviewing.submit(draft, by=user_of(request), now=timezone.now(), today=today),
            _("Submitted for review."),
        )
    drawing = Drawing(draft, draft.standing(), reach_of(request))
    found = findings(drawing, reach_of(request))
    return render(
        request,
        "writing/submission.html",
        {"draft": draft, "findings": found, "level": level_for(draft, on=today)},
    )


@page("document.write", on=draft_within_reach)
def withdrawal(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.method == "POST":
        return carried_out(
            request,
            draft,
            lambda: reviewing.withdraw(draft, by=user_of(request), now=timezone.now()),
            _("Taken back; the text can be written on."),
        )
    return render(request, "writing/withdrawal.html", {"draft": draft})


@page("document.approve", on=draft_within_reach)
def returning(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        return carried_out(
            request,
            draft,
            lambda: reviewing.give_back(
                draft, because=because, by=user_of(request), reach=reach_of(request), now=timezone.now()
            ),
            _("Returned; the authors see the reason."),
        )
    return render(request, "writing/returning.html", {"draft": draft, "form": form})


@page("document.approve", on=draft_within_reach)
def approval(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.method == "POST":
        return carried_out(
            request,
            draft,
            lambda: reviewing.approve(
                draft, by=user_of(request), reach=reach_of(request), now=timezone.now()
            ),
            _("Approved."),
        )
    drawing = Drawing(draft, draft.standing(), reach_of(request))
    found = findings(drawing, reach_of(request))
    return render(request, "writing/approval.html", {"draft": draft, "findings": found})


@page("document.write", on=draft_within_reach)
def issuing(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Confirm, then freeze; figures that moved since the approval are shown first."""
    reach = reach_of(request)
    if not reach.may("report.issue", draft):
        return closed(request, "report.issue")
    if request.method == "POST":
        try:
            snapshot = reviewing.issue(draft, by=user_of(request), reach=reach, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("document-issue", pk=draft.pk)
        messages.success(request, _("Issued. Its figures stay as they are now."))
        return redirect("report-snapshot", pk=snapshot.pk)
    drawing = Drawing(draft, draft.standing(), reach)
    return render(
        request,
        "writing/issue.html",
        {
            "draft": draft,
            "findings": [one for one in findings(drawing, reach) if one.blocks],
            "moved": _moved(draft, drawing),
            "count": len(drawing.figures),
        },
    )


def _moved(draft: Draft, drawing: Drawing) -> list[Moved]:
    approved = draft.versions.filter(sort=Version.Sort.APPROVED).first()
    return moved_since(approved, drawing) if approved else []
