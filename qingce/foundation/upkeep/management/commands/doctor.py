"""`qingce doctor`: looks at settings and data and says what is not well, and what to do."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _

from qingce.foundation.files.parcels import opened
from qingce.foundation.refusals import Refused
from qingce.foundation.upkeep import checks
from qingce.foundation.upkeep.checks import Check, Finding, ill


class Command(BaseCommand):
    help = "Examine settings and data; exit code 0 when everything is well."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for other programs")
        parser.add_argument(
            "--package",
            type=Path,
            metavar="FILE.zip",
            help="check an evidence package instead: every file against its digest",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        package = options["package"]
        examined = [parcel_check(package)] if package else checks.every()
        found = {check: looked(check) for check in examined}
        (self._as_json if options["json"] else self._as_lines)(found)
        if not all(one.well for findings in found.values() for one in findings):
            raise Refused(_("Not everything is well; see the lines marked ✗."))

    def _as_lines(self, found: dict[Check, list[Finding]]) -> None:
        for check, findings in found.items():
            for one in findings:
                self.stdout.write(f"{'✓' if one.well else '✗'} {check.label}：{one.sentence}")
                if one.remedy:
                    self.stdout.write(f"    → {one.remedy}")

    def _as_json(self, found: dict[Check, list[Finding]]) -> None:
        lines = [
            {"check": check.code, "ok": one.well, "sentence": one.sentence, "remedy": one.remedy}
            for check, findings in found.items()
            for one in findings
        ]
        self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))


def parcel_check(path: Path) -> Check:
    """The one check of an evidence package; Refused when the file is none."""
    archive = opened(path)
    return Check("package", _("Evidence package"), lambda: checks.of_parcel(archive))


def looked(check: Check) -> list[Finding]:
    """The findings of one check; a check that cannot even look is a finding too."""
    try:
        return list(check.look())
    except (DatabaseError, Refused, OSError) as problem:
        return [
            ill(
                _("This could not be examined: %s") % problem,
                _("Mend what is named above first; then again."),
            )
        ]
