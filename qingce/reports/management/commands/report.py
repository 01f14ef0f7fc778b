"""`bin/qingce report annual-summary --unit CODE --year Y --out F.docx`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.reports.compose import compose
from qingce.reports.outline import outlines
from qingce.reports.renderers import ending_of, render


class Command(BaseCommand):
    help = "Write a report with every figure drawn from the ledger, in the form that the ending says."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("document", choices=sorted(outlines()), help="which report")
        parser.add_argument("--unit", required=True, metavar="CODE", help="code of the unit")
        when = parser.add_mutually_exclusive_group(required=True)
        when.add_argument("--year", type=int, help="calendar year")
        when.add_argument("--period", help="any period, such as 2023-01..2023-11")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help=".docx .pdf .html .md")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._write(**options)
        except Refused as refused:
            raise CommandError(str(refused)) from None

    def _write(self, document: str, unit: str, out: Path, **options: Any) -> None:
        ending = ending_of(out.name)
        year, period = options["year"], options["period"]
        when = Period.year(year) if year is not None else Period.parse(period)
        composed = compose(outlines()[document], _unit(unit), when)
        if not out.parent.is_dir():
            raise CommandError(_("There is no folder %s; make it first.") % out.parent)
        out.write_bytes(render(composed, ending))
        for gap in composed.gaps:
            self.stderr.write(_("To be settled: %s") % gap)
        if options["verbosity"]:
            said = _("%(file)s written: %(figures)s figures, %(gaps)s to be settled.")
            counts = {"figures": len(composed.sources), "gaps": len(composed.gaps)}
            self.stdout.write(said % {"file": out, **counts})


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(_("There is no unit of the code “%s”.") % code)
    return unit
