"""The list of documents: mine, to review, issued, and every one within reach."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from qingce.foundation.words import folded
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from qingce.reports.outline import Outline, outlines
from qingce.reports.writing.models import Draft, State, Version
from qingce.reports.writing.route import waiting_for

SORTS = {"title": "title", "changed": "changed_at", "unit": "unit__short_name", "period": "period"}

YEARS_BACK = 6


class Listing:
    """What the address asks of the list."""

    def __init__(self, query: QueryDict, reach: Reach) -> None:
        self.reach = reach
        self.view = query.get("view", "")
        self.said = query.get("q", "").strip()
        self.state = query.get("state", "")
        self.kind = query.get("kind", "")
        self.sort = query.get("sort", "-changed")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.said or self.state or self.kind)

    def drafts(self) -> QuerySet[Draft]:
        found = self._narrowed(self._viewed())
        column = SORTS.get(self.sort.lstrip("-"), "changed_at")
        order = f"-{column}" if self.sort.startswith("-") or column == "changed_at" else column
        return found.select_related("unit", "changed_by", "reviewed_at", "snapshot").order_by(order, "-pk")

    def _viewed(self) -> QuerySet[Draft]:
        within = Draft.objects.filter(unit__in=self.reach.units("document.write"))
        if self.view == "mine":
            wrote = Version.objects.filter(draft=OuterRef("pk"), by=self.reach.user.pk)
            return within.filter(Q(by=self.reach.user.pk) | Exists(wrote))
        if self.view == "review":
            return waiting_for(self.reach)
        return within.filter(state=State.ISSUED) if self.view == "issued" else within

    def _narrowed(self, found: QuerySet[Draft]) -> QuerySet[Draft]:
        if self.said:
            said = folded(self.said)
            by_initials = Q(initials__contains=said.lower()) if said.isascii() else Q()
            found = found.filter(Q(title__icontains=said) | Q(unit__short_name__icontains=said) | by_initials)
        if self.state in State.values:
            found = found.filter(state=self.state)
        return found.filter(outline=self.kind) if self.kind in outlines() else found

    def views(self) -> list[tuple[str, str]]:
        return [("", _("All")), ("mine", _("Mine")), ("review", _("To review")), ("issued", _("Issued"))]


def writable() -> list[Outline]:
    """The kinds that are written: every outline of the catalogue."""
    return list(outlines().values())


def periods(latest: int) -> list[tuple[str, str]]:
    """Periods to choose from, the usual first; of years longer ago, the year and its halves."""
    spans = [
        span
        for year in (latest, latest - 1)
        for span in (
            Period.year(year),
            *(Period.half(year, half) for half in (1, 2)),
            *(Period.quarter(year, quarter) for quarter in range(1, 5)),
            *(Period.months(year, 1, last) for last in range(11, 8, -1)),
            *(Period.month(year, month) for month in range(12, 0, -1)),
        )
    ]
    spans += [
        span
        for year in range(latest - 2, latest - YEARS_BACK, -1)
        for span in (Period.year(year), *(Period.half(year, half) for half in (1, 2)))
    ]
    return [(span.code, span.label) for span in spans]
