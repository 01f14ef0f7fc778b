"""Rows out: streamed .xlsx and .csv that no spreadsheet program takes for formulas."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import decimal
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
HEAD_WIDTH = 14  # characters


def export_rows(
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    out: IO[bytes],
    title: str,
    watermark: str = "",
    made: dt.datetime | None = None,
) -> None:
    """Write an .xlsx with real dates and numbers; memory does not grow with the rows.

    A list of persons bears a `watermark`: above the heads, on every printed page, in the properties.
    A file of which the same rows shall give the same bytes says when it was `made`.
    """
    import xlsxwriter  # the many pages that write no workbook start sooner and hold less without it

    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    sheet = book.add_worksheet(_worksheet_name(title))
    top = 1 if watermark else 0
    said: dict[str, Any] = {"created": made} if made else {}
    if watermark:
        _mark(sheet, watermark, book.add_format({"italic": True, "font_color": "#8A3324"}))
        said |= {"author": watermark, "comments": watermark}
    book.set_properties(said)
    _write_heads(book, sheet, heads, top)
    quoted = book.add_format({"quote_prefix": True, "num_format": "@"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    number = top
    for number, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, quoted, moment)
    sheet.autofilter(top, 0, max(number, top + 1), max(len(heads) - 1, 0))
    book.close()


def export_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]], out: IO[bytes]) -> None:
    """Write UTF-8 with a byte order mark, which WPS and Excel open with the right characters."""
    out.write(codecs.BOM_UTF8)
    text = codecs.getwriter("utf-8")(out)
    writer = csv.writer(text)
    writer.writerow([_harmless(head) for head in heads])
    for row in rows:
        writer.writerow([_harmless(value) for value in row])


def watermark(reader: str) -> str:
    """Who took a list of persons out, and when."""
    moment = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return _("Exported by %(reader)s on %(moment)s. Personal data: not to be passed on.") % {
        "reader": reader,
        "moment": moment,
    }


def _mark(sheet: Any, words: str, look: Any) -> None:
    printed = words.replace("&", "&&")  # a single one is a code in heads and feet
    sheet.set_header(f"&C{printed}")
    sheet.set_footer(f"&C{printed}　&P/&N")
    sheet.write_string(0, 0, words, look)


def _write_heads(book: Any, sheet: Any, heads: Sequence[str], top: int) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#E4F0EF", "bottom": 1})
    sheet.freeze_panes(top + 1, 0)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, max(HEAD_WIDTH, 2 * len(head) + 2))
        sheet.write_string(top, column, head, bold)


def _write(sheet: Any, row: int, column: int, value: Any, quoted: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    kind = value.__class__
    if kind is str:
        if value.startswith(DANGEROUS):
            sheet.write_string(row, column, value, quoted)
        else:
            sheet.write_string(row, column, value)
    elif kind is bool:
        sheet.write_string(row, column, _said(value))
    elif kind is dt.datetime:
        sheet.write_datetime(row, column, _local(value), moment)
    elif kind is dt.date:
        sheet.write_datetime(row, column, value)
    elif kind in (int, float, decimal.Decimal) and abs(value) < EXACT:
        sheet.write_number(row, column, value)
    else:
        _write(sheet, row, column, str(value), quoted, moment)


def _harmless(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return _local(value).isoformat(" ", "minutes")
    if isinstance(value, bool):
        return _said(value)
    said = str(value)
    if isinstance(value, str) and said.startswith(DANGEROUS):
        return f"'{said}"
    return said


def _said(answer: bool) -> str:
    return _("Yes") if answer else _("No")


def _local(moment: dt.datetime) -> dt.datetime:
    """Spreadsheets know no time zones: the time of the office's clock."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _worksheet_name(title: str) -> str:
    return "".join("_" if mark in "[]:*?/\\" else mark for mark in title).strip("'")[:31] or "1"
