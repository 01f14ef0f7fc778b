"""No spreadsheet program takes what somebody wrote for a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from qingce.foundation.exchange.exporting import export_csv, export_rows

ATTACKS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_csv_cell_never_begins_as_a_formula(attack: str) -> None:
    out = io.BytesIO()
    export_csv([attack], [[attack]], out)
    for row in csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")):
        assert row == [f"'{attack}"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_workbook_holds_text_where_text_was_written(attack: str) -> None:
    out = io.BytesIO()
    export_rows([attack], [[attack]], out, title="x")
    sheet = openpyxl.load_workbook(out).active
    assert {sheet["A1"].data_type, sheet["A2"].data_type} == {"s"}
