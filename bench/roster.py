"""One import of a roster into an empty database of its own: `python -m bench.roster [ROWS]`.

Prints rows per CPU second, the floor's rows per CPU second, rows per second of the clock, the most
memory held in MB, and the rows.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
import tempfile
from pathlib import Path

from bench.measure import Clocks

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "var" / "sample"


def main(rows: int | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QINGCE_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        units, roster = _books()
        _carry_out(units)
        if rows:
            from bench.people import write_roster

            roster = Path(folder) / "roster.xlsx"
            write_roster(roster, rows)
        began = Clocks()
        count = _carry_out([roster])
        ours, by_the_clock = count / began.cpu, count / began.wall
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(ours, _floor(roster, Path(folder) / "floor.sqlite3"), by_the_clock, most, count)


def _books() -> tuple[list[Path], Path]:
    """The sample's workbooks up to the roster, and the roster."""
    names = (SAMPLE / "ORDER.txt").read_text(encoding="utf-8").split()
    at = next(number for number, name in enumerate(names) if "花名册" in name)
    return [SAMPLE / name for name in names[:at]], SAMPLE / names[at]


def _carry_out(files: list[Path]) -> int:
    from qingce.foundation.exchange.checking import examine
    from qingce.foundation.exchange.importing import carry_out

    results = [carry_out(examine([file]), by=None) for file in files]
    return sum(one.total.created for result in results for one in result)


def _floor(roster: Path, database: Path) -> float:
    """The same cells read by calamine and put into one table, nothing checked."""
    from python_calamine import CalamineWorkbook

    began = Clocks()
    rows = CalamineWorkbook.from_path(str(roster)).get_sheet_by_index(0).to_python()
    width = len(rows[0])
    texts = [[str(cell) for cell in row] for row in rows]
    with sqlite3.connect(database) as connection:
        connection.execute(f"CREATE TABLE roster ({', '.join(f'c{n}' for n in range(width))})")
        connection.executemany(f"INSERT INTO roster VALUES ({', '.join('?' * width)})", texts)
    return len(rows) / began.cpu


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else None)
