"""`qingce import`: spreadsheets into the ledger, each file whole or not at all."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _
from tqdm import tqdm

from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.checking import examine
from qingce.foundation.exchange.examinations import Examination, FileExamination, Refusal
from qingce.foundation.exchange.importing import FileResult, carry_out, rehearse

LISTED = 50  # refusals printed; all are in the annotated copy
REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = "Import spreadsheets (.xlsx, .xls, .ods, .csv); each file whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--kind", help="take every worksheet for this sheet")
        parser.add_argument("--dry-run", action="store_true", help="check, and write nothing")
        parser.add_argument("--by", metavar="USERNAME", help="who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = options["kind"]
        if kind and sheets.sheet(kind) is None:
            raise CommandError(_unknown_kind(kind), returncode=USAGE)
        by = _account(options["by"])
        refused = 0
        for result in self._results(options["files"], kind, by, dry=options["dry_run"]):
            refused += self._tell(result, dry=options["dry_run"])
        if not options["dry_run"]:
            _learn_sizes()
        if refused:
            sys.exit(REFUSED)

    def _results(self, files: list[Path], kind: str | None, by: Any, *, dry: bool) -> Iterator[FileResult]:
        """A rehearsal takes all files together; otherwise each is saved before the next is read."""
        if dry:
            yield from rehearse(_examined(files, kind, by), by=by)
        else:
            for file in files:
                yield from carry_out(_examined([file], kind, by), by=by)

    def _tell(self, result: FileResult, *, dry: bool) -> bool:
        """Say what became of a file; true when it was refused."""
        file = result.file
        for note in [*file.notes, *(note for part in file.sheets for note in part.notes)]:
            self.stdout.write(f"{file.name}：{note}")
        for remark in [remark for part in file.sheets for remark in part.remarks][:LISTED]:
            self.stdout.write(_line(file, remark))
        if result.refused:
            self._tell_refusals(file)
            return True
        for part, outcome in result.outcomes:
            self.stdout.write(
                _("%(file)s, %(sheet)s: %(created)d created, %(updated)d updated, %(unchanged)d unchanged.")
                % {"file": file.name, "sheet": part.sheet.label, **vars(outcome)}
            )
        if dry:
            self.stdout.write(_("This was a rehearsal; nothing was written."))
        return False

    def _tell_refusals(self, file: FileExamination) -> None:
        for refusal in file.refusals[:LISTED]:
            self.stderr.write(_line(file, refusal))
        left = file.refusal_count - LISTED
        if left > 0:
            self.stderr.write(_("… and %d more.") % left)
        self.stderr.write(_("%s was refused; nothing of it was imported.") % file.name)
        if file.sheets:
            from qingce.foundation.exchange.annotate import annotate, annotated_path

            copy = annotate(file, annotated_path(file.path))
            self.stderr.write(_("The marked copy is %s.") % copy)


def _learn_sizes() -> None:
    """Let the database learn how large its tables have become, so that it plans questions well."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _examined(files: list[Path], kind: str | None, by: Any) -> Examination:
    with tqdm(unit=" rows", leave=False, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return examine(files, kind, by=by, progress=progress)


def _account(username: str | None) -> Any:
    if not username:
        return None
    accounts = get_user_model()
    try:
        return accounts._default_manager.get(username=username)
    except accounts.DoesNotExist:
        sentence = _("There is no account “%s”.") % username
        raise CommandError(sentence, returncode=USAGE) from None


def _unknown_kind(kind: str) -> str:
    known = "\n".join(f"  {sheet.code}  {sheet.label}" for sheet in sheets.sheets())
    return _("There is no sheet “%(kind)s”; known are:\n%(known)s") % {
        "kind": kind,
        "known": known,
    }


def _line(file: FileExamination, refusal: Refusal) -> str:
    where = f"{file.name}!{refusal.worksheet}" if refusal.worksheet else file.name
    row = _("row %d") % refusal.row if refusal.row else ""
    place = " ".join(word for word in (where, row, refusal.column) if word)
    return f"{place}：{refusal.reason}"
