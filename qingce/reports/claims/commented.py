"""The checked text as .docx, with a comment at each figure that says what the ledger has."""

from __future__ import annotations

import re
from typing import IO, Any

from django.utils.translation import gettext as _
from docx import Document as new_file
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from qingce.reports.claims.checking import AGREES, DIFFERS, NO_INDICATOR, NOT_A_CLAIM, Checked
from qingce.reports.claims.marking import Paragraph, Run, paragraphs

LATIN, FANG_SONG, HEI = "Times New Roman", "仿宋_GB2312", "黑体"
SIZES = {"title": Pt(22), "chapter": Pt(16), "text": Pt(16)}
COLOURS = {
    AGREES: RGBColor(0x0B, 0x60, 0x67),
    DIFFERS: RGBColor(0xB3, 0x34, 0x1F),
    NO_INDICATOR: RGBColor(0x8A, 0x5A, 0x00),
}
UNWRITABLE = re.compile("[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
AUTHOR, INITIALS = "青册", "青"


def commented(checked: Checked, out: IO[bytes]) -> None:
    """Write the text to `out`; numbers that count nothing stay without a comment."""
    file = new_file()
    for paragraph in paragraphs(checked):
        _paragraph(file, paragraph)
    for finding in checked.findings:
        _finding(file, finding.sentence)
    file.core_properties.author = AUTHOR
    file.save(out)


def _paragraph(file: Any, paragraph: Paragraph) -> None:
    block = file.add_paragraph()
    if paragraph.role == "text":
        block.paragraph_format.first_line_indent = SIZES["text"] * 2
    for run in paragraph.runs:
        written = _run(block, run, paragraph.role)
        if run.mark and run.mark != NOT_A_CLAIM:
            file.add_comment(written, text=UNWRITABLE.sub("", run.title), author=AUTHOR, initials=INITIALS)


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
    file.add_comment(written, text=_("Found within the text itself."), author=AUTHOR, initials=INITIALS)
