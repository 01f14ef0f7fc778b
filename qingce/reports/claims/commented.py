"""The checked text as .docx, with a comment at each figure that says what the ledger has.

A document that was handed in is given back as it is; a text becomes a document of its own.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from docx import Document as open_file
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from qingce.reports.claims.checking import AGREES, DIFFERS, NO_INDICATOR, NOT_A_CLAIM, Checked
from qingce.reports.claims.marking import Paragraph, Run, explained, paragraphs
from qingce.reports.claims.words import words_of

LATIN, FANG_SONG, HEI = "Times New Roman", "仿宋_GB2312", "黑体"
SIZES = {"title": Pt(22), "chapter": Pt(16), "text": Pt(16)}
COLOURS = {
    AGREES: RGBColor(0x0B, 0x60, 0x67),
    DIFFERS: RGBColor(0xB3, 0x34, 0x1F),
    NO_INDICATOR: RGBColor(0x8A, 0x5A, 0x00),
}
UNWRITABLE = re.compile("[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
AUTHOR, INITIALS = "青册", "青"


def commented(checked: Checked, out: IO[bytes], document: bytes = b"") -> None:
    """Write to `out` the document that was handed in, or the text as a new one, with its comments.

    Numbers that count nothing stay without a comment.
    """
    file = _in_place(checked, document) if document else _anew(checked)
    file.save(out)


def _in_place(checked: Checked, document: bytes) -> Any:
    """The officer's own document, in which nothing but comments is new."""
    file = open_file(BytesIO(document))
    words = words_of(file)
    for start, end, sentences in reversed(_sayings(checked)):
        if runs := words.runs(start, end, file):
            said = sentences
        else:
            runs = words.near(start, file)
            said = [f"“{words.text[start:end]}”：{sentence}" for sentence in sentences]
        for sentence in said if runs else ():
            _comment(file, runs, sentence)
    return file


def _sayings(checked: Checked) -> list[tuple[int, int, list[str]]]:
    """Where comments stand in the text and what they say, in reading order."""
    found: list[tuple[int, int, list[str]]] = []
    amiss: dict[int, list[str]] = {}
    for finding in checked.findings:
        amiss.setdefault(finding.claims[-1].start, []).append(finding.sentence)
    for one in checked.judged:
        claim = one.claim
        if one.verdict == NOT_A_CLAIM or (found and claim.start < found[-1][1]):
            continue
        found.append((claim.start, claim.end, [explained(one), *amiss.get(claim.start, ())]))
    return found


def _anew(checked: Checked) -> Any:
    file = open_file()
    for paragraph in paragraphs(checked):
        _paragraph(file, paragraph)
    for finding in checked.findings:
        _finding(file, finding.sentence)
    file.core_properties.author = AUTHOR
    return file


def _comment(file: Any, runs: Any, sentence: str) -> None:
    file.add_comment(runs, text=UNWRITABLE.sub("", sentence), author=AUTHOR, initials=INITIALS)


def _paragraph(file: Any, paragraph: Paragraph) -> None:
    block = file.add_paragraph()
    if paragraph.role == "text":
        block.paragraph_format.first_line_indent = SIZES["text"] * 2
    for run in paragraph.runs:
        written = _run(block, run, paragraph.role)
        if run.mark and run.mark != NOT_A_CLAIM:
            _comment(file, written, run.title)


def _run(block: Any, run: Run, role: str) -> Any:
    written = block.add_run(UNWRITABLE.sub("", run.text))
    written.font.size, written.font.name = SIZES[role], LATIN
    east = FANG_SONG if role == "text" else HEI
    written._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)
    if run.mark in COLOURS:
        written.font.color.rgb = COLOURS[run.mark]
        written.font.underline = True
    return written


def _finding(file: Any, sentence: str) -> None:
    block = file.add_paragraph()
    written = _run(block, Run(sentence), "text")
    _comment(file, written, _("Found within the text itself."))
