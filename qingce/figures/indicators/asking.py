"""What the commands about figures share: the unit and period asked for, and a figure as JSON."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from qingce.figures.indicators.display import plain
from qingce.figures.indicators.figure import Figure, Row
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.people.veil import SHUT
from qingce.ledger.periods import Period


def add_question(parser: ArgumentParser) -> None:
    """`--unit CODE` and either `--year Y` or `--period P`."""
    parser.add_argument("--unit", required=True, metavar="CODE", help="code of the unit")
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument("--year", metavar="Y", help="a calendar year, such as 2023")
    when.add_argument("--period", metavar="P", help="2023H1, 2023Q2, 2023-05, 2023-01..2023-11 …")
    parser.add_argument("--json", action="store_true", help="for programs")


def unit_of(code: str) -> Unit:
    """The unit of a code; Refused when there is none."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Refused(_("There is no unit of the code “%s”.") % code)
    return found


def period_of(options: dict[str, Any]) -> Period:
    return Period.parse(options["year"] or options["period"])


def as_json(figure: Figure) -> dict[str, Any]:
    """A figure for programs; `rows` is the number of rows counted."""
    indicator = figure.indicator
    return {
        "code": indicator.code,
        "label": str(indicator),
        "topic": indicator.chapter_label,
        "value": plain(figure.value),
        "unit": indicator.measure_word,
        "display": figure.display,
        "basis": indicator.basis,
        "rows": figure.row_count,
        "definition": indicator.definition,
    }


def row_as_json(row: Row, *, named: bool) -> dict[str, Any]:
    """One counted row; the amounts of a figure's rows add up to its value, or to those of its parts."""
    return {
        "model": row.model,
        "id": row.id,
        "number": row.number,
        "label": row.label if named or not row.personal else SHUT.name(row.label, row.subject),
        "unit": row.unit,
        "date": row.day.isoformat() if row.day else None,
        "amount": plain(row.amount),
        "grade": row.grade,
        "of": row.of,
    }
