"""Ruled tables of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qingce.reports.renderers.word.elements import element
from qingce.reports.styles import MM


def table(rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> Any:
    """A table of paragraphs, one to a cell, with columns of so many millimetres; no row is cut by a page."""
    twips = [round(width * MM * 20) for width in widths]
    made = element("tbl")
    properties = element("tblPr")
    properties.append(element("tblStyle", val="TableGrid"))
    properties.append(element("tblW", w=sum(twips), type="dxa"))
    properties.append(element("jc", val="center"))
    properties.append(element("tblLayout", type="fixed"))
    made.append(properties)
    grid = element("tblGrid")
    grid.extend(element("gridCol", w=width) for width in twips)
    made.append(grid)
    made.extend(_row(cells, twips, repeated=not place) for place, cells in enumerate(rows))
    return made


def _row(cells: Sequence[Any], twips: Sequence[int], *, repeated: bool) -> Any:
    made = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    if repeated:
        properties.append(element("tblHeader"))
    made.append(properties)
    for paragraph, width in zip(cells, twips, strict=True):
        cell = element("tc")
        about = element("tcPr")
        about.append(element("tcW", w=width, type="dxa"))
        about.append(element("vAlign", val="center"))
        cell.append(about)
        cell.append(paragraph)
        made.append(cell)
    return made
