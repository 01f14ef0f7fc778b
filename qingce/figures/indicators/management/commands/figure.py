"""`bin/qingce figure CODE`: one figure, with its rows and its split by unit or month."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from qingce.figures.indicators.asking import add_question, as_json, period_of, row_as_json, unit_of
from qingce.figures.indicators.display import plain
from qingce.figures.indicators.figure import Figure, figure


class Command(BaseCommand):
    help = "One figure, with the rows behind it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="code of the indicator")
        add_question(parser)
        parser.add_argument("--rows", action="store_true", help="list the rows counted")
        parser.add_argument("--by", choices=["unit", "month"], help="split the value")
        parser.add_argument("--names", action="store_true", help="names of persons in full")

    def handle(self, **options: Any) -> None:
        asked = figure(options["code"], unit=unit_of(options["unit"]), period=period_of(options))
        answer = _answer(asked, options)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{asked.indicator}  {asked.display}  ({asked.exact})")
        self.stdout.write(asked.indicator.definition)
        for part in answer.get("split", []):
            self.stdout.write(f"  {part['value']}\t{part['label']}")
        if answer.get("adds") is False:
            self.stdout.write(_why_not_added(options["by"]))
        if options["rows"]:
            for row in answer["rows"]:
                self.stdout.write(f"  {row['date'] or ''}\t{row['amount']}\t{row['label']}\t{row['unit']}")


def _why_not_added(by: str) -> str:
    if by == "month":
        return _("The months do not add up to the value: the same thing may stand in several.")
    return _(
        "The units do not add up to the value: the same person or thing may count in several. "
        "So there is no total."
    )


def _answer(asked: Figure, options: dict[str, Any]) -> dict[str, Any]:
    answer = as_json(asked)
    if options["rows"]:
        answer["rows"] = [row_as_json(row, named=options["names"]) for row in asked.listed()]
    if asked.indicator.is_formula:
        answer["components"] = [as_json(part) for part in asked.components.values()]
    if options["by"]:
        answer["adds"] = asked.indicator.adds
    if options["by"] == "unit":
        answer["split"] = [
            {"code": unit.code, "label": str(unit), "value": plain(value)} for unit, value in asked.by_unit()
        ]
    if options["by"] == "month":
        answer["split"] = [
            {"code": month.code, "label": month.label, "value": plain(value)}
            for month, value in asked.by_month()
        ]
    return answer
