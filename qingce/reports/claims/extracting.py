"""What is handed in: plain text in the usual encodings, or a .docx with its paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from qingce.foundation.files.checking import DOCX, TEXT, accepted
from qingce.foundation.refusals import Refused

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST = 5 * 1024 * 1024
LONGEST = 200_000  # characters of one text


@dataclass(frozen=True)
class Received:
    """What was handed in: its text, and of a Word document the document itself."""

    text: str
    document: bytes = b""


def received_from(path: Path) -> Received:
    """The file on disk; Refused when there is none or it cannot be read."""
    if not path.is_file():
        raise Refused(_("There is no file %s.") % path)
    return received(ContentFile(path.read_bytes(), name=path.name))


def received(file: File[Any]) -> Received:
    """An uploaded file, which passes the house's checks first."""
    checked, kind = accepted(file, among={DOCX, TEXT}, largest=LARGEST)
    checked.seek(0)
    content = checked.read()
    if kind is DOCX:
        return Received(bounded(_of_word(content)), content)
    return Received(bounded(_decoded(content)))


def bounded(text: str) -> str:
    """The text, when it holds anything and is not too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused(_("There is no text to read; paste it or choose a file that holds some."))
    if len(text) > LONGEST:
        raise Refused(_("The text has more than %d characters; check it in parts.") % LONGEST)
    return text


def _decoded(content: bytes) -> str:
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf_16 else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("The text is in an unknown encoding; save it as UTF-8 and send that."))


def _of_word(content: bytes) -> str:
    from docx import Document

    from qingce.reports.claims.words import words_of

    try:
        return words_of(Document(BytesIO(content))).text
    except Exception:  # python-docx raises whatever its parser met
        raise Refused(
            _("The .docx cannot be read; open it in its program, save it again and send that.")
        ) from None
