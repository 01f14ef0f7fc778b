"""An export held against a full register: `python -m bench.reconciling [ROWS]`.

The register is the sample's, or ROWS members; the export says one thing in ten otherwise and leaves one
in a hundred out. Prints rows per second of the import with every rule, of the comparison, of both
together; the most memory held in MB; the rows, and the differences found. SQLite in a file of its own,
or a test database of the PostgreSQL that QINGCE_DATABASE_URL names.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.roster import _books, _carry_out


def main(rows: int | None) -> None:
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)):
        units, roster = _books()
        _alone(_carry_out, units)
        if rows:
            from bench.people import write_roster

            roster = Path(folder) / "roster.xlsx"
            write_roster(roster, rows)
        count, importing, most_importing = _alone(_carry_out, [roster])
        export = Path(folder) / "export.xlsx"
        _alone(_write_export, roster, export)
        found, comparing, most_comparing = _alone(_reconcile, export)
        both = count / (importing + comparing)
        most = max(most_importing, most_comparing)
        print(count / importing, count / comparing, both, most, count, found)


def _alone(work: Callable[..., Any], *arguments: Any) -> tuple[Any, float, float]:
    """What `work` answers, its seconds, and the most memory in MB, in a process of its own."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        began = time.perf_counter()
        answer = work(*arguments)
        seconds = time.perf_counter() - began
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writing, json.dumps([answer, seconds, most]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    os.waitpid(child, 0)
    answer, seconds, most = json.loads(said)
    return answer, seconds, most


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    given = os.environ.get("QINGCE_DATABASE_URL", "")
    if not given.startswith("postgres"):
        os.environ["QINGCE_DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        yield
        return
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _write_export(roster: Path, out: Path) -> None:
    """The roster again, with another education in every tenth row and every hundredth left out."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    lines: Any = CalamineWorkbook.from_path(str(roster)).get_sheet_by_index(0).iter_rows()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as written:
        sheet = written.add_worksheet("团员花名册")
        heads = next(line for line in lines if "学历" in line)
        sheet.write_row(0, 0, heads)
        at, put = heads.index("学历"), 1
        for number, line in enumerate(lines):
            if number % 100 == 99:
                continue
            values = [*line[:at], "大学本科", *line[at + 1 :]] if number % 10 == 5 else line
            sheet.write_row(put, 0, [str(value) for value in values])
            put += 1


def _reconcile(export: Path) -> int:
    from django.utils import timezone

    from qingce.league.organisations.models import Unit
    from qingce.league.register.reconciling import reconcile

    made = reconcile(export, Unit.objects.get(code="demo"), on=timezone.localdate(), by=None)
    return made.differences.count()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else None)
