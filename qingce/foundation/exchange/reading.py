"""Opening what people send: workbooks by calamine, text tables in the encodings of the country."""

from __future__ import annotations

import codecs
import csv
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from qingce.foundation.exchange.scanning import Scan, scan
from qingce.foundation.files.checking import refuse_harm
from qingce.foundation.refusals import Refused

FILE_LIMIT = 100 * 1024 * 1024  # bytes
CSV_LINE_LIMIT = 100_000  # characters of one cell
ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",;\t，；"
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

Cells = Sequence[Any]
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Grid:
    """One worksheet: `rows()` gives its lines from the first; `left` columns before them are empty."""

    title: str
    rows: Callable[[], Iterator[Cells]]
    height: int = 0
    left: int = 0
    visible: bool = True
    merges: list[Merge] = field(default_factory=list)
    found: Scan = field(default_factory=Scan)

    def let_go(self) -> None:
        """Give back the memory of the cells; nothing can be read from here on."""
        self.rows = lambda: iter(())


def grids(path: Path) -> list[Grid]:
    """The worksheets of a file, told by its content and not by its name; raises `Refused`."""
    size = path.stat().st_size
    if not size:
        raise Refused(_("The file is empty; choose the file that holds the table."))
    if size > FILE_LIMIT:
        raise Refused(
            _("The file is larger than %(limit)d MB; split it into several files.")
            % {"limit": FILE_LIMIT // 1024**2}
        )
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(ZIP_START):
        return _zipped(path)
    if start.startswith(OLE_START):
        return _old_workbook(path)
    return [_text_table(path, start)]


def _zipped(path: Path) -> list[Grid]:
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_harm(archive)
            members = set(archive.namelist())
        if "xl/workbook.xml" in members:
            return _worksheets(path, scan(path))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as e:
        raise Refused(_damaged()) from e
    if "content.xml" in members:
        return _worksheets(path, [])
    raise Refused(_not_a_spreadsheet())


def _old_workbook(path: Path) -> list[Grid]:
    if ENCRYPTED in path.read_bytes():
        raise Refused(_encrypted())
    return _worksheets(path, [])


def _worksheets(path: Path, scans: list[Scan]) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_path(path)
        return [
            _worksheet(book, place, about, scans[place] if place < len(scans) else Scan())
            for place, about in enumerate(book.sheets_metadata)
            if about.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        raise Refused(_encrypted()) from None
    except CalamineError as problem:
        raise Refused(_damaged()) from problem


def _worksheet(book: CalamineWorkbook, place: int, about: SheetMetadata, found: Scan) -> Grid:
    values: CalamineSheet = book.get_sheet_by_index(place)
    start = values.start
    return Grid(
        title=about.name,
        rows=values.iter_rows if start else lambda: iter(()),
        height=values.total_height,
        left=start[1] if start else 0,
        visible=about.visible == SheetVisibleEnum.Visible,
        merges=list(values.merged_cell_ranges or ()),
        found=found,
    )


def _text_table(path: Path, start: bytes) -> Grid:
    encoding = _encoding(path, start)
    with path.open(encoding=encoding, newline="") as stream:
        beginning = "".join(islice(stream, 30))
    if beginning.lstrip().lower().startswith(("<html", "<!doctype", "<?xml", "<table")):
        raise Refused(
            _(
                "This is a web page with the name of a spreadsheet; open it in WPS or Excel and "
                "save it as .xlsx."
            )
        )
    delimiter = max(DELIMITERS, key=beginning.count)

    def rows() -> Iterator[Cells]:
        csv.field_size_limit(CSV_LINE_LIMIT)
        with path.open(encoding=encoding, newline="") as stream:
            for line in csv.reader(stream, delimiter=delimiter):
                yield [_unquoted(cell) for cell in line]

    with path.open("rb") as raw:
        height = sum(1 for _line in raw)
    return Grid(title=path.stem, rows=rows, height=height)


def _unquoted(cell: str) -> str:
    """The text of ="01234", by which other systems keep the digits of a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _encoding(path: Path, start: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            if _decodes(path, encoding):
                return encoding
            raise Refused(_not_a_spreadsheet())
    if b"\x00" in start or start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"Rar!", b"7z")):
        raise Refused(_not_a_spreadsheet())
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise Refused(_not_a_spreadsheet())


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1024 * 1024):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _encrypted() -> str:
    return _("The workbook is protected by a password; save it without one and send it again.")


def _damaged() -> str:
    return _("The workbook is damaged; open it in WPS or Excel, save it again and send that file.")


def _not_a_spreadsheet() -> str:
    return _("This is not a spreadsheet; send an .xlsx, .xls, .ods or .csv file.")
