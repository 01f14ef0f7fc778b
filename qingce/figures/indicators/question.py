"""The serialised question: unit, period and further filters, as they stand in an address.

The address of the drawer is the question itself, so it can be saved, sent on and exported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from qingce.figures.indicators.definitions import Indicator
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.stamp import latest_day
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.organisations.finding import unit_within_reach
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.ledger.sources.source import sources

FILTER = "where."
TRUTHS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Question:
    """Which unit, which period, narrowed by what."""

    unit: Unit
    period: Period
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The question as the query of an address."""
        pairs = [("unit", self.unit.code), ("period", self.period.code)]
        for name, asked in sorted(self.extra.items()):
            words = (
                [next(word for word, truth in TRUTHS.items() if truth is asked)]
                if isinstance(asked, bool)
                else asked
            )
            pairs += [(f"{FILTER}{name}", word) for word in words]
        return urlencode(pairs)

    def figure(self, indicator: Indicator) -> Figure:
        return Figure(indicator, self.unit, self.period, self.extra)

    def address(self, route: str, *arguments: str) -> str:
        """The address of a page that answers this question."""
        return f"{reverse(route, args=arguments)}?{self.query}"

    def of(self, *, unit: Unit | None = None, period: Period | None = None) -> Question:
        """The same question of another unit or period."""
        return replace(self, unit=unit or self.unit, period=period or self.period)


def asked(request: HttpRequest, indicator: Indicator | None = None) -> Question:
    """The question in the request's address; the reader's own unit and the latest year by default.

    404 for a unit outside reach; Refused for a period or filter that cannot be read.
    """
    reach: Reach = request.reach  # type: ignore[attr-defined]
    code = request.GET.get("unit", "").strip()
    unit = unit_within_reach(reach, code=code) if code else reach.home
    if unit is None:
        raise Http404
    said = request.GET.get("period", "").strip()
    period = Period.parse(said) if said else Period.year(latest_day(reach.on).year)
    return Question(unit, period, _extra(request.GET, indicator) if indicator else {})


def _extra(query: QueryDict, indicator: Indicator) -> dict[str, Any]:
    names = [key.removeprefix(FILTER) for key in query if key.startswith(FILTER)]
    return {name: _words(query.getlist(FILTER + name), name, indicator) for name in names}


def _words(words: list[str], name: str, indicator: Indicator) -> Any:
    """The words asked of a dimension; Refused when the source does not know them."""
    dimensions = {} if indicator.is_formula else sources()[indicator.source].dimensions
    if name not in dimensions:
        raise Refused(
            _("“%(label)s” cannot be narrowed by “%(name)s”. Take this filter out of the address.")
            % {"label": indicator, "name": name}
        )
    known = TRUTHS if dimensions[name].words is None else dimensions[name].words
    unknown = [word for word in words if word not in (known or ())]
    if unknown:
        raise Refused(
            _("“%(word)s” is not a word of “%(name)s”. Take it out of the address.")
            % {"word": unknown[0], "name": name}
        )
    return TRUTHS[words[-1]] if dimensions[name].words is None else words
