"""Measures that Word, PDF and HTML share: the size of the mark, the widths of a table."""

from __future__ import annotations

from collections.abc import Sequence

from qingce.reports.document import Run
from qingce.reports.styles import MM, TYPE_WIDTH
from qingce.reports.typography import cells

WIDEST_MARK, NARROWEST_MARK = 44.0, 22.0  # points


def mark_size(text: str) -> float:
    """Of the issuer's mark: as large as the line holds, within what looks like a mark."""
    return round(min(WIDEST_MARK, max(NARROWEST_MARK, TYPE_WIDTH * MM / (cells(text) or 1) * 0.96)), 1)


def column_widths(rows: Sequence[Sequence[Run]]) -> list[float]:
    """Millimetres: by the longest text of each column, none too narrow and none too greedy."""
    longest = [max(cells(row[place].text) for row in rows) for place in range(len(rows[0]))]
    weights = [min(max(length, 4.5), 18) for length in longest]
    return [round(TYPE_WIDTH * weight / sum(weights), 1) for weight in weights]
