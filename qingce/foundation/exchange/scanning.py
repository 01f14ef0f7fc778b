"""A first look inside an .xlsx: what the fast reader does not tell, and what would harm it.

The fast reader gives values only. Formulas never calculated, error cells and hidden rows are found
here, in one pass over the bytes of each worksheet; the same pass measures what a file that lies
about its size would unpack to.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused

UNPACKED_LIMIT = 600 * 1024 * 1024  # bytes; 1.5 million members are about 400 MB
CELL_LIMIT = 25_000_000  # the fast reader sets aside memory for the whole rectangle
CHUNK = 1024 * 1024

SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
SHEET_ID = re.compile(rb'\s\w+:id="([^"]+)"')
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
# The bracket or the prefix is looked back for: a pattern that begins with a letter is found much faster.
ROW_NUMBER = re.compile(rb'row(?<=[<:]row)\s[^>]*?\br="(\d+)"')
COLUMN_LETTERS = re.compile(rb'c(?<=[<:]c)\s[^>]*?\br="([A-Z]+)\d')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*?\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>.*?<(?:\w+:)?v>([^<]*)', re.S
)
UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass
class Scan:
    """What one worksheet holds beside its values; rows and columns count from 0."""

    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    rows: int = 0
    columns: int = 0


def scan(path: Path) -> list[Scan]:
    """One scan for each worksheet, in the order of the workbook; raises `Refused`."""
    with zipfile.ZipFile(path) as archive:
        _refuse_bomb(archive)
        worksheets = _worksheets(archive)
        scans = [_scan(archive, member) for member in worksheets]
        _unpack_the_rest(archive, set(worksheets))
    return scans


def column_number(letters: bytes) -> int:
    """“A” is 0, “AA” is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    if sum(member.file_size for member in archive.infolist()) > UNPACKED_LIMIT:
        raise Refused(
            _("Unpacked, this workbook is larger than %(limit)d MB; split it into several files.")
            % {"limit": UNPACKED_LIMIT // 1024**2}
        )


def _worksheets(archive: zipfile.ZipFile) -> list[str]:
    book = archive.read("xl/workbook.xml")
    relations = {}
    for tag in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        relations[_attribute(tag, b"Id")] = _attribute(tag, b"Target")
    targets = [
        relations.get(match[1].decode(), "") if (match := SHEET_ID.search(tag)) else ""
        for tag in SHEET.findall(book)
    ]
    return [posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for target in targets]


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return html.unescape(found[1].decode()) if found else ""


def _scan(archive: zipfile.ZipFile, member: str) -> Scan:
    found = Scan()
    if member in archive.namelist():
        for piece in _whole_rows(archive, member):
            _look_through(piece, found)
    if found.rows * found.columns > CELL_LIMIT:
        raise Refused(
            _(
                "A worksheet reaches to row %(rows)d and column %(columns)d; delete the far cells "
                "or copy the table into a new workbook."
            )
            % {"rows": found.rows, "columns": found.columns}
        )
    return found


def _whole_rows(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    rest = b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            rest += chunk
            cut = rest.rfind(b"row>")
            if cut > 0:
                yield rest[: cut + 4]
                rest = rest[cut + 4 :]
    yield rest


def _look_through(piece: bytes, found: Scan) -> None:
    numbers = ROW_NUMBER.findall(piece)
    if numbers:
        found.rows = max(found.rows, max(map(int, numbers)))
        letters = set(COLUMN_LETTERS.findall(piece))
        found.columns = max(found.columns, 1 + max(map(column_number, letters), default=0))
    if b"hidden=" in piece:
        found.hidden.update(int(number) - 1 for number in HIDDEN_ROW.findall(piece))
    if b't="e"' in piece:
        for letters_, number, error in ERROR_CELL.findall(piece):
            found.errors[int(number) - 1, column_number(letters_)] = error.decode()
    if b"<f" in piece or b":f" in piece:
        for letters_, number in UNCALCULATED.findall(piece):
            found.uncalculated.add((int(number) - 1, column_number(letters_)))


def _unpack_the_rest(archive: zipfile.ZipFile, seen: set[str]) -> None:
    """Read every other part once: a part longer than it claims fails its checksum here."""
    for member in archive.infolist():
        if member.filename not in seen and member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                while stream.read(CHUNK):
                    pass
