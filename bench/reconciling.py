"""An export brought into a register with every rule and reconciliation: `python -m bench.reconciling [ROWS]`.

The register holds the sample's members, or ROWS members; of a hundred rows the export says ten
otherwise, leaves one out, and brings two that are new. It is read and checked once, held against the
register, and what differs is kept and taken over. Prints rows per CPU second and per second of the
clock for the whole, rows per CPU second until the differences are kept, the most memory held in MB,
the rows, and the differences. SQLite in a file of its own, or a test database of the PostgreSQL that
QINGCE_DATABASE_URL names.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.measure import Clocks
from bench.roster import _books, _carry_out


def main(rows: int | None) -> None:
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)):
        units, roster = _books()
        _alone(_carry_out, units)
        if rows:
            from bench.people import write_roster

            roster = Path(folder) / "roster.xlsx"
            write_roster(roster, rows)
        held, export = Path(folder) / "held.xlsx", Path(folder) / "export.xlsx"
        _alone(_write, roster, held, _held)
        _alone(_write, roster, export, _exported)
        _alone(_carry_out, [held])
        print(*_alone(_bring_in, export))


def _alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work` answers in a process of its own, so that memory is its own."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, json.dumps(work(*arguments)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    os.waitpid(child, 0)
    return json.loads(said)


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


def _write(roster: Path, out: Path, told: Callable[[int, list[Any], int], list[Any] | None]) -> None:
    """The roster again, each row as `told` tells it by number and place of the education, or left out."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    lines: Any = CalamineWorkbook.from_path(str(roster)).get_sheet_by_index(0).iter_rows()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as written:
        sheet = written.add_worksheet("团员花名册")
        heads = next(line for line in lines if "学历" in line)
        sheet.write_row(0, 0, heads)
        rows = (told(number, line, heads.index("学历")) for number, line in enumerate(lines))
        for put, row in enumerate(filter(None, rows), start=1):
            sheet.write_row(put, 0, [str(value) for value in row])


def _held(number: int, line: list[Any], _education: int) -> list[Any] | None:
    return None if number % 50 == 7 else line


def _exported(number: int, line: list[Any], education: int) -> list[Any] | None:
    if number % 100 == 99:
        return None
    return [*line[:education], "大学本科", *line[education + 1 :]] if number % 10 == 5 else line


def _bring_in(export: Path) -> list[float]:
    from django.utils import timezone

    from qingce.league.organisations.models import Unit
    from qingce.league.register.deciding import BY_RULE, accept_all
    from qingce.league.register.reconciling import reconcile

    began, today = Clocks(), timezone.localdate()
    made = reconcile(export, Unit.objects.get(code="demo"), on=today, by=None)
    compared = made.rows / began.cpu
    every = made.differences.select_related("reconciliation").order_by("sort", "name", "pk")
    done = accept_all(list(every.filter(sort__in=BY_RULE)), on=today, by=None)
    whole = made.rows / began.cpu, made.rows / began.wall
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*whole, compared, most, made.rows, len(done)]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else None)
