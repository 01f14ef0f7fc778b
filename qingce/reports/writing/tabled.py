"""A table in the text: one piece that says what its rows are, drawn anew like every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.refusals import Refused
from qingce.reports.outline import TABLES, Table
from qingce.reports.writing.runs import Piece, Pieces
from qingce.reports.writing.typed import typed_numbers

if TYPE_CHECKING:
    from qingce.reports.facts import Fact

TABLE = "table"
COLUMN = "名称"


def piece_of(table: Table, caption: str) -> Piece:
    """The table as it is stored in a paragraph."""
    codes = table.fact if table.sort == "records" else " ".join(table.codes)
    column = table.column if table.sort == "records" else ""
    return Piece(TABLE, caption, code=table.sort, codes=codes, otherwise=column)


def table_of(piece: Piece, facts: dict[str, Fact]) -> Table:
    """The table that a piece asks for, without what the catalogue no longer knows."""
    codes = piece.codes.split()
    if piece.code == "records" and codes and codes[0] in facts:
        return Table("records", fact=codes[0], column=piece.otherwise or COLUMN)
    sort = piece.code if piece.code in TABLES and piece.code != "records" else "figures"
    return Table(sort, codes=tuple(code for code in codes if code in indicators()))


def admit_table(piece: Piece, facts: dict[str, Fact]) -> None:
    """Refuse a table that nothing can be drawn from, or a figure typed into its caption."""
    known = facts if piece.code == "records" else indicators()
    if piece.code not in TABLES:
        raise Refused(_("There is no table of “%s”.") % piece.code)
    for code in piece.codes.split():
        if code not in known:
            raise Refused(_("There is no figure “%s” in the catalogue.") % code)
    if typed := typed_numbers(piece.text + piece.otherwise):
        raise Refused(_("“%s” is typed by hand: no record stands behind it.") % typed[0].raw)


def refuse_mixed(pieces: Pieces, *, is_table: bool) -> None:
    """A table is a paragraph of its own, and nothing else stands in it."""
    tables = sum(piece.sort == TABLE for piece in pieces)
    if tables != is_table or (is_table and len(pieces) != 1):
        raise Refused(_("A table is a paragraph of its own: add it below, and write its words above it."))
