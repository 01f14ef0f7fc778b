"""A document laid out by GB/T 9704-2012: which paragraphs stand on the paper, in which style.

Word, PDF and HTML draw the same layout, so that a rule of the standard is written once. Measures
are cells (a character of size 3) and lines of the grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qingce.reports.document import Block, Document, Run
from qingce.reports.paper import Paper
from qingce.reports.titles import by_sense
from qingce.reports.typography import cells, full_width

SEALED_RIGHT, BARE_RIGHT = 4, 2  # cells that the date (the name) keeps from the right edge
ROOM_FOR_SEAL = 2  # lines above the name: the seal's top then stands within a line of the text
ATTACHED = "附件："


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the page; `style` is a name of `styles.STYLES`."""

    style: str
    runs: tuple[Run, ...]
    above: int = 0  # blank lines
    left: float = 0  # cells that every line keeps from the left …
    right: float = 0  # … and from the right edge
    hang: float = 0  # cells by which the lines after the first begin further right
    far: tuple[Run, ...] = ()  # at the right end of the same line; a second run is a name, in 楷体
    rows: tuple[tuple[Run, ...], ...] = ()
    tied: bool = False  # stays on the page of the next paragraph

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Layout:
    """The parts of a paper from top to bottom."""

    paper: Paper
    head: tuple[Paragraph, ...]  # above the rule
    body: tuple[Paragraph, ...]
    imprint: tuple[Paragraph, ...]  # at the foot of the last even page

    @property
    def has_red_head(self) -> bool:
        return bool(self.head)


def laid_out(document: Document) -> Layout:
    paper = document.paper
    head = tuple(_head(paper))
    body = [*_titles(document, after_head=bool(head)), *_addressee(paper), *_text(document)]
    end = [*_attachments(paper), *_signature(paper), *_note(paper)]
    return Layout(paper, head, (*_tied(body, end), *end), tuple(_imprint(paper)))


def _plain(style: str, text: str, **measures: object) -> Paragraph:
    return Paragraph(style, (Run(full_width(text)),), **measures)  # type: ignore[arg-type]


# Above the red rule


def _head(paper: Paper) -> Iterator[Paragraph]:
    if not (paper.red_head and (paper.masthead or paper.issuer)):
        return
    for style, text in (
        ("marked", paper.copy_number),
        ("secrecy", paper.secrecy),
        ("secrecy", paper.urgency),
    ):
        if text:
            yield _plain(style, text)
    if paper.masthead:
        yield _plain("mark", paper.masthead)
        yield _plain("issue", _issue(paper))
        yield replace(
            _plain("number", paper.editor, left=1, right=1), far=_runs(paper.printed_on or paper.dated)
        )
        return
    yield _plain("mark", paper.issuer if paper.is_letter else f"{paper.issuer}文件")
    if paper.is_letter:
        yield _plain("letter_number", paper.number)
    elif paper.signatory:
        signatory = (Run("签发人："), Run(paper.signatory))
        yield Paragraph("number_upward", _runs(paper.number), above=2, left=1, right=1, far=signatory)
    else:
        yield _plain("number", paper.number, above=2)


def _issue(paper: Paper) -> str:
    return paper.issue + (f"（{paper.total_issue}）" if paper.total_issue else "")


def _runs(text: str) -> tuple[Run, ...]:
    return (Run(full_width(text)),) if text else ()


# Title, addressee, text


def _titles(document: Document, *, after_head: bool) -> Iterator[Paragraph]:
    titles = [block for block in document.blocks if block.role in ("title", "subtitle")]
    for place, block in enumerate(titles):
        above = 2 if after_head and not place else 0
        if block.role == "subtitle":
            yield replace(_from(block, "subtitle"), above=above, tied=True)
            continue
        lines = by_sense(full_width(block.text), names=(document.unit_name,))
        yield Paragraph("title", tuple(Run(line) for line in lines), above=above, tied=True)


def _addressee(paper: Paper) -> Iterator[Paragraph]:
    if paper.addressee:
        yield _plain("addressee", paper.addressee.rstrip("：:") + "：", above=1)


