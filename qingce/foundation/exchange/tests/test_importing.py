from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from openpyxl.styles import Font

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.models import Entry
from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.annotate import annotate, annotated_path
from qingce.foundation.exchange.blanks import write_blank
from qingce.foundation.exchange.checking import examine
from qingce.foundation.exchange.exporting import export_csv, export_rows
from qingce.foundation.exchange.importing import carry_out, rehearse, remember_columns
from qingce.foundation.exchange.models import Batch
from qingce.foundation.exchange.tests.conftest import HEADS, person
from qingce.foundation.exchange.tests.toys import Members

Workbook = Callable[..., Path]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("club")]


@pytest.fixture(autouse=True)
def in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def people() -> int:
    return User.objects.exclude(username__startswith="X").count()


def test_a_good_file_is_imported_once_and_told(workbook: Workbook) -> None:
    path = workbook(HEADS, person(1), person(2))

    [result] = carry_out(examine([path]), by=None)

    assert (result.total.created, people()) == (2, 2)
    batch = Batch.objects.get()
    assert (batch.file_name, batch.created) == ("名册.xlsx", 2)
    assert batch.sheets[0]["code"] == "members"
    assert Entry.objects.get().about == "名册.xlsx"


def test_the_same_file_twice_makes_no_duplicates_and_says_so(workbook: Workbook) -> None:
    path = workbook(HEADS, person(1), person(2))
    carry_out(examine([path]), by=None)

    again = examine([path])
    [result] = carry_out(again, by=None)

    assert "very file was imported" in again.files[0].notes[0]
    assert (result.total.created, result.total.unchanged, people()) == (0, 2, 2)


def test_one_refused_cell_keeps_the_whole_file_out(workbook: Workbook) -> None:
    examination = examine([workbook(HEADS, person(1), person(2, name=""))])

    [result] = carry_out(examination, by=None)

    assert result.refused
    assert (people(), Batch.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_a_refusal_while_saving_takes_everything_back(workbook: Workbook) -> None:
    heads = [*HEADS, "备注"]
    path = workbook(heads, [*person(1), ""], [*person(2), "拒绝"])

    [result] = carry_out(examine([path]), by=None)

    assert result.refused
    assert "该成员不能导入" in str(result.file.refusals[0])
    assert (people(), Batch.objects.count()) == (0, 0)


def test_a_rehearsal_counts_and_leaves_nothing(workbook: Workbook) -> None:
    def add_club(sheet: Any) -> None:
        club = sheet.parent.create_sheet("社团")
        club.append(["社团编号", "社团名称"])
        club.append(["X777", "棋社"])

    examination = examine([workbook(HEADS, person(1, club="棋社"), shape=add_club)])

    [rehearsed] = rehearse(examination, by=None)
    assert (rehearsed.total.created, people(), Batch.objects.count()) == (2, 0, 0)

    [result] = carry_out(examination, by=None)
    assert (result.total.created, people()) == (2, 1)


def test_a_file_refused_does_not_stop_the_next(workbook: Workbook) -> None:
    wrong = workbook(HEADS, person(1, name=""), name="甲.xlsx")
    right = workbook(HEADS, person(2), name="乙.xlsx")

    results = carry_out(examine([wrong, right]), by=None)

    assert [result.refused for result in results] == [True, False]
    assert people() == 1


def test_columns_once_explained_are_remembered(workbook: Workbook) -> None:
    heads = [head if head != "所在社团" else "归属" for head in HEADS]
    path = workbook(heads, person(1))
    assert examine([path]).refused

    sheet = sheets.sheet("members")
    assert sheet
    meanings = {**dict.fromkeys(heads, ""), "归属": "club", "姓名": "name", "身份证号": "id_number"}
    remember_columns(sheet, "校方名册", meanings)

    file = examine([path]).files[0]
    assert not file.refused
    assert "role" not in file.sheets[0].rows[0]


def test_the_marked_copy_keeps_the_workbook_and_names_each_reason(workbook: Workbook, tmp_path: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet["A3"].font = Font(bold=True)
        sheet["A3"].number_format = "@"

    file = examine([workbook(HEADS, person(1), person(2, 出生日期="不详"), shape=dress)]).files[0]
    assert annotated_path(file.path).name == "名册-未导入.xlsx"
    book = openpyxl.load_workbook(annotate(file, tmp_path / "copy.xlsx"))

    sheet = book["花名册"]
    assert sheet["A3"].font.bold
    assert sheet["E3"].fill.fgColor.rgb == "FFF4C7C3"
    assert "is not a date" in sheet["E3"].comment.text
    assert sheet["G1"].value == "Why not imported"
    assert "出生日期" in sheet["G3"].value
    assert sheet["G2"].value is None
    assert [cell.value for cell in book.worksheets[0][2]][:3] == ["花名册", 3, "出生日期"]


def test_the_marked_copy_once_mended_is_imported(workbook: Workbook, tmp_path: Path) -> None:
    file = examine([workbook(HEADS, person(1, 出生日期="不详"))]).files[0]
    copy = annotate(file, tmp_path / "copy.xlsx")
    book = openpyxl.load_workbook(copy)
    book["花名册"]["E2"] = "2005-03-04"
    book.save(copy)

    [result] = carry_out(examine([copy]), by=None)

    assert not result.refused
    assert people() == 1


def test_a_refused_text_table_comes_back_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    rows = [HEADS, person(1, 出生日期="不详", name="=1+1")]
    path.write_bytes("\n".join(",".join(map(str, row)) for row in rows).encode("gb18030"))

    book = openpyxl.load_workbook(annotate(examine([path]).files[0], tmp_path / "copy.xlsx"))

    sheet = book["名册"]
    assert sheet["E2"].comment is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_a_template_left_alone_brings_nothing_and_filled_in_brings_its_rows(
    tmp_path: Path,
) -> None:
    path = tmp_path / "模板.xlsx"
    write_blank(Members(), str(path))
    assert "no row beneath the heads" in examine([path]).files[0].refusals[0].reason

    book = openpyxl.load_workbook(path)
    sheet = book["花名册"]
    assert sheet["B3"].number_format == "General"
    assert sheet.column_dimensions["B"].number_format == "@"
    assert [cell.value for cell in sheet[1]][:2] == ["*姓名", "*身份证号"]
    assert any("团员,团干部" in rule.formula1 for rule in sheet.data_validations.dataValidation)
    for place, value in enumerate(person(1)[:3], 1):
        sheet.cell(3, place, value)
    book.save(path)

    [result] = carry_out(examine([path]), by=None)
    assert result.total.created == 1


def test_an_exported_formula_is_only_text_and_a_date_is_a_date() -> None:
    out = io.BytesIO()
    export_rows(["甲", "乙", "丙"], [["=1+1", dt.date(2023, 5, 4), 12]], out, "名[册]")

    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue())).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("=1+1", "s", True)
    assert sheet["B2"].value.date() == dt.date(2023, 5, 4)
    assert sheet["C2"].value == 12
    assert zipfile.ZipFile(io.BytesIO(out.getvalue())).testzip() is None


