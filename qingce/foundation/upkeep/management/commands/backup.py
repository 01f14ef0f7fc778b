"""`qingce backup FILE`: everything in one file, except the keys."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from qingce.foundation.upkeep import actions


class Command(BaseCommand):
    help = "Write database, files, catalogue and settings without secrets into one file."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        with tqdm(total=actions.size(), unit="B", unit_scale=True, disable=None) as bar:
            facts = actions.make_backup(file, by=None, progress=bar.update)
        self.stdout.write(_("%s is written.") % file)
        log = facts["log"]
        self.stdout.write(_("The log of actions ends at entry %(entries)d, %(digest)s.") % log)
        self.stderr.write(
            _(
                "THE SEALING KEY IS NOT IN THIS FILE. Without QINGCE_SEALING_KEY nobody can read the ID "
                "numbers, phones and cases in it: keep a copy of var/qingce.env apart from the backups."
            )
        )
