"""The text of a file: plain text in the usual encodings, or the paragraphs and tables of a .docx."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from qingce.foundation.files.checking import DOCX, TEXT, accepted
from qingce.foundation.refusals import Refused

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST = 5 * 1024 * 1024
LONGEST = 200_000  # characters of one text


def text_of_file(path: Path) -> str:
    """The text of a file on disk; Refused when there is none or it cannot be read."""
    if not path.is_file():
        raise Refused(_("There is no file %s.") % path)
    return text_of(ContentFile(path.read_bytes(), name=path.name))


def text_of(file: File[Any]) -> str:
    """The text of an uploaded file, which passes the house's checks first."""
    checked, kind = accepted(file, among={DOCX, TEXT}, largest=LARGEST)
    checked.seek(0)
    content = checked.read()
    return bounded(_of_word(BytesIO(content)) if kind is DOCX else _decoded(content))


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


def _of_word(file: IO[bytes]) -> str:
    """Paragraphs and tables in the order in which they stand; cells apart by a tab."""
    from docx import Document
    from docx.table import Table

    try:
        document = Document(file)
    except Exception:  # python-docx raises whatever its parser met
        raise Refused(
            _("The .docx cannot be read; open it in its program, save it again and send that.")
        ) from None
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(_cells(row)) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _cells(row: Any) -> list[str]:
    """The texts of a row; a merged cell once."""
    seen: list[Any] = []
    for cell in row.cells:
        if not seen or cell._tc is not seen[-1]._tc:
            seen.append(cell)
    return [cell.text.replace("\n", " ") for cell in seen]
