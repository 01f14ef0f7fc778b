"""A promise about all sheets: the blank form of each is known again for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
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


@pytest.mark.parametrize("code", [sheet.code for sheet in sheets.sheets()])
def test_every_reference_has_somebody_who_resolves_it(code: str) -> None:
    sheet = sheets.sheet(code)
    assert sheet is not None
    wanted = {column.resolve for column in sheet.columns if isinstance(column, Reference)}

    assert wanted | set(sheet.provides) <= set(sheets._resolvers)