def test_an_exported_text_table_opens_with_its_characters_and_no_formula() -> None:
    out = io.BytesIO()
    export_csv(["甲", "乙"], [["@SUM(A1)", -5]], out)

    assert out.getvalue().decode("utf-8-sig").splitlines() == ["甲,乙", "'@SUM(A1),-5"]


def test_the_command_imports_and_says_what_it_did(workbook: Workbook, capsys: Any) -> None:
    call_command("import", str(workbook(HEADS, person(1))))

    assert "1 created, 0 updated, 0 unchanged" in capsys.readouterr().out
    assert people() == 1


def test_the_command_rehearses(workbook: Workbook, capsys: Any) -> None:
    call_command("import", str(workbook(HEADS, person(1))), "--dry-run")

    assert "nothing was written" in capsys.readouterr().out
    assert people() == 0


def test_the_command_refuses_with_the_place_and_a_marked_copy(workbook: Workbook, capsys: Any) -> None:
    path = workbook(HEADS, *(person(n, name="") for n in range(60)))

    with pytest.raises(SystemExit) as stopped:
        call_command("import", str(path))

    said = capsys.readouterr().err
    assert stopped.value.code == 1
    assert "名册.xlsx!花名册 row 2 姓名：" in said
    assert "… and 10 more." in said
    assert annotated_path(path).exists()


def test_the_command_names_the_known_sheets(workbook: Workbook) -> None:
    with pytest.raises(CommandError, match="members") as wrong:
        call_command("import", "x.xlsx", "--kind", "nothing")
    assert wrong.value.returncode == 2


def test_the_template_command_writes_a_workbook(tmp_path: Path) -> None:
    call_command("template", "members", "--out", str(tmp_path / "模板.xlsx"))

    assert "花名册" in openpyxl.load_workbook(tmp_path / "模板.xlsx").sheetnames
