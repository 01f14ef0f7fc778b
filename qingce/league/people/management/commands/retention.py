"""`qingce retention --dry-run | --apply`: what personal data is due to be erased, and erasing it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from qingce.league.people.retention import due, erase


class Command(BaseCommand):
    help = "Erase personal facts whose time is over; records and figures stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--dry-run", action="store_true", help="say what would be erased")
        what.add_argument("--apply", action="store_true", help="erase it and keep a list of what was erased")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        for rule, rows in due(today=today):
            count = rows.count()
            said = {"rule": rule, "rows": count, "columns": ", ".join(rule.erase)}
            self.stdout.write(_("%(rule)s: %(rows)d rows due (%(columns)s)") % said)
            if options["dry_run"]:
                for row in rows.order_by("pk")[:20]:
                    self.stdout.write(f"  {rule.event.reference(row)}")
            elif count:
                with tqdm(total=count, unit=" rows", leave=False, disable=not sys.stderr.isatty()) as bar:
                    erase(rule, today=today, by=None, moved=bar.update)
        if options["dry_run"]:
            self.stdout.write(_("This was a rehearsal; nothing was erased."))
