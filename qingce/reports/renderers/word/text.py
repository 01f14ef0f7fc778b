"""Paragraphs of the text: runs, links behind figures, indents, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from qingce.reports.document import Document, Run
from qingce.reports.layout import Paragraph
from qingce.reports.renderers.measures import column_widths
from qingce.reports.renderers.word.elements import bookmark, element, put, run_of, switch
from qingce.reports.renderers.word.styles import CHARACTER, FIGURE, GAP, NAME
from qingce.reports.renderers.word.tables import table
from qingce.reports.styles import MM, PITCH, STYLES, TYPE_WIDTH
from qingce.reports.typography import broken

NUMBER = re.compile(r"[0-9][0-9.]+%?|[0-9]+%")
NEAR = 4  # characters


class Writer:
    """Writes paragraphs of a layout into a file, each figure as a link to its row of the annex."""

    def __init__(self, file: Any, document: Document) -> None:
        self.body = file.element.body
        self.sections = file.sections
        self.ids = {key: file.styles[style.word].style_id for key, style in STYLES.items()}
        self.place_of = document.place_of
        self.seen: set[int] = set()

    def write(self, paragraph: Paragraph) -> Any:
        """Add the paragraph at the end of the text; its element."""
        return self.add(self.table(paragraph) if paragraph.rows else self.written(paragraph))

    def written(self, paragraph: Paragraph) -> Any:
        made = self.paragraph(paragraph.style)
        self.measured(made, paragraph)
        if paragraph.style == "title":
            self.title(made, paragraph)
        else:
            self.fill(made, paragraph.runs, first=STYLES[paragraph.style].first)
        if paragraph.far:
            self.far(made, paragraph)
        return made

    def add(self, made: Any) -> Any:
        self.body.sectPr.addprevious(made)
        return made

    def paragraph(self, style: str) -> Any:
        made = element("p")
        put(made.get_or_add_pPr(), "pStyle", val=self.ids[style])
        return made

    def title(self, made: Any, paragraph: Paragraph) -> None:
        """One paragraph, so that it is one heading; its lines parted where the sense parts them."""
        for place, run in enumerate(paragraph.runs):
            written = run_of(run.text)
            if place:
                written.insert(0, element("br"))
            made.append(written)

    def fill(self, made: Any, runs: Sequence[Run], *, first: float = 0) -> None:
        """Write the runs; `first` cells are left free at the beginning of the first line."""
        numbers = at_line_ends("".join(run.text for run in runs), first)
        place = 0
        for run in runs:
            pieces = cut_at(run.text, [(a - place, b - place) for a, b in numbers])
            place += len(run.text)
            if number := self.place_of(run):
                made.extend(self.linked(run, number, pieces))
            else:
                made.extend(_runs(pieces, GAP if run.gap else ""))

    def linked(self, run: Run, place: int, pieces: Sequence[tuple[str, bool]]) -> list[Any]:
        """A link inside the file; the first one of a figure is what the annex links back to."""
        link = element("hyperlink", anchor=f"source_{place}", history="1")
        link.extend(_runs(pieces, GAP if run.gap else FIGURE))
        if place in self.seen:
            return [link]
        self.seen.add(place)
        return bookmark(link, f"figure_{place}", place)

    def measured(self, made: Any, paragraph: Paragraph) -> None:
        """Blank lines above, indents in cells, and what keeps it on the page of the next."""
        properties = made.pPr
        if paragraph.above:
            put_spacing(properties, paragraph.above, STYLES[paragraph.style].pitch)
        if paragraph.left or paragraph.right or paragraph.hang:
            indented(properties, paragraph)
        if paragraph.tied and not STYLES[paragraph.style].tied:
            switch(properties, "keepNext", True)

    def far(self, made: Any, paragraph: Paragraph) -> None:
        """The second half of the line, pushed to the right edge by a tab."""
        edge = round(TYPE_WIDTH * MM * 20 - paragraph.right * CHARACTER * 20)
        put(made.pPr, "tabs").append(element("tab", val="right", pos=edge))
        tab = element("r")
        tab.append(element("tab"))
        made.append(tab)
        self.fill(made, paragraph.far[:1])
        for run in paragraph.far[1:]:
            made.append(run_of(run.text, NAME))

    def table(self, paragraph: Paragraph) -> Any:
        """A ruled table; its first row is repeated on every page."""
        rows = [[self.cell([run], place, column) for column, run in enumerate(cells)]
                for place, cells in enumerate(paragraph.rows)]  # fmt: skip
        return table(rows, column_widths(paragraph.rows))

    def cell(self, runs: Sequence[Run], row: int, column: int) -> Any:
        made = self.paragraph("cell")
        if not row or column:
            put(made.pPr, "jc", val="center")
        self.fill(made, runs)
        return made


def _runs(pieces: Sequence[tuple[str, bool]], style: str) -> Iterator[Any]:
    for text, whole in pieces:
        run = run_of(text, style)
        if whole:
            put(run.get_or_add_rPr(), "lang", val="en-US", eastAsia="zh-CN")
        yield run


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
    return [piece for piece in pieces if piece[0]]


def put_spacing(properties: Any, lines: float, pitch: float) -> None:
    put(properties, "spacing", before=round(lines * PITCH * 20), line=round(pitch * 20), lineRule="exact")


def indented(properties: Any, paragraph: Paragraph) -> None:
    """Indents in characters, which Word keeps when the font is changed, and in points for others."""
    cell = (STYLES[paragraph.style].size + CHARACTER - 16) * 20
    left = paragraph.left + paragraph.hang
    first = "hanging" if paragraph.hang else "firstLine"
    put(
        properties, "ind", leftChars=round(left * 100), left=round(left * cell),
        rightChars=round(paragraph.right * 100), right=round(paragraph.right * cell),
        **{f"{first}Chars": round(paragraph.hang * 100), first: round(paragraph.hang * cell)},
    )  # fmt: skip
