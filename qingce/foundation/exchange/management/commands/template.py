"""`qingce template`: a blank form to fill in and import."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.blanks import write_blank


class Command(BaseCommand):
    help = "Write the template of a sheet: heads, drop-downs, a sample row and notes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND")
        parser.add_argument("--out", required=True, metavar="F.xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        sheet = sheets.sheet(options["kind"])
        if sheet is None:
            known = "、".join(sheet.code for sheet in sheets.sheets())
            raise CommandError(
                _("There is no sheet “%(code)s”; known are: %(known)s.")
                % {"code": options["kind"], "known": known},
                returncode=2,
            )
        write_blank(sheet, options["out"])
        self.stdout.write(
            _("The template of “%(sheet)s” is %(out)s.")
            % {
                "sheet": sheet.label,
                "out": options["out"],
            }
        )
