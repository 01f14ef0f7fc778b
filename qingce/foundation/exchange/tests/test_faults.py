"""A roster with many faults: each is refused, or read as a careful clerk would, with its sentence."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qingce.foundation.accounts.models import User
from qingce.foundation.exchange.checking import examine
from qingce.foundation.exchange.examinations import FileExamination
from qingce.foundation.exchange.importing import carry_out
from qingce.foundation.exchange.tests.conftest import HEADS, id_number, person

Workbook = Callable[..., Path]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("club")]


def looked_at(path: Path, **options: Any) -> FileExamination:
    return examine([path], **options).files[0]


@pytest.fixture(autouse=True)
def in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


REFUSED_CELLS = [
    ("身份证号", id_number(1)[:-1] + "Z", "17 digits and one more digit or X"),
    ("身份证号", id_number(1)[:-1], "has 18 characters, this one has 17"),
    ("身份证号", "110101200503040019", "check digit"),
    ("身份证号", "110101200513040011", "date of birth within the identity number"),
    ("身份证号", 110101200503040011, "has shortened this long number"),
    ("身份证号", "1.10101E+17", "has shortened this long number"),
    ("姓名", "", "must be filled in"),
    ("所在社团", "读书会社", "“读书会社” is not known. Perhaps “读书社” is meant"),
    ("身份", "团员干部", "is not one of the words used here. Perhaps “团干部”"),
    ("出生日期", "不详", "“不详” is not a date"),
    ("出生日期", "2005-02-30", "is not a day of the calendar"),
    ("出生日期", "2005年3月", "names a month; add the day"),
    ("出生日期", "1005-03-04", "The year of “1005-03-04” cannot be right"),
    ("入团日期", "2001-05-04", "入团日期早于出生日期"),
    ("入团日期", True, "is not a date"),
]


@pytest.mark.parametrize(("head", "value", "sentence"), REFUSED_CELLS)
def test_a_wrong_cell_is_refused_with_its_place(
    workbook: Workbook, head: str, value: Any, sentence: str
) -> None:
    file = looked_at(workbook(HEADS, person(7), person(1, **{head: value})))

    [refusal] = file.refusals
    assert sentence in refusal.reason
    assert (refusal.worksheet, refusal.row, refusal.column) == ("花名册", 3, head)
    assert refusal.place == HEADS.index(head)
    assert id_number(1)[6:14] not in refusal.reason


EXTRA_CELLS = [
    ("手机号", "1380013800", "has 11 digits, this one has 10"),
    ("手机号", "23800138000", "not a valid telephone number"),
    ("服务人次", "40余次", "is not a number"),
    ("服务人次", 2.5, "should be a whole number"),
    ("服务人次", -1, "is too small"),
    ("得分", "9.55", "more than 1 decimals"),
    ("金额（元）", "五百", "is not a number"),
    ("是否住校", "偶尔", "should be 是"),
    ("主题", "学习、游泳", "“游泳” is not one of the words"),
    ("备注", "长" * 21, "has 21 characters; at most 20"),
]


@pytest.mark.parametrize(("head", "value", "sentence"), EXTRA_CELLS)
def test_a_wrong_cell_of_an_optional_column_is_refused(
    workbook: Workbook, head: str, value: Any, sentence: str
) -> None:
    file = looked_at(workbook([*HEADS, head], [*person(), value]))

    [refusal] = file.refusals
    assert sentence in refusal.reason
    assert (refusal.row, refusal.place) == (2, 6)


READ_CELLS = [
    ("出生日期", "born_on", "1999.9.1", dt.date(1999, 9, 1)),
    ("出生日期", "born_on", "1999年9月1日", dt.date(1999, 9, 1)),
    ("出生日期", "born_on", "１９９９－０９－０１", dt.date(1999, 9, 1)),
    ("出生日期", "born_on", 19990901, dt.date(1999, 9, 1)),
    ("出生日期", "born_on", 36404, dt.date(1999, 9, 1)),
    ("出生日期", "born_on", "36404", dt.date(1999, 9, 1)),
    ("出生日期", "born_on", dt.datetime(1999, 9, 1, 8, 30), dt.date(1999, 9, 1)),  # noqa: DTZ001
    ("姓名", "name", " 张　小明\u00a0", "张小明"),
    ("身份", "role", " 团 员 ", "member"),
    ("身份", "role", "secretary", "secretary"),
    ("身份证号", "id_number", " １１０１０１" + id_number(1)[6:].lower() + " ", id_number(1)),
]


@pytest.mark.parametrize(("head", "field", "value", "meaning"), READ_CELLS)
def test_an_untidy_cell_is_read_as_a_clerk_would(
    workbook: Workbook, head: str, field: str, value: Any, meaning: Any
) -> None:
    file = looked_at(workbook(HEADS, person(1, **{head: value, "入团日期": ""})))

    assert not file.refusals
    assert file.sheets[0].rows[0][field] == meaning


def test_a_number_doubled_in_the_file_is_refused_without_quoting_it(workbook: Workbook) -> None:
    file = looked_at(workbook(HEADS, person(1), person(1, name="李四")))

    [refusal] = file.refusals
    assert refusal.row == 3
    assert "says the same as row 2" in refusal.reason
    assert id_number(1) not in refusal.reason


def test_all_faults_are_told_at_once(workbook: Workbook) -> None:
    """Nobody should have to send a file five times to learn of five faults."""
    first = person(1, 身份="团员干部", club="读书会社")
    second = person(1, 出生日期="不详")

    file = looked_at(workbook(HEADS, first, second))

    assert [(refusal.row, refusal.column) for refusal in file.refusals] == [
        (2, "身份"),
        (2, "所在社团"),
        (3, "出生日期"),
        (3, "身份证号"),
    ]


def test_a_rule_may_remark_without_refusing(workbook: Workbook) -> None:
    file = looked_at(workbook(HEADS, person(1, 入团日期="2018-05-04")))

    assert not file.refusals
    assert [remark.row for remark in file.sheets[0].remarks] == [2]


def test_titles_above_the_heads_and_totals_below_are_passed_over(workbook: Workbook) -> None:
    total = ["合 计", "", "", "", "", ""]
    signed = ["填表人：林书记", "", "审核人：", "", "", ""]
    file = looked_at(workbook(["2023年花名册"], [], HEADS, person(1), HEADS, person(2), total, signed))

    assert not file.refusals
    assert [row.number for row in file.sheets[0].rows] == [4, 6]
    notes = "".join(file.sheets[0].notes)
    for said in ("heads stand in row 3", "Row 5 repeats", "Row 7 is a total", "Row 8 holds"):
        assert said in notes


def test_cells_merged_downwards_count_for_each_row(workbook: Workbook) -> None:
    file = looked_at(
        workbook(
            HEADS,
            person(1),
            person(2, club=None),
            person(3, club=None),
            shape=lambda sheet: sheet.merge_cells("C2:C4"),
        )
    )

    assert not file.refusals
    assert {row["club"].name for row in file.sheets[0].rows} == {"读书社"}
    assert any("merged" in note for note in file.sheets[0].notes)


def test_hidden_rows_are_read_and_said(workbook: Workbook) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True

    file = looked_at(workbook(HEADS, person(1), person(2), shape=hide))

    assert file.row_count == 2
    assert any("1 hidden row" in note for note in file.sheets[0].notes)


def test_a_formula_never_calculated_is_refused(workbook: Workbook) -> None:
    file = looked_at(workbook(HEADS, person(1, name='="张"&"三"')))

    [refusal] = file.refusals
    assert "formula that was never calculated" in refusal.reason
    assert (refusal.row, refusal.column) == (2, "姓名")


def test_an_error_cell_is_refused_with_its_error(workbook: Workbook) -> None:
    def spoil(sheet: Any) -> None:
        sheet["D2"].value, sheet["D2"].data_type = "#N/A", "e"

    file = looked_at(workbook(HEADS, person(1), shape=spoil))

    [refusal] = file.refusals
    assert "the error #N/A" in refusal.reason
    assert refusal.column == "身份"


def test_five_thousand_blank_lines_say_nothing(workbook: Workbook) -> None:
    blank = [["", " ", None, None, None, None]] * 5000
    numbered = [[number, "", "", "", "", "", ""] for number in range(1, 50)]

    assert looked_at(workbook(HEADS, person(1), *blank)).row_count == 1
    with_numbers = workbook(["序号", *HEADS], [1, *person(1)], *numbered)
    assert looked_at(with_numbers).row_count == 1
    assert not looked_at(with_numbers).refusals


def test_a_missing_required_column_is_refused_and_can_be_mapped(workbook: Workbook) -> None:
    heads = [head if head != "所在社团" else "归属" for head in HEADS]
    path = workbook(heads, person(1))

    file = looked_at(path)
    assert "required column “所在社团” was not found" in file.refusals[0].reason
    assert file.unmapped[0].unknown == ["归属"]

    mapped = looked_at(path, mapping={"members": {"归属": "club"}})
    assert not mapped.refusals


def test_two_columns_for_one_field_are_refused(workbook: Workbook) -> None:
    file = looked_at(workbook([*HEADS, "身份证号码"], [*person(1), ""]))

    assert "Several columns (身份证号、身份证号码) mean “身份证号”" in file.refusals[0].reason


def test_unknown_columns_are_left_out_with_a_note(workbook: Workbook) -> None:
    file = looked_at(workbook([*HEADS, "血型"], [*person(1), "A"]))

    assert not file.refusals
    assert any("血型" in note for note in file.sheets[0].notes)


@pytest.mark.parametrize("head", ["序号", "序 号", "No.", "#", "未导入原因", "Why not imported"])
def test_a_column_of_line_numbers_or_old_reasons_is_not_worth_a_note(workbook: Workbook, head: str) -> None:
    file = looked_at(workbook([head, *HEADS], ["1", *person(1)]))

    assert not file.refusals
    assert not [note for part in file.sheets for note in part.notes]


def test_the_wrong_sheet_is_refused(workbook: Workbook) -> None:
    path = workbook(["日期", "地点"], ["2023-01-01", "广场"], title="活动")

    assert "belong to none of these sheets: 社团、花名册" in looked_at(path).refusals[0].reason
    clubs = workbook(["社团编号", "社团名称"], ["X2", "棋社"], title="社团")
    assert looked_at(clubs, kind="members").refused


def test_heads_alone_are_refused(workbook: Workbook) -> None:
    assert "no row beneath the heads" in looked_at(workbook(HEADS)).refusals[0].reason


def test_an_empty_workbook_is_refused(workbook: Workbook) -> None:
    assert "holds no table" in looked_at(workbook()).refusals[0].reason


NOT_TABLES = [
    (b"", "The file is empty"),
    (b"%PDF-1.7 \xff\xfe\x00\x01", "not a spreadsheet"),
    (b"\xff\xd8\xff\xe0picture", "not a spreadsheet"),
    (b"PK\x03\x04broken", "is damaged"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "is damaged"),
]


@pytest.mark.parametrize(("content", "sentence"), NOT_TABLES)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)

    assert sentence in looked_at(path).refusals[0].reason


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "There is no such file" in looked_at(tmp_path / "无.xlsx").refusals[0].reason


def test_another_zip_is_not_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "文.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    assert "not a spreadsheet" in looked_at(path).refusals[0].reason


def test_a_bomb_is_refused_before_it_is_unpacked(workbook: Workbook) -> None:
    path = workbook(HEADS, person(1))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/big.xml", "w", force_zip64=True) as member,
    ):
        for _piece in range(601):
            member.write(bytes(1024 * 1024))

    assert "unpacks to more than" in looked_at(path).refusals[0].reason


def test_a_cell_in_the_farthest_corner_is_refused(workbook: Workbook) -> None:
    def stretch(sheet: Any) -> None:
        sheet["XFD1048576"] = "x"

    file = looked_at(workbook(HEADS, person(1), shape=stretch))
    assert "reaches to row 1048576 and column 16384" in file.refusals[0].reason


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("gbk", "\t"), ("utf-16", "\t")],
)
def test_text_tables_are_read_in_the_encodings_of_the_country(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "花名册.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([HEADS, person(1), [], person(2)])

    file = looked_at(path)
    assert not file.refusals
    assert [row["name"] for row in file.sheets[0].rows] == ["张小明", "张小明"]
    assert [row.number for row in file.sheets[0].rows] == [2, 4]


def test_notes_and_hidden_worksheets_are_left_out(workbook: Workbook) -> None:
    def add(sheet: Any) -> None:
        sheet.parent.create_sheet("填表说明").append(["请如实填写"])
        hidden = sheet.parent.create_sheet("旧数据")
        hidden.append(HEADS)
        hidden.sheet_state = "hidden"

    file = looked_at(workbook(HEADS, person(1), shape=add))

    assert not file.refusals
    assert len(file.sheets) == 1
    assert "“填表说明” holds notes" in "".join(file.notes)
    assert "hidden worksheet “旧数据”" in "".join(file.notes)


def test_a_member_may_belong_to_a_club_of_the_same_workbook(workbook: Workbook) -> None:
    def add(sheet: Any) -> None:
        clubs = sheet.parent.create_sheet("社团")
        clubs.append(["社团编号", "社团名称"])
        clubs.append(["X777", "棋社"])

    examination = examine([workbook(HEADS, person(1, club="棋社"), shape=add)])
    assert not examination.refused

    [result] = carry_out(examination, by=None)
    assert [outcome.created for _part, outcome in result.outcomes] == [1, 1]
    assert User.objects.filter(username="X777").exists()


def test_a_workbook_written_by_another_program_is_read(workbook: Workbook) -> None:
    """Some programs write no cached dimensions and reorder their worksheets."""

    def add(sheet: Any) -> None:
        other = sheet.parent.create_sheet("社团", 0)
        other.append(["社团编号", "社团名称"])
        other.append(["X778", "=1+1"])

    path = workbook(HEADS, person(1), shape=add)
    [refusal] = looked_at(path).refusals
    assert (refusal.worksheet, refusal.row, refusal.column) == ("社团", 2, "社团名称")
    assert openpyxl.load_workbook(path).sheetnames == ["社团", "花名册"]


def test_a_table_of_another_office_program_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名册.ods"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in (HEADS, person(1))
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="花名册">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<x/>")

    file = looked_at(path)
    assert not file.refusals
    assert file.row_count == 1


def test_heads_merged_over_two_lines_are_found(workbook: Workbook) -> None:
    upper = [*HEADS[:4], "日期", ""]
    lower = ["", "", "", "", *HEADS[4:]]

    def merge(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"):
            sheet.merge_cells(cells)

    file = looked_at(workbook(upper, lower, person(1), shape=merge))

    assert not file.refusals
    assert file.sheets[0].rows[0]["joined_on"] == dt.date(2019, 5, 4)


def test_a_part_that_lies_about_its_size_is_refused(workbook: Workbook) -> None:
    path = workbook(HEADS, person(1))
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
        size = member.file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))

    assert "is damaged" in looked_at(path).refusals[0].reason


def test_a_name_written_in_another_width_is_that_name(workbook: Workbook) -> None:
    """Among clubs that are there and clubs that the same file brings."""

    def add(sheet: Any) -> None:
        clubs = sheet.parent.create_sheet("社团")
        clubs.append(["社团编号", "社团名称"])
        clubs.append(["X777", "棋社（2）"])

    User.objects.create(username="X778", name="琴社（3）")
    rows = [person(1, club="棋社(2)"), person(2, club="琴社 (3)"), person(3, club="x777")]
    examination = examine([workbook(HEADS, *rows, shape=add)])
    assert not examination.refused, [str(one) for one in examination.files[0].refusals]

    [result] = carry_out(examination, by=None)
    assert [outcome.created for _part, outcome in result.outcomes] == [1, 3]


def test_digits_that_another_system_wrapped_as_a_formula_are_read(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    row = person(1, 身份证号=f'="{id_number(1)}"')
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_NONE, quotechar=None).writerows([HEADS, row])

    file = looked_at(path)

    assert not file.refusals, [str(one) for one in file.refusals]
    assert file.sheets[0].rows[0]["id_number"] == id_number(1)


def test_a_head_that_stands_twice_is_not_called_unknown_as_well(workbook: Workbook) -> None:
    file = looked_at(workbook([*HEADS, "姓名"], [*person(1), "张三"]))

    assert [one.reason for one in file.refusals]
    assert not any("姓名" in note for part in file.sheets for note in part.notes)


def test_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    assert looked_at(tmp_path).refusals[0].reason == "This is a folder; name the files in it."
