"""Many figures at once: each keeps its own question, and they travel in one query.

A board of ninety figures with last year and months beside them would otherwise ask three hundred
times; the questions are joined by UNION ALL, never merged, so that each is still the very query
whose rows the drawer lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Value

from qingce.figures.indicators import statements
from qingce.league.organisations.models import tree_held_still
from qingce.ledger.sources.measures import WHOLE
from qingce.ledger.sources.source import Flow

if TYPE_CHECKING:
    from qingce.figures.indicators.figure import Figure

AT_ONCE = 200  # SQLite joins at most 500 queries; sub-queries count too


@tree_held_still()
def evaluate(figures: Sequence[Figure]) -> None:
    """Fill in the values of `figures` and of all that their formulas speak of."""
    asked: dict[str, list[Figure]] = {}
    leaves = _leaves(figures)
    _share_ground(leaves)
    for figure in leaves:
        asked.setdefault(figure.question, []).append(figure)
    tallies = [alike[0].tally(key).values_list("key", "answer") for key, alike in enumerate(asked.values())]
    answers = dict(together(tallies))
    for key, alike in enumerate(asked.values()):
        for figure in alike:
            figure.__dict__["value"] = Decimal(answers.get(key, 0))
    statements.attach(figures)


@tree_held_still()
def months(figures: Sequence[Figure]) -> list[list[Decimal]]:
    """For each flow, the value of every month of its period; an empty list for the others."""
    flows = {
        key: figure
        for key, figure in enumerate(figures)
        if not figure.indicator.is_formula and isinstance(figure.source.when, Flow)
    }
    _share_ground(flows.values())
    keyed = [
        figure.monthly().annotate(key=Value(key, output_field=WHOLE)).values_list("key", "month", "value")
        for key, figure in flows.items()
    ]
    found: dict[int, dict[dt.date, Decimal]] = {key: {} for key in flows}
    for key, month, value in together(keyed):
        found[key][month] = Decimal(value)
    return [
        [found[key].get(month.first.replace(day=1), Decimal(0)) for month in figure.period.sub_months]
        if key in flows
        else []
        for key, figure in enumerate(figures)
    ]


def _share_ground(figures: Iterable[Figure]) -> None:
    """Put the question of source, unit and period once; each figure then narrows it for itself."""
    grounds: dict[Any, QuerySet[Any]] = {}
    for figure in figures:
        key = (figure.source.code, figure.unit.pk, figure.period.first, figure.period.last, figure.alone)
        if key not in grounds:
            grounds[key] = figure.ground
        figure.__dict__["ground"] = grounds[key]


def _leaves(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that ask the database, formulas taken apart; each named in the order met."""
    leaves: list[Figure] = []
    for figure in figures:
        if figure.indicator.is_formula:
            leaves += _leaves(list(figure.components.values()))
        else:
            leaves.append(figure)
    return leaves


def together(queries: Sequence[QuerySet[Any]]) -> list[Any]:
    rows: list[Any] = []
    for start in range(0, len(queries), AT_ONCE):
        first, *rest = queries[start : start + AT_ONCE]
        rows += list(first.union(*rest, all=True) if rest else first)
    return rows
