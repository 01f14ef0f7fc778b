"""What is measured inside one process: figures, import, export, the summary."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench.measure import Result, median_seconds
from bench.server import ROOT
from qingce.figures.indicators.batch import evaluate
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period

YEAR = 2023


def figures() -> Iterator[Result]:
    """Every indicator for a year, nothing cached; then the slowest alone."""
    unit = Unit.objects.get(code="demo")
    year = Period.year(YEAR)

    def all_figures() -> list[Figure]:
        asked = [Figure(indicator, unit, year) for indicator in indicators().values()]
        evaluate(asked)
        return asked

    count = len(indicators())
    ours = median_seconds(all_figures)
    floor = median_seconds(lambda: _plain_counts(count))
    yield Result("figures", ours * 1000, "ms", "under 300 ms", floor * 1000, f"{count} indicators")
    times = {
        code: median_seconds(lambda code=code: Figure(indicators()[code], unit, year).value, runs=3)
        for code in indicators()
    }
    slowest = max(times, key=times.__getitem__)
    yield Result("slowest", times[slowest] * 1000, "ms", "under 50 ms", note=slowest)


def _plain_counts(count: int) -> None:
    """As many COUNT queries over the largest table, through the bare driver."""
    with connection.cursor() as cursor:
        for number in range(count):
            cursor.execute(
                "SELECT COUNT(*) FROM activities_activity WHERE state = 'confirmed' AND kind <> %s",
                [str(number)],
            )
            cursor.fetchone()


def export() -> Iterator[Result]:
    """The whole register as a spreadsheet, against the same cells written by the library alone."""
    from qingce.foundation.exchange.exporting import export_rows
    from qingce.league.organisations.models import Membership

    heads = [f"column {number}" for number in range(15)]

    def rows() -> Iterator[list[Any]]:
        stays = Membership.objects.select_related("person", "unit").iterator(2000)
        for stay in stays:
            person = stay.person
            yield [
                person.name, person.sex, person.ethnicity, person.born_on, person.education,
                person.workplace, stay.unit.code, stay.unit.name, stay.joined_on, stay.since,
                stay.until, stay.development_number, stay.certification, stay.duty,
                person.political_status,
            ]  # fmt: skip

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.xlsx"
        ours = median_seconds(lambda: export_rows(heads, rows(), out, title="people"), runs=3)
        held = list(rows())
        floor = median_seconds(lambda: _bare_export(heads, held, out), runs=3)
    yield Result("export", ours, "s", "under 0.8 s", floor, f"{len(held)} people")


def _bare_export(heads: list[str], rows: list[list[Any]], out: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)


def summary() -> Iterator[Result]:
    """The annual summary as .docx and as .pdf with every figure computed anew."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("docx", "pdf"):
            out = str(Path(folder) / f"summary.{ending}")
            words = ["annual-summary", "--unit", "demo", "--year", str(YEAR), "--out", out]
            ours = median_seconds(
                lambda words=words: call_command("report", *words, stdout=io.StringIO()), runs=3
            )
            yield Result("summary", ours, "s", "under 0.8 s", note=ending)


def imports() -> Iterator[Result]:
    """The sample roster into an empty database of its own."""
    yield _import("import", None)


def imports_large() -> Iterator[Result]:
    """A roster of 100,000 rows, made from the sample's own by repeating it with other people."""
    yield _import("import-100000", 100_000)


def _import(name: str, rows: int | None) -> Result:
    """Run in a process of its own, so that memory and database are its own."""
    ours, floor, by_the_clock, megabytes, count = _run("bench.roster", rows)[-5:]
    note = f"{count:,.0f} rows, {by_the_clock:,.0f} by the clock, {megabytes:,.0f} MB at most"
    return Result(name, ours, "rows/s", "5,000 rows/s or more", floor, note)


def reconciling() -> Iterator[Result]:
    """An export of the sample's members brought into a register that holds most of them."""
    yield from _reconcile("reconcile", None)


def reconciling_large() -> Iterator[Result]:
    """The same with 100,000 members."""
    yield from _reconcile("reconcile-100000", 100_000)


def _reconcile(name: str, rows: int | None) -> Iterator[Result]:
    ours, by_the_clock, comparing, megabytes, count, found = _run("bench.reconciling", rows)[-6:]
    note = f"{count:,.0f} rows, {by_the_clock:,.0f} by the clock, {megabytes:,.0f} MB at most"
    yield Result(name, ours, "rows/s", "5,000 rows/s or more, under 300 MB", note=note)
    yield Result("  compared", comparing, "rows/s", "", note=f"{found:,.0f} differences, none taken over")


def _run(module: str, rows: int | None) -> list[float]:
    """The figures that a process of its own prints."""
    run = subprocess.run(
        [sys.executable, "-m", module, *([str(rows)] if rows else [])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise RuntimeError(run.stderr[-2000:])
    return [float(word) for word in run.stdout.split()]


def demo() -> Iterator[Result]:
    """The whole demonstration from nothing but an installed environment."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        began = time.perf_counter()
        subprocess.run(["bin/demo", "--no-serve"], cwd=clone, check=True, capture_output=True)
        ours = time.perf_counter() - began
    yield Result("demo", ours, "s", "under 60 s beyond package download")
