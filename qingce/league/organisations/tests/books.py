"""Workbooks as an office keeps them, for tests that import them through the real importer."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from stdnum.iso7064 import mod_11_2

from qingce.foundation.exchange.checking import examine
from qingce.foundation.exchange.importing import FileResult, carry_out
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Unit, UnitKind

Rows = Sequence[Mapping[str, Any]]
_turn = itertools.count(1)


def book(folder: Path, **worksheets: Rows) -> Path:
    """Write each worksheet's rows under the heads that they use, in the order of first use."""
    written = openpyxl.Workbook()
    written.remove(written.worksheets[0])
    for title, rows in worksheets.items():
        sheet = written.create_sheet(title)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        sheet.append(heads)
        for row in rows:
            sheet.append([row.get(head) for head in heads])
    path = folder / f"台账{next(_turn)}.xlsx"
    written.save(path)
    return path


def imported(path: Path, by: Any = None) -> FileResult:
    """Import `path` as the command does; a refusal fails the test with its sentences."""
    result = outcome(path, by)
    assert not result.refused, [str(refusal) for refusal in result.file.refusals]
    return result


def outcome(path: Path, by: Any = None) -> FileResult:
    [result] = carry_out(examine([path], by=by), by=by)
    return result


def refusals(path: Path, by: Any = None) -> list[str]:
    """The sentences with which `path` is refused."""
    result = outcome(path, by)
    assert result.refused
    return [str(refusal) for refusal in result.file.refusals]


def remarks(path: Path) -> list[str]:
    [file] = examine([path]).files
    assert not file.refused, [str(refusal) for refusal in file.refusals]
    return [str(remark) for part in file.sheets for remark in part.remarks]


def counts(result: FileResult) -> tuple[int, int, int]:
    total = result.total
    return total.created, total.updated, total.unchanged


def id_number(born: str = "20070504", serial: int = 1) -> str:
    """A made-up ID number with the right check digit; an odd serial is a boy's."""
    number = f"620102{born}{serial:03d}"
    return number + mod_11_2.calc_check_digit(number)


def small_county() -> dict[str, Unit]:
    """One district committee, a school committee beneath it, and two branches of the school."""
    shapes = [
        ("demo", "共青团青河区委员会", "青河区团委", UnitKind.DISTRICT_COMMITTEE, Domain.OFFICE, None),
        ("X1", "共青团青河中学委员会", "青河中学团委", UnitKind.COMMITTEE, Domain.SENIOR_MIDDLE, "demo"),
        ("X1B1", "青河中学高一1班团支部", "高一1班", UnitKind.BRANCH, Domain.SENIOR_MIDDLE, "X1"),
        ("X1B2", "青河中学高一2班团支部", "高一2班", UnitKind.BRANCH, Domain.SENIOR_MIDDLE, "X1"),
    ]
    units = {
        code: Unit.objects.create(
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            domain=domain,
            founded_on=dt.date(2015, 9, 1),
        )
        for code, name, short, kind, domain, _above in shapes
    }
    place((units[shape[0]], units.get(str(shape[5]))) for shape in shapes)
    return units
