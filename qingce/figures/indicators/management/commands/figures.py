"""`bin/qingce figures`: every figure of a unit in a period, in the order of the summary's chapters."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from qingce.figures.indicators.asking import add_question, as_json, period_of, unit_of
from qingce.figures.indicators.batch import evaluate
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure


class Command(BaseCommand):
    help = "Every figure of a unit in a period."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)

    def handle(self, **options: Any) -> None:
        unit, period = unit_of(options["unit"]), period_of(options)
        figures = [Figure(indicator, unit, period) for indicator in indicators().values()]
        evaluate(figures)
        if options["json"]:
            self.stdout.write(json.dumps([as_json(one) for one in figures], ensure_ascii=False, indent=1))
            return
        chapter = ""
        for figure in figures:
            if figure.indicator.chapter_label != chapter:
                chapter = figure.indicator.chapter_label
                self.stdout.write(f"\n{chapter}")
            self.stdout.write(f"  {figure.display}\t{figure.indicator}")
