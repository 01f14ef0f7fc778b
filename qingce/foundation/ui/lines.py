"""The lines of a long table, joined from plain cells: a template costs a millisecond for fifty."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def joined(line: str, rows: Iterable[Iterable[object]]) -> SafeString:
    """`line` filled with the cells of each row; every cell is taken as text and escaped."""
    return SafeString("\n".join(line.format(*[escape(str(cell)) for cell in row]) for row in rows))
