"""The words of a Word document with the place of each, so that a comment can stand at a figure.

Read is what stands on the paper: paragraphs and tables in their order, cells apart by a tab; of
tracked changes what was put in and not what was struck out. Headers, notes and text boxes are not read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, islice
from typing import Any

from docx.oxml.ns import qn
from docx.text.run import Run

AROUND = {
    qn(name)
    for name in ("w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:fldSimple", "w:sdt", "w:sdtContent")
}
SAYING = {qn(name) for name in ("w:t", "w:tab", "w:ptab", "w:br", "w:cr", "w:noBreakHyphen")}
PARAGRAPH, TABLE, ROW, CELL = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc"))
RUN, PROPERTIES, CONTROL = qn("w:r"), qn("w:rPr"), qn("w:sdt")
BLOCKS_AROUND = {qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml")}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Piece:
    """A stretch of text and the element that says it; between paragraphs and cells there is none."""

    text: str
    said_by: Any = None

    @property
    def run(self) -> Any:
        return self.said_by.getparent()

    @property
    def is_boxed(self) -> bool:
        """Within a content control around whole paragraphs: LibreOffice loses their text at a comment."""
        paragraph = next(self.said_by.iterancestors(PARAGRAPH), None)
        return paragraph is not None and next(paragraph.iterancestors(CONTROL), None) is not None


@dataclass(frozen=True)
class Words:
    """The text of a document, and the runs in which a stretch of it stands."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        return "".join(one.text for one in self.pieces)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(one.text) for one in self.pieces), initial=0))

    def runs(self, start: int, end: int, within: Any) -> list[Run]:
        """The runs that say exactly this stretch, cut where they say more; their look stays.

        What stands before the stretch keeps its place, so ask for the last stretch first.
        """
        said = [(at, one) for at, one in self._between(start, end) if one.said_by is not None]
        if not said or any(one.is_boxed for _at, one in said):
            return []
        last_at, last = said[-1]
        _cut(last.said_by, min(end - last_at, len(last.text)))
        first_at, first = said[0]
        head = _cut(first.said_by, max(start - first_at, 0))
        tail = head if last is first else last.run
        return [Run(head, within), Run(tail, within)]

    def near(self, start: int, within: Any) -> list[Run]:
        """The last run before this place, or else the first after it, in which a comment may stand."""
        here = bisect_right(self._starts, start) - 1
        nearest = (*reversed(self.pieces[:here]), *self.pieces[here:])
        found = (one for one in nearest if one.said_by is not None and not one.is_boxed)
        return [Run(one.run, within) for one in islice(found, 1)]

    def _between(self, start: int, end: int) -> Iterator[tuple[int, Piece]]:
        place = bisect_right(self._starts, start) - 1
        while place < len(self.pieces) and self._starts[place] < end:
            yield self._starts[place], self.pieces[place]
            place += 1


def words_of(document: Any) -> Words:
    return Words(tuple(_joined(_blocks(document.element.body), "\n")))


def _blocks(parent: Any) -> Iterator[Iterable[Piece]]:
    """Each paragraph, and each row of a table."""
    for block in _inside(parent, {PARAGRAPH, TABLE}):
        if block.tag == PARAGRAPH:
            yield _pieces(block)
        else:
            yield from (_joined(_cells(row), "\t") for row in _inside(block, {ROW}))


def _cells(row: Any) -> Iterator[Iterable[Piece]]:
    """What each cell says, in one line; a table within it too."""
    for cell in _inside(row, {CELL}):
        said = [said for block in _blocks(cell) if (said := list(block))]
        yield (replace(one, text=one.text.replace("\n", " ")) for one in _joined(said, " "))


def _inside(parent: Any, tags: set[str]) -> Iterator[Any]:
    """Children of these sorts, also within content controls and tracked insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in BLOCKS_AROUND:
            yield from _inside(child, tags)


def _pieces(parent: Any) -> Iterator[Piece]:
    for child in parent:
        if child.tag == RUN:
            yield from (Piece(text, one) for one in child if one.tag in SAYING and (text := _says(one)))
        elif child.tag in AROUND:
            yield from _pieces(child)


def _says(element: Any) -> str:
    return str(element).replace("\r", "\n")


def _joined(parts: Iterable[Iterable[Piece]], between: str) -> Iterator[Piece]:
    for place, part in enumerate(parts):
        if place:
            yield Piece(between)
        yield from part


def _cut(said_by: Any, offset: int) -> Any:
    """The run that begins at this character; cut from what stands before it when something does."""
    run, text = said_by.getparent(), _says(said_by)
    content = [one for one in run if one.tag != PROPERTIES]
    after = content[content.index(said_by) + 1 :]
    if (offset == 0 and said_by is content[0]) or (offset == len(text) and not after):
        return run
    cut = run.makeelement(RUN, run.attrib)
    cut.extend(deepcopy(one) for one in run if one.tag == PROPERTIES)
    if offset == 0:
        cut.append(said_by)
    elif offset < len(text):
        cut.append(_second_part(said_by, text, offset))
    cut.extend(after)
    run.addnext(cut)
    return cut


def _second_part(said_by: Any, text: str, offset: int) -> Any:
    """The rest of a text that is shortened to its first part."""
    rest = deepcopy(said_by)
    said_by.text, rest.text = text[:offset], text[offset:]
    for one in (said_by, rest):
        one.set(SPACE, "preserve")
    return rest
