from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from stdnum.iso7064 import mod_11_2

from qingce.foundation.accounts.models import User
from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.tests import toys

HEADS = ["姓名", "身份证号", "所在社团", "身份", "出生日期", "入团日期"]


@pytest.fixture(autouse=True)
def toy_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the toy sheets are known, whatever the installed apps have registered."""
    kept = {"clubs": toys.Clubs(), "members": toys.Members()}
    monkeypatch.setattr(sheets, "_sheets", kept)


@pytest.fixture
def club(db: None) -> User:
    return User.objects.create_user("X001", name="读书社")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as they come into a real .xlsx; `shape` may change the sheet before saving."""

    def write(
        *rows: Sequence[Any], title: str = "花名册", shape: Any = None, name: str = "名册.xlsx"
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
        if shape:
            shape(sheet)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def id_number(serial: int, born: str = "20050304") -> str:
    """A made-up identity number with the right check digit."""
    number = f"110101{born}{serial:03d}"
    return number + mod_11_2.calc_check_digit(number)


def person(serial: int = 1, name: str = "张小明", club: str = "读书社", **changes: Any) -> list[Any]:
    """One row under HEADS."""
    row = {
        "姓名": name,
        "身份证号": id_number(serial),
        "所在社团": club,
        "身份": "团员",
        "出生日期": "2005-03-04",
        "入团日期": "2019-05-04",
        **changes,
    }
    return [row[head] for head in HEADS]
