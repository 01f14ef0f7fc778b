"""Overlap: which other figures are drawn from the same records."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Value

from qingce.figures.indicators.batch import together
from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.figure import Figure
from qingce.league.organisations.models import tree_held_still
from qingce.ledger.sources.measures import WHOLE


@tree_held_still()
def overlap(figure: Figure, among: Iterable[Indicator] | None = None) -> list[tuple[Indicator, int]]:
    """Indicators that count some of this figure's records too, with the number of records shared."""
    if figure.indicator.is_formula or figure.source.root is None:
        return []
    own = figure.records.order_by().values(figure.source.through("pk"))
    others = [
        Figure(other, figure.unit, figure.period)
        for other in (among or indicators().values())
        if other.code != figure.indicator.code and not other.is_formula
    ]
    same_records = [other for other in others if root_of(other) is root_of(figure)]
    queries = [
        other.records.filter(**{f"{other.source.through('pk')}__in": own})
        .order_by()
        .annotate(key=Value(key, output_field=WHOLE))
        .values("key")
        .annotate(shared=Count(other.source.through("pk"), distinct=True))
        .values_list("key", "shared")
        for key, other in enumerate(same_records)
    ]
    return [(same_records[key].indicator, shared) for key, shared in together(queries) if shared]


def root_of(figure: Figure) -> type | None:
    """The table of the records behind a figure; None for a register."""
    source = figure.source
    if source.root is None:
        return None
    if not source.root:
        return source.model
    return source.model._meta.get_field(source.root).related_model
