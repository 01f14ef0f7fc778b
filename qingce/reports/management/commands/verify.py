"""`bin/qingce verify FILE --unit CODE --year Y --json`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qingce.figures.indicators.asking import period_of, unit_of
from qingce.figures.indicators.question import Question
from qingce.foundation.refusals import Refused
from qingce.reports.claims.checking import DIFFERS, Checked, check
from qingce.reports.claims.extracting import received_from


class Command(BaseCommand):
    help = "Read a summary, find its figures and say which of them the ledger can stand behind."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="plain text or .docx")
        parser.add_argument(
            "--unit", metavar="CODE", help="code of the unit; without it the text is only read"
        )
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--year", metavar="Y", help="a calendar year, such as 2023")
        when.add_argument("--period", metavar="P", help="2023H1, 2023Q2, 2023-05, 2023-01..2023-11 …")
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write it as .docx with comments")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            received = received_from(options["file"])
            self._write(check(received.text, _question(options)), received.document, options)
        except Refused as refused:
            raise CommandError(str(refused)) from None

    def _write(self, checked: Checked, document: bytes, options: dict[str, Any]) -> None:
        if options["out"]:
            from qingce.reports.claims.commented import commented

            with options["out"].open("wb") as out:
                commented(checked, out, document)
        if options["json"]:
            self.stdout.write(json.dumps(checked.as_json, ensure_ascii=False, indent=1))
            return
        for one in checked.judged:
            if one.claim.countable:
                known = f"{one.indicator.code}  {one.stated}" if one.indicator else ""
                self.stdout.write(f"{one.verdict:<13}{one.claim.raw}  {one.claim.system}  {known}")
        for finding in checked.findings:
            self.stdout.write(f"· {finding.sentence}")
        counts = checked.counts
        said = _("%(agree)s agree, %(differ)s differ, %(none)s without an indicator, %(aside)s left aside.")
        self.stdout.write(
            said
            % {
                "agree": counts["agrees"],
                "differ": counts[DIFFERS],
                "none": counts["no_indicator"],
                "aside": counts["not_a_claim"],
            }
        )


def _question(options: dict[str, Any]) -> Question | None:
    """The unit and period to ask about; both or neither."""
    named = bool(options["unit"])
    dated = bool(options["year"] or options["period"])
    if named != dated:
        raise Refused(_("Give both a unit and a year, or neither: without them the text is only read."))
    return Question(unit_of(options["unit"]), period_of(options)) if named else None
