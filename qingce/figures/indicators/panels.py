"""What the record's page shows of figures: which of its year hold this record."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet, Value

from qingce.figures.indicators.batch import together
from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.overlap import root_of
from qingce.figures.indicators.question import Question
from qingce.league.organisations.models import tree_held_still
from qingce.ledger.periods import Period
from qingce.ledger.records.models import Record
from qingce.ledger.sources.measures import WHOLE


@tree_held_still()
def counted_in(record: Record) -> list[tuple[Indicator, str]]:
    """The indicators of the record's unit and year that hold it, each with its address."""
    question = Question(record.unit, Period.year(record.happened_on.year))
    figures = [
        figure
        for figure in map(question.figure, indicators().values())
        if not figure.indicator.is_formula and root_of(figure) is type(record)
    ]
    holding = [_holding(key, figure, record) for key, figure in enumerate(figures)]
    found = sorted(key for key, count in together(holding) if count) if holding else []
    return [
        (figures[key].indicator, question.address("figure", figures[key].indicator.code)) for key in found
    ]


def _holding(key: int, figure: Figure, record: Record) -> QuerySet[Any]:
    path = figure.source.through("pk")
    return (
        figure.records.filter(**{path: record.pk})
        .order_by()
        .annotate(key=Value(key, output_field=WHOLE))
        .values("key")
        .annotate(n=Count(path))
        .values_list("key", "n")
    )
