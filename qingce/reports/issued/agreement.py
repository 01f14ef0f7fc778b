"""Whether figures that stand in several documents agree, and why not where they do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingce.league.access.reach import Reach
from qingce.reports.models import Erratum, ErratumFigure, FrozenFigure
from qingce.reports.rows import CountedRow

# Why two documents say different numbers; the first that need looking at, then those that explain themselves.
REASONS = {
    "records": _("records changed between the two issues"),
    "definition": _("another version of the definition"),
    "stated": _("stated by hand in one of them"),
    "override": _("written otherwise than counted"),
    "period": _("another period"),
    "unit": _("another unit"),
}
OTHER_QUESTION = {"period", "unit"}


@dataclass(frozen=True)
class Use:
    """A figure as one document says it, errata taken in."""

    figure: FrozenFigure  # without its rows
    value: Decimal
    exact: str
    display: str
    definition: str
    digest: str
    version: int
    at: dt.datetime
    erratum: Erratum | None = None
    put_right: int = 0  # key of the figure of the erratum

    @property
    def question(self) -> tuple[int, str]:
        return self.figure.asked_unit.pk, self.figure.asked_period.code

    @property
    def year(self) -> int:
        return self.figure.asked_period.last.year

    @property
    def is_overridden(self) -> bool:
        return bool(self.figure.override) and self.erratum is None


@dataclass(frozen=True)
class Comparison:
    """One document's number beside another's."""

    use: Use
    reference: Use
    reasons: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return not self.reasons

    @property
    def labels(self) -> list[Any]:
        return [REASONS[reason] for reason in self.reasons]

    @property
    def asks_the_same(self) -> bool:
        return self.use.question == self.reference.question


@dataclass(frozen=True)
class Group:
    """One figure of one year in all documents that say it; the latest is what the others are held against."""

    code: str
    year: int
    reference: Use
    others: list[Comparison] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.reference.figure.label)

    @property
    def differing(self) -> list[Comparison]:
        return [one for one in self.others if not one.agrees]

    @property
    def reasons(self) -> set[str]:
        return {reason for one in self.others for reason in one.reasons}

    @property
    def address(self) -> str:
        return agreement_address(self.code, self.year)


def agreement_address(code: str, year: int) -> str:
    return f"{reverse('report-agreement-figure', args=[code])}?{urlencode({'year': year})}"


def uses(reach: Reach, *, code: str = "") -> list[Use]:
    """Every figure of the reports in force within reach, the latest first; two queries."""
    figures = FrozenFigure.objects.filter(
        snapshot__unit__in=reach.units("report.see"), snapshot__replacement=None
    )
    figures = figures.filter(code=code) if code else figures
    figures = figures.select_related("unit", "snapshot__unit", "snapshot__by")
    listed = list(figures.defer("rows", "shares", "snapshot__content").order_by("-snapshot__at", "place"))
    put_right = ErratumFigure.objects.filter(figure__in=[one.pk for one in listed]).select_related("erratum")
    rows = put_right.defer("rows", "added", "removed", "erratum__content").order_by("erratum__number")
    latest = {one.figure_id: one for one in rows}
    return [_use(one, latest.get(one.pk)) for one in listed]


def _use(figure: FrozenFigure, by: ErratumFigure | None) -> Use:
    said: Any = by or figure
    return Use(
        figure=figure,
        value=said.value,
        exact=said.exact,
        display=said.display,
        definition=said.definition,
        digest=said.definition_digest,
        version=said.version,
        at=by.erratum.at if by else figure.snapshot.at,
        erratum=by.erratum if by else None,
        put_right=by.pk if by else 0,
    )


def groups(found: Iterable[Use]) -> list[Group]:
    """The figures that stand in more than one document, those that differ first."""
    gathered: dict[tuple[str, int], list[Use]] = {}
    for use in found:
        gathered.setdefault((use.figure.code, use.year), []).append(use)
    several = [_group(key, those) for key, those in gathered.items() if len(those) > 1]
    return sorted(several, key=lambda one: (_urgency(one), -one.year))


def _group(key: tuple[str, int], those: Sequence[Use]) -> Group:
    code, year = key
    reference, *rest = sorted(those, key=lambda one: one.at, reverse=True)
    return Group(code, year, reference, [compared(one, reference) for one in rest])


def compared(use: Use, reference: Use) -> Comparison:
    """Why the two say different numbers; no reason when they say the same."""
    return Comparison(use, reference, tuple(_reasons(use, reference)))


def _reasons(use: Use, reference: Use) -> Iterator[str]:
    if use.value == reference.value and not (use.is_overridden or reference.is_overridden):
        return
    unit, period = use.question
    if unit != reference.question[0]:
        yield "unit"
    if period != reference.question[1]:
        yield "period"
    if use.digest != reference.digest:
        yield "definition"
    elif use.definition != reference.definition:
        yield "stated"
    if use.is_overridden or reference.is_overridden:
        yield "override"
    elif (use.question, use.digest, use.definition) == (
        reference.question,
        reference.digest,
        reference.definition,
    ):
        yield "records"


def _urgency(group: Group) -> int:
    """The place of the gravest reason among REASONS; figures that agree come last."""
    order = list(REASONS)
    return min((order.index(reason) for reason in group.reasons), default=len(order))


def rows_of(found: Iterable[Use]) -> Mapping[int, list[CountedRow]]:
    """The rows behind each use, by the key of its figure; two queries."""
    listed = list(found)
    frozen = [one.figure.pk for one in listed if not one.put_right]
    put_right = {one.put_right: one.figure.pk for one in listed if one.put_right}
    stored = dict(FrozenFigure.objects.filter(pk__in=frozen).values_list("pk", "rows"))
    for key, rows in ErratumFigure.objects.filter(pk__in=put_right).values_list("pk", "rows"):
        stored[put_right[key]] = rows
    return {key: [CountedRow.read_back(row) for row in rows] for key, rows in stored.items()}