def _text(document: Document) -> Iterator[Paragraph]:
    """The blocks beneath the title; a blank line parts them from it where no addressee does."""
    above = 0 if document.paper.addressee else 1
    for block in document.body:
        if block.role == "subtitle":
            continue
        if block.role == "table" and block.runs:
            yield Paragraph("caption", in_full_width(block.runs), above=above)
            above = 0
        yield replace(_from(block, STYLE_OF_ROLE.get(block.role, "text")), above=above)
        above = 0


STYLE_OF_ROLE = {
    "chapter": "chapter", "point": "point", "item": "item", "subitem": "subitem", "closing": "closing",
    "table": "cell",
}  # fmt: skip


def _from(block: Block, style: str) -> Paragraph:
    rows = tuple(tuple(replace(run, text=full_width(run.text)) for run in row) for row in block.rows)
    return Paragraph(style, () if rows else in_full_width(block.runs), rows=rows)


def in_full_width(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with Chinese punctuation; a mark is judged by its neighbours across the runs."""
    whole = full_width("".join(run.text for run in runs))
    if len(whole) != sum(len(run.text) for run in runs):  # a mark became longer: each run by itself
        return tuple(replace(run, text=full_width(run.text)) for run in runs)
    place, changed = 0, []
    for run in runs:
        changed.append(replace(run, text=whole[place : place + len(run.text)]))
        place += len(run.text)
    return tuple(changed)


# Attachment note, signature, date, note


def _attachments(paper: Paper) -> Iterator[Paragraph]:
    names = [name.rstrip("。；，;,.") for name in paper.attachments]
    many = len(names) > 1
    for place, name in enumerate(names, 1):
        number = f"{place}. " if many else ""
        start = cells(ATTACHED) + 2
        label = ATTACHED if place == 1 else ""
        yield _plain(
            "attachment",
            f"{label}{number}{name}",
            above=int(place == 1),
            left=2 if label else start,
            hang=cells(number) + (cells(ATTACHED) if label else 0),
            tied=True,
        )


def _tied(body: list[Paragraph], end: Sequence[Paragraph]) -> list[Paragraph]:
    """The last paragraph stays with the signature: a page with a signature alone is not allowed."""
    if not end or not body or body[-1].rows:
        return body
    return [*body[:-1], replace(body[-1], tied=True)]


def _signature(paper: Paper) -> Iterator[Paragraph]:
    """Name over date; with a seal centred over the date, without one two cells before it."""
    name, date = cells(paper.signed_by), cells(paper.dated)
    above = ROOM_FOR_SEAL if paper.sealed else 1
    if paper.sealed:
        date_right = SEALED_RIGHT + max(0.0, (name - date) / 2 - SEALED_RIGHT)
        name_right = date_right + (date - name) / 2
    else:
        name_right = max(BARE_RIGHT, BARE_RIGHT + 2 + date - name)
        date_right = name_right + name - date - 2 if name else BARE_RIGHT + 2
    if paper.signed_by:
        yield _plain("signature", paper.signed_by, above=above, right=name_right, tied=bool(paper.dated))
    if paper.dated:
        yield _plain("date", paper.dated, above=0 if paper.signed_by else above, right=date_right)


def _note(paper: Paper) -> Iterator[Paragraph]:
    if paper.note:
        yield _plain("note", f"（{paper.note.strip('（）()')}）", left=0)


# The imprint


def _imprint(paper: Paper) -> Iterator[Paragraph]:
    if not paper.has_imprint or paper.form == "plain":
        return
    if paper.copies_to:
        label = "" if re.match(r"(抄送|报|送|发|报送)[：:]", paper.copies_to) else "抄送："
        yield _plain("imprint", label + paper.copies_to.rstrip("。.") + "。", left=1, right=1, hang=3)
    if paper.printer and not paper.is_letter:
        day = paper.printed_on or paper.dated
        yield replace(
            _plain("imprint", paper.printer, left=1, right=1), far=_runs(f"{day}印发" if day else "")
        )
    if paper.copies:
        yield Paragraph("copies", (), left=1, right=1, far=_runs(f"（{paper.copies.strip('（）')}）"))
