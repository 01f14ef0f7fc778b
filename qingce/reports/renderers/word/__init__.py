"""A document as .docx by GB/T 9704-2012, in real styles and fields, so that an officer goes on editing.

The section carries the document grid (22 lines of 28 characters) for whoever types on; the styles
carry line pitch and spacing themselves, because Word, WPS and LibreOffice read a grid that is
narrower than its characters in three ways. See docs/decisions/0011.
"""

from __future__ import annotations

import io
from functools import cache
from typing import IO

from docx import Document as new_file

from qingce.reports.document import Document
from qingce.reports.layout import laid_out
from qingce.reports.renderers.word.annex import annex
from qingce.reports.renderers.word.foot import imprint, page_numbers
from qingce.reports.renderers.word.head import head
from qingce.reports.renderers.word.page import page, settings
from qingce.reports.renderers.word.styles import font_table, styles
from qingce.reports.renderers.word.text import Writer


def word(document: Document, out: IO[bytes]) -> None:
    """Write the document with its annex to `out`."""
    file = new_file(io.BytesIO(_blank()))
    layout = laid_out(document)
    page(file.sections[0], letter=layout.paper.is_letter and layout.has_red_head)
    page_numbers(file.sections[0])
    writer = Writer(file, document)
    head(writer, layout)
    for paragraph in layout.body:
        writer.write(paragraph)
    imprint(writer, layout)
    annex(writer, document)
    properties = file.core_properties
    properties.title, properties.author = document.title, document.unit_name
    properties.language = "zh-CN"
    file.save(out)


@cache
def _blank() -> bytes:
    """A file without text but with every style, made once: styles are the slow part."""
    file, out = new_file(), io.BytesIO()
    settings(file)
    font_table(file)
    styles(file)
    file.save(out)
    return out.getvalue()
