"""One document, several forms: chosen by the ending of the file's name."""

from __future__ import annotations

import io
from pathlib import PurePath

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.reports.document import Document
from qingce.reports.renderers.html import html
from qingce.reports.renderers.markdown import markdown

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}


def ending_of(name: str) -> str:
    """The ending of a file name, when a document can be written so; Refused otherwise."""
    ending = PurePath(name).suffix.lower()
    if ending not in MEDIA_TYPES:
        raise Refused(
            _("“%(name)s” cannot be written. Choose one of these endings: %(endings)s.")
            % {"name": name, "endings": "、".join(MEDIA_TYPES)}
        )
    return ending


def render(document: Document, ending: str) -> bytes:
    """The bytes of the file."""
    if ending == ".docx":
        # Loaded only here: python-docx would take a sixth of the server's start.
        from qingce.reports.renderers.word import word

        out = io.BytesIO()
        word(document, out)
        return out.getvalue()
    if ending == ".pdf":
        from qingce.reports.renderers.pdf import pdf

        return pdf(document)
    return (html if ending == ".html" else markdown)(document).encode()
