"""`qingce restore FILE`: bring a backup back, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from qingce.foundation.upkeep import actions


class Command(BaseCommand):
    help = "Bring back what a backup holds, all or nothing; its digests are verified first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="give up what the database holds now")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        with tqdm(unit="B", unit_scale=True, disable=None) as bar:
            left = actions.restore(file, replace=replace, by=None, progress=bar.update)
        self.stdout.write(_("%s is restored.") % file)
        for sentence in left:
            self.stdout.write(sentence)
