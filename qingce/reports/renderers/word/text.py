"""Paragraphs of the text: runs, links behind figures, indents, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm

from qingce.reports.document import Document, Run
from qingce.reports.layout import Paragraph
from qingce.reports.renderers.word.elements import bookmark, element, put, switch
from qingce.reports.renderers.word.styles import CHARACTER, FIGURE, GAP
from qingce.reports.styles import PITCH, STYLES, TYPE_WIDTH
from qingce.reports.typography import broken

NUMBER = re.compile(r"[0-9][0-9.]+%?|[0-9]+%")
NEAR = 4  # characters


class Writer:
    """Writes paragraphs of a layout into a file, each figure as a link to its row of the annex."""

    def __init__(self, file: Any, document: Document) -> None:
        self.file = file
        self.places = {source.code: source.place for source in document.sources}
        self.seen: set[str] = set()

    def write(self, paragraph: Paragraph) -> Any:
        if paragraph.rows:
            return self.table(paragraph)
        made = self.file.add_paragraph(style=STYLES[paragraph.style].word)
        self.measured(made, paragraph)
        if paragraph.style == "title":
            self.title(made, paragraph)
        else:
            self.fill(made, paragraph.runs, first=STYLES[paragraph.style].first)
        if paragraph.far:
            self.far(made, paragraph)
        return made

    def title(self, made: Any, paragraph: Paragraph) -> None:
        """One paragraph, so that it is one heading; its lines parted where the sense parts them."""
        for place, run in enumerate(paragraph.runs):
            written = made.add_run()
            if place:
                written._r.append(element("br"))
            written.add_text(run.text)

    def fill(self, made: Any, runs: Sequence[Run], *, first: float = 0) -> None:
        """Write the runs; `first` cells are left free at the beginning of the first line."""
        numbers = at_line_ends("".join(run.text for run in runs), first)
        place = 0
        for run in runs:
            pieces = cut_at(run.text, [(a - place, b - place) for a, b in numbers])
            place += len(run.text)
            if run.figure:
                self.linked(made, run, pieces)
            else:
                self.runs(made, pieces, GAP if run.gap else None)

    def runs(self, made: Any, pieces: Sequence[tuple[str, bool]], style: str | None) -> list[Any]:
        written = []
        for text, whole in pieces:
            run = made.add_run(text, style=style)
            if whole:
                put(run._r.get_or_add_rPr(), "lang", val="en-US", eastAsia="zh-CN")
            written.append(run._r)
        return written

    def linked(self, made: Any, run: Run, pieces: Sequence[tuple[str, bool]]) -> None:
        """A link inside the file; the first one of a figure is what the annex links back to."""
        place = self.places[run.figure]
        link = element("hyperlink", anchor=f"source_{place}", history="1")
        for piece in self.runs(made, pieces, GAP if run.gap else FIGURE):
            link.append(piece)
        made._p.append(link)
        if run.figure not in self.seen:
            self.seen.add(run.figure)
            bookmark(link, f"figure_{place}", place)

    def measured(self, made: Any, paragraph: Paragraph) -> None:
        """Blank lines above, indents in cells, and what keeps it on the page of the next."""
        properties = made._p.get_or_add_pPr()
        if paragraph.above:
            put_spacing(properties, paragraph.above, STYLES[paragraph.style].pitch)
        if paragraph.left or paragraph.right or paragraph.hang:
            indented(properties, paragraph)
        if paragraph.tied and not STYLES[paragraph.style].tied:
            switch(properties, "keepNext", True)

    def far(self, made: Any, paragraph: Paragraph) -> None:
        """The second half of the line, pushed to the right edge by a tab."""
        properties = made._p.get_or_add_pPr()
        edge = round(TYPE_WIDTH / 25.4 * 1440 - paragraph.right * CHARACTER * 20)
        put(properties, "tabs").append(element("tab", val="right", pos=edge))
        made.add_run("\t")
        self.fill(made, paragraph.far)

    def table(self, paragraph: Paragraph) -> Any:
        """A ruled table; its first row is repeated on every page."""
        columns = len(paragraph.rows[0])
        table = self.file.add_table(rows=0, cols=columns, style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Mm(width) for width in column_widths(paragraph.rows)]
        for place, cells in enumerate(paragraph.rows):
            row = table.add_row()
            row._tr.get_or_add_trPr().append(element("cantSplit"))
            if not place:
                row._tr.get_or_add_trPr().append(element("tblHeader"))
            for column, (cell, run) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[column]
                written = cell.paragraphs[0]
                written.style = STYLES["cell"].word
                if not place or column:
                    put(written._p.get_or_add_pPr(), "jc", val="center")
                self.fill(written, [run])
        return table


def at_line_ends(text: str, first: float) -> list[tuple[int, int]]:
    """The numbers near the end of a line, where LibreOffice would cut them in two.

    It cuts words of a Chinese language anywhere, and it takes the font of another language from
    elsewhere when the official one is missing. So only these few numbers are called English.
    """
    ends, place = [], 0
    for line in broken(text, first=first):
        place += len(line)
        ends.append(place)
    numbers = [(one.start(), one.end()) for one in NUMBER.finditer(text)]
    return [(a, b) for a, b in numbers if any(a - NEAR <= end <= b + NEAR for end in ends[:-1])]


def cut_at(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the spans."""
    pieces, done = [], 0
    for begin, end in spans:
        begin, end = max(begin, done), min(end, len(text))
        if begin < end:
            pieces += [(text[done:begin], False), (text[begin:end], True)]
            done = end
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]] or [("", False)]


def put_spacing(properties: Any, lines: float, pitch: float) -> None:
    put(properties, "spacing", before=round(lines * PITCH * 20), line=round(pitch * 20), lineRule="exact")


def indented(properties: Any, paragraph: Paragraph) -> None:
    """Indents in characters, which Word keeps when the font is changed, and in points for others."""
    cell = round((STYLES[paragraph.style].size + (CHARACTER - 16)) * 20)
    left, hang = paragraph.left + paragraph.hang, paragraph.hang
    attributes = {
        "leftChars": round(left * 100), "left": round(left * cell),
        "rightChars": round(paragraph.right * 100), "right": round(paragraph.right * cell),
    }  # fmt: skip
    if hang:
        attributes |= {"hangingChars": round(hang * 100), "hanging": round(hang * cell)}
    else:
        attributes |= {"firstLineChars": 0, "firstLine": 0}
    put(properties, "ind", **attributes)


def column_widths(rows: Sequence[Sequence[Run]]) -> list[float]:
    """Millimetres: by the longest text of each column, the first one at least a quarter."""
    longest = [max(len(row[place].text) for row in rows) for place in range(len(rows[0]))]
    weights = [min(max(length, 4), 18) for length in longest]
    return [TYPE_WIDTH * weight / sum(weights) for weight in weights]
