"""Pages of documents in writing: the list, a new one, the sheet with its side, the file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.figures.indicators.stamp import latest_day
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.ledger.periods import Period
from qingce.reports.outline import outlines
from qingce.reports.writing import actions
from qingce.reports.writing.checks import findings
from qingce.reports.writing.comment_views import threads
from qingce.reports.writing.documents import document_of
from qingce.reports.writing.drawing import Drawing
from qingce.reports.writing.listing import Listing, periods, writable
from qingce.reports.writing.models import Draft, State
from qingce.reports.writing.paper_form import PaperForm
from qingce.reports.writing.requests import as_file, carried_out
from qingce.reports.writing.route import draft_within_reach, may_decide
from qingce.reports.writing.sentences import by_chapter
from qingce.reports.writing.shown import length, lines
from qingce.reports.writing.writing_forms import NewForm

PAGE_SIZE = 50


@page("document.write")
def documents(request: HttpRequest) -> HttpResponse:
    asked = Listing(request.GET, reach_of(request))
    chosen = Paginator(asked.drafts(), PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = [(one.address, str(one)) for one in writable()]
    return render(
        request,
        "writing/documents.html",
        {"asked": asked, "page_obj": chosen, "kinds": kinds, "states": State.choices},
    )


@page("document.write")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a document: kind, period, unit, and with what."""
    reach = reach_of(request)
    latest = latest_day(reach.on).year
    form = NewForm(reach, latest, request.POST or None, initial={"period": str(latest)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        unit = said["unit"] or reach.home
        if unit is None or not reach.may("document.write", unit):
            form.add_error("unit", _("No unit within your reach is called so."))
        else:
            draft = actions.begin(
                outlines()[said["kind"]],
                unit,
                Period.parse(said["period"]),
                by=user_of(request),
                now=timezone.now(),
                with_sentences=said["begin"] == "sentences",
            )
            return redirect("document", pk=draft.pk)
    return render(request, "writing/new.html", {"form": form})


@page("document.write", on=draft_within_reach)
def document(request: HttpRequest, draft: Draft) -> HttpResponse:
    spans = periods(draft.period_asked.last.year)
    said = _sheet(request, draft) | _side(request, draft) | {"periods": spans}
    return render(request, "writing/document.html", said)


@page("document.write", on=draft_within_reach)
def sheet(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The sheet alone: after a paragraph was added, moved or taken out."""
    return render(request, "writing/sheet.html", _sheet(request, draft))


@page("document.write", on=draft_within_reach)
def side(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What stands beside the text: what to look at, comments, sentences, the way upwards."""
    return render(request, "writing/side.html", _sheet(request, draft) | _side(request, draft))


@page("document.write", on=draft_within_reach)
def paper(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What stands around the text on the paper."""
    form = PaperForm(draft, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, now = user_of(request), timezone.now()
        return carried_out(
            request,
            draft,
            lambda: actions.describe_paper(draft, form.parts(), by=by, now=now),
            _("Saved."),
        )
    return render(request, "writing/paper.html", {"draft": draft, "form": form})


def file_within_reach(reach: Reach, *, pk: str, ending: str) -> DraftFile | None:
    draft = draft_within_reach(reach, pk=int(pk))
    return DraftFile(draft, ending) if draft else None


@page("document.write", on=file_within_reach)
def file(request: HttpRequest, found: DraftFile) -> HttpResponse:
    """The text as it stands, to be printed or looked over."""
    drawing = Drawing(found.draft, found.draft.standing(), reach_of(request))
    return as_file(document_of(found.draft, drawing), f".{found.ending}")


class DraftFile:
    """A document in one form; it lies where its unit lies."""

    def __init__(self, draft: Draft, ending: str) -> None:
        self.draft = draft
        self.ending = ending
        self.unit_id = draft.unit_id


def _sheet(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    reach = reach_of(request)
    drawing = Drawing(draft, draft.standing(), reach)
    found = findings(drawing, reach)
    return {
        "draft": draft,
        "lines": lines(drawing, found, user_of(request).pk),
        "findings": found,
        "open": sum(one.blocks for one in found),
        "length": length(drawing),
        "limit": draft.plan.limit if draft.plan else 0,
    }


def _side(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    reach = reach_of(request)
    return {
        "threads": threads(draft),
        "chapters": by_chapter() if draft.is_writable else [],
        "steps": draft.steps.select_related("by", "unit"),
        "may_decide": may_decide(draft, reach),
        "may_issue": reach.may("report.issue", draft) and draft.state == State.APPROVED,
        "may_withdraw": draft.state in {State.SUBMITTED, State.APPROVED}
        and user_of(request).pk in draft.authors(),
    }
