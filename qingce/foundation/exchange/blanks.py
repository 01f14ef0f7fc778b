"""Blank forms: a workbook for one sheet, with drop-downs, a sample row and notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from qingce.foundation.exchange import columns
from qingce.foundation.exchange.columns import Column
from qingce.foundation.exchange.sheets import Sheet

ROWS = 5000  # that get drop-downs and text format
INLINE_LIMIT = 255  # characters of a drop-down kept in the cell itself
LISTS = "_lists"  # hidden worksheets with this first letter are passed over when reading
WIDTH = (10, 40)  # least and most, in characters


def write_blank(sheet: Sheet, out: str | IO[bytes]) -> None:
    """Write the template of `sheet` to a path or an open binary file."""
    import xlsxwriter  # as in `exporting`: only who asks for a workbook loads its writer

    book = xlsxwriter.Workbook(out, {"in_memory": True})
    table = book.add_worksheet(str(sheet.label)[:31])
    asked = [column for column in sheet.columns if column.asked]
    _write_heads(book, table, asked)
    _write_sample(book, table, asked)
    _write_notes(book, asked)
    _offer_options(book, table, asked)
    book.close()


def _write_heads(book: Any, table: Any, every: Sequence[Column]) -> None:
    needed = book.add_format({"bold": True, "bg_color": "#E4F0EF", "bottom": 1, "font_color": "#B3341F"})
    plain = book.add_format({"bold": True, "bg_color": "#E4F0EF", "bottom": 1})
    as_text, as_day = book.add_format({"num_format": "@"}), book.add_format(_DAY)
    for place, column in enumerate(every):
        label = str(column.label)
        body = as_text if column.as_text else as_day if _is_date(column) else None
        table.set_column(place, place, _width(column), body)
        table.write_string(
            0, place, f"*{label}" if column.required else label, needed if column.required else plain
        )
    table.freeze_panes(1, 0)


def _write_sample(book: Any, table: Any, every: Sequence[Column]) -> None:
    grey = {"italic": True, "font_color": "#7D868E"}
    text = book.add_format({**grey, "num_format": "@"})
    day = book.add_format({**grey, **_DAY})
    plain = book.add_format(grey)
    for place, column in enumerate(every):
        sample = column.example
        if isinstance(sample, dt.date):
            table.write_datetime(1, place, sample, day)
        elif isinstance(sample, int | float) and not isinstance(sample, bool):
            table.write_number(1, place, sample, plain)
        else:
            table.write_string(1, place, str(sample), text if column.as_text else plain)
    table.write_comment(1, 0, _("A sample row; it is left out when the file is imported."))


def _write_notes(book: Any, every: Sequence[Column]) -> None:
    notes = book.add_worksheet(_("Notes"))
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    heads = [_("Column"), _("Required"), _("How to fill it in"), _("Also recognised")]
    for place, (head, width) in enumerate(zip(heads, (18, 8, 60, 30), strict=True)):
        notes.set_column(place, place, width)
        notes.write_string(0, place, head, bold)
    for row, column in enumerate(every, 1):
        cells = [
            str(column.label),
            _("Yes") if column.required else _("No"),
            _how_to_fill(column),
            "、".join(column.synonyms),
        ]
        for place, said in enumerate(cells):
            notes.write_string(row, place, said, wrapped)


def _how_to_fill(column: Column) -> str:
    said = [str(column.note)] if column.note else []
    if options := column.options():
        said.append(_("One of: %s.") % "、".join(options))
    if isinstance(column, columns.Many):
        said.append(_("Several may be written, separated by 、."))
    if _is_date(column):
        said.append(_("A date like 2023-05-04."))
    if isinstance(column, columns.Money):
        said.append(_("An amount in yuan."))
    if column.as_text:
        said.append(_("Keep the cells in text format, so that no digit is lost."))
    return "".join(said)


def _offer_options(book: Any, table: Any, every: Sequence[Column]) -> None:
    lists = None
    for place, column in enumerate(every):
        options = column.options()
        if not options:
            continue
        source: Any = options
        if len(",".join(options)) > INLINE_LIMIT or any("," in option for option in options):
            lists = lists or _hidden_lists(book)
            source = _written_list(lists, place, options)
        table.data_validation(
            1,
            place,
            ROWS,
            place,
            {
                "validate": "list",
                "source": source,
                "error_title": str(column.label)[:32],
                "error_message": _("Choose one of the words of the list."),
            },
        )


def _hidden_lists(book: Any) -> Any:
    lists = book.add_worksheet(LISTS)
    lists.very_hidden()
    return lists


def _written_list(lists: Any, place: int, options: Sequence[str]) -> str:
    from xlsxwriter.utility import xl_col_to_name

    lists.write_column(0, place, options)
    letter = xl_col_to_name(place)
    return f"={LISTS}!${letter}$1:${letter}${len(options)}"


def _is_date(column: Column) -> bool:
    return isinstance(column, columns.Date)


def _width(column: Column) -> int:
    least, most = WIDTH
    said = [str(column.label), str(column.example), *column.options()]
    return max(least, min(most, 2 * max(map(len, said)) + 2))


_DAY = {"num_format": "yyyy-mm-dd"}
