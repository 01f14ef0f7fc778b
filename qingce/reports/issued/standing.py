"""What was said last of a figure: as it was issued, or as the latest erratum puts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from qingce.reports.models import Erratum, ErratumFigure, FrozenFigure
from qingce.reports.rows import CountedRow


@dataclass(frozen=True)
class Said:
    """A figure as somebody holds it in the hand: value, wording and rows, and since when."""

    figure: FrozenFigure
    value: Decimal
    exact: str
    display: str
    version: int
    definition_digest: str
    stored_rows: list[Any]
    at: dt.datetime
    erratum: Erratum | None = None

    @cached_property
    def rows(self) -> list[CountedRow]:
        return [CountedRow.read_back(row) for row in self.stored_rows]


def as_issued(figure: FrozenFigure) -> Said:
    return Said(
        figure=figure,
        value=figure.value,
        exact=figure.exact,
        display=figure.display,
        version=figure.version,
        definition_digest=figure.definition_digest,
        stored_rows=figure.rows,
        at=figure.snapshot.at,
    )


def said_last(figures: Iterable[FrozenFigure]) -> list[Said]:
    """Each figure as it stands, errata taken in; one query for all of them."""
    listed = list(figures)
    put_right = ErratumFigure.objects.filter(figure__in=[one.pk for one in listed])
    latest = {
        one.figure_id: one for one in put_right.select_related("erratum__by").order_by("erratum__number")
    }
    return [_put_right(one, latest[one.pk]) if one.pk in latest else as_issued(one) for one in listed]


def _put_right(figure: FrozenFigure, by: ErratumFigure) -> Said:
    return Said(
        figure=figure,
        value=by.value,
        exact=by.exact,
        display=by.display,
        version=by.version,
        definition_digest=by.definition_digest,
        stored_rows=by.rows,
        at=by.erratum.at,
        erratum=by.erratum,
    )
