"""`qingce log --take-out FILE`: entries past their time of keeping go into a signed file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from qingce.foundation.audit.retention import take_out


class Command(BaseCommand):
    help = "Take log entries out after their time of keeping (QINGCE_AUDIT_DAYS), into a signed file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--take-out", type=Path, metavar="FILE", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        count = take_out(options["take_out"], by=None)
        self.stdout.write(_("%d log entries were taken out.") % count)
