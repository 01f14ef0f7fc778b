"""A promise about all sheets: the blank form of each is known again for what it is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.blanks import write_blank
from qingce.foundation.exchange.checking import examine
from qingce.foundation.exchange.columns import Reference


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", [sheet.code for sheet in sheets.sheets()])
def test_the_blank_form_of_a_sheet_is_known_again(tmp_path: Path, code: str, language: str) -> None:
    sheet = sheets.sheet(code)
    assert sheet is not None
    path = tmp_path / "空表.xlsx"

    with override(language):
        write_blank(sheet, str(path))
        [file] = examine([path]).files

    assert [part.sheet.code for part in file.sheets] == [code]
    [part] = file.sheets
    assert not part.recognised.missing
    assert not part.recognised.doubled
    assert not part.recognised.unknown


@pytest.mark.django_db
@pytest.mark.parametrize(("written", "read"), [("zh-hans", "zh-hans"), ("en", "zh-hans")])
@pytest.mark.parametrize("code", [sheet.code for sheet in sheets.sheets()])
def test_a_blank_form_shows_how_to_fill_it_in_and_brings_nothing(
    tmp_path: Path, code: str, written: str, read: str
) -> None:
    sheet = sheets.sheet(code)
    assert sheet is not None
    path = tmp_path / "空表.xlsx"
    with override(written):
        write_blank(sheet, str(path))
    with override(read):
        [file] = examine([path], kind=code).files
        nothing = _("There is no row beneath the heads; fill some in.")

    table = openpyxl.load_workbook(path).worksheets[0]
    shown = {str(head.value): cell.value for head, cell in zip(table[1], table[2], strict=True)}
    assert [head for head, said in shown.items() if head.startswith("*") and not said] in (
        [],
        ["*身份证号"],
        ["*ID number"],
    )
    assert [refusal.reason for refusal in file.refusals] == [nothing]


@pytest.mark.parametrize("code", [sheet.code for sheet in sheets.sheets()])
def test_every_reference_has_somebody_who_resolves_it(code: str) -> None:
    sheet = sheets.sheet(code)
    assert sheet is not None
    wanted = {column.resolve for column in sheet.columns if isinstance(column, Reference)}

    assert wanted | set(sheet.provides) <= set(sheets._resolvers)
