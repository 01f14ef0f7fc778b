"""The refused file handed back: the same workbook, refused cells marked, reasons in the row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from qingce.foundation.exchange import reading
from qingce.foundation.exchange.examinations import FileExamination, Refusal, SheetExamination

SUFFIX = "-未导入.xlsx"
MARK = PatternFill("solid", fgColor="FFF4C7C3")
RED = Font(color="FFB3341F")
COMMENT_SIZE = {"width": 320, "height": 120}
# A styled copy takes fifty times the size of its file; a larger file gets the list of reasons only.
COPIED_LIMIT = 10 * 1024 * 1024
TITLE_LIMIT = 31  # characters of a worksheet's name


@dataclass(frozen=True)
class _Place:
    """Where a worksheet's reasons go, rows and columns counted from 1."""

    head_row: int
    column: int


def annotated_path(path: Path) -> Path:
    """Beside the file: `名册.xlsx` → `名册-未导入.xlsx`."""
    return path.with_name(path.stem + SUFFIX)


def annotate(file: FileExamination, out: Path) -> Path:
    """Write the annotated copy of `file` to `out`; text tables and old workbooks become .xlsx."""
    book = _copy_of(file.path)
    for part in file.sheets:
        if part.refusals and part.title in book.sheetnames:
            _annotate(book[part.title], part)
    _put_summary(book, file.refusals)
    book.save(out)
    return out


def _copy_of(path: Path) -> Workbook:
    if path.stat().st_size > COPIED_LIMIT:
        return _without_sheets()
    try:
        return load_workbook(path)
    except (InvalidFileException, KeyError, OSError, ValueError):
        return _rewritten(path)


def _rewritten(path: Path) -> Workbook:
    book = _without_sheets()
    for grid in reading.grids(path):
        sheet = book.create_sheet(grid.title[:TITLE_LIMIT])
        for row, line in enumerate(grid.rows(), 1):
            for column, value in enumerate(line, grid.left + 1):
                _write(sheet, row, column, value)
    return book


def _without_sheets() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if value == "":
        return
    cell = sheet.cell(row, column)
    try:
        cell.value = value
    except IllegalCharacterError:
        cell.value = "".join(character for character in value if character.isprintable())
    if cell.data_type == "f":
        cell.data_type = "s"  # a text table holds no formulas, only text that looks like one


def _annotate(sheet: Worksheet, part: SheetExamination) -> None:
    found = part.recognised
    place = _Place(found.line + 1, _reason_column(sheet, found.line + 1, part))
    _cell(sheet, place.head_row, place.column, _reason_head()).font = RED
    for row, refusals in _by_row(part.refusals).items():
        _mark_row(sheet, row or place.head_row, place, refusals)
    letter = sheet.cell(1, place.column).column_letter
    sheet.column_dimensions[letter].width = 60


def _reason_column(sheet: Worksheet, head_row: int, part: SheetExamination) -> int:
    """The column of an earlier annotation, else the first free one after the heads."""
    heads = part.recognised.heads
    if _reason_head() in heads:
        return heads.index(_reason_head()) + part.recognised.grid.left + 1
    return len(heads) + part.recognised.grid.left + 1


def _mark_row(sheet: Worksheet, row: int, place: _Place, refusals: Sequence[Refusal]) -> None:
    for refusal in refusals:
        if refusal.place is not None:
            cell = _top_left(sheet, row, refusal.place + 1)
            cell.fill = MARK
            cell.comment = Comment(refusal.reason, "Qingce", **COMMENT_SIZE)
    column = place.column + (row == place.head_row)
    reasons = [
        f"{refusal.column}：{refusal.reason}" if refusal.column else refusal.reason for refusal in refusals
    ]
    reason = _cell(sheet, row, column, "\n".join(reasons))
    reason.font, reason.alignment = RED, Alignment(wrap_text=True, vertical="top")


def _cell(sheet: Worksheet, row: int, column: int, value: str) -> Any:
    cell = _top_left(sheet, row, column)
    cell.value = value
    return cell


def _top_left(sheet: Worksheet, row: int, column: int) -> Any:
    """The cell itself, or the one that carries the value when it is merged away."""
    for merged in sheet.merged_cells.ranges:
        if (row, column) != (merged.min_row, merged.min_col) and (
            merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col
        ):
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


def _put_summary(book: Workbook, refusals: Iterable[Refusal]) -> None:
    if _reason_head() in book.sheetnames:
        del book[_reason_head()]
    summary = book.create_sheet(_reason_head(), 0)
    summary.append([_("Worksheet"), _("Row"), _("Column"), _("Reason")])
    for refusal in refusals:
        summary.append([refusal.worksheet, refusal.row or None, refusal.column, refusal.reason])
    for letter, width in zip("ABCD", (20, 8, 16, 90), strict=True):
        summary.column_dimensions[letter].width = width
    for cell in summary[1]:
        cell.font = Font(bold=True)
    summary.freeze_panes = "A2"
    book.active = 0


def _by_row(refusals: Iterable[Refusal]) -> dict[int, list[Refusal]]:
    rows: dict[int, list[Refusal]] = {}
    for refusal in refusals:
        rows.setdefault(refusal.row, []).append(refusal)
    return rows


def _reason_head() -> str:
    return _("Why not imported")
