"""Certifying one figure of the ledger: a paper of that one figure is issued, and so is its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.sight import Sight
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.requests import reach_of, user_of
from qingce.ledger.periods import Period
from qingce.reports.actions import issue
from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.issued.agreement import agreement_address, uses
from qingce.reports.issued.listing import CERTIFIED

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User
    from qingce.league.access.reach import Reach
    from qingce.reports.models import Snapshot

SHOWN = 5  # documents named beside a figure


def certify(figure: Figure, reach: Reach, *, by: User) -> Snapshot:
    """Freeze one figure as it is now, with its rows; Refused where the reader may not see the number."""
    if Sight(reach).shown(figure).covered:
        raise Refused(_("Small numbers of sensitive matters are covered and cannot be certified."))
    with override("zh-hans"):
        batch.evaluate([figure])
        if figure.told is None:
            raise Refused(_("The figure has no value in this period, so there is nothing to certify."))
        document = _paper(figure)
    return issue(document, unit=figure.unit, period=figure.period, by=by)


def _paper(figure: Figure) -> Document:
    indicator = figure.indicator
    source = Source(
        place=1,
        code=indicator.code,
        label=str(indicator),
        definition=figure.definition,
        version=indicator.version,
        digest=indicator.digest,
        value=figure.told,
        exact=figure.exact,
        written=figure.exact,
        rows=figure.row_count,
        parts=tuple(f"{one.indicator} {one.exact}" for one in figure.components.values()),
    )
    said = Run(f"{figure.unit.name}{figure.period.label}“{indicator}”为")
    return Document(
        outline=CERTIFIED,
        unit=figure.unit.code,
        unit_name=figure.unit.name,
        period=figure.period.code,
        period_name=figure.period.label,
        blocks=(
            Block("title", (Run(f"数据证明：{indicator}"),)),
            Block("text", (said, Run(figure.exact, figure=indicator.code, place=1), Run("。"))),
        ),
        sources=(source,),
        gaps=(),
    )


class FoundQuestion:
    """A figure asked of a unit within reach."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.unit_id = figure.unit.pk
        self.code, self.unit, self.period = figure.indicator.code, figure.unit.code, figure.period.code


def question_within_reach(reach: Reach, *, code: str, unit: str, period: str) -> FoundQuestion | None:
    found = reach.unit(unit)
    try:
        when = Period.parse(period)
    except Refused:
        return None
    if found is None or code not in indicators():
        return None
    return FoundQuestion(Figure(indicators()[code], found, when))


@page("report.see", on=question_within_reach)
def figure_uses(request: HttpRequest, found: FoundQuestion) -> HttpResponse:
    """A panel of the figure drawer: the documents that say this figure, and the way to certify it."""
    figure = found.figure
    said = [one for one in uses(reach_of(request), code=found.code) if one.question == _asked(figure)]
    facts: dict[str, Any] = {
        "found": found,
        "uses": said[:SHOWN],
        "more": len(said) - SHOWN,
        "agreement": agreement_address(found.code, figure.period.last.year),
        "may_certify": reach_of(request).may("report.issue", found),
    }
    return render(request, "reports/issued/uses.html", facts)


def _asked(figure: Figure) -> tuple[int, str]:
    return figure.unit.pk, figure.period.code


@page("report.issue", on=question_within_reach)
def certification(request: HttpRequest, found: FoundQuestion) -> HttpResponse:
    """Confirm, then freeze the one figure."""
    refusal = ""
    if request.method == "POST":
        try:
            snapshot = certify(found.figure, reach_of(request), by=user_of(request))
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Certified. The figure stays as it is now."))
            return redirect("report-figure-certificate", pk=snapshot.pk, place=1)
    shown = Sight(reach_of(request)).shown(found.figure)
    address = Question(found.figure.unit, found.figure.period).address("figure", found.figure.indicator.code)
    said = {"found": found, "figure": found.figure, "shown": shown, "refusal": refusal}
    said["figure_address"] = address
    answer = render(request, "reports/issued/certification.html", said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
