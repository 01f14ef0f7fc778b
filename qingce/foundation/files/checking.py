"""Files on arrival: told by their content and never by their name, refused when they could do harm."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from qingce.foundation.refusals import Refused

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
MOST_PIXELS = 50_000_000
QUALITY = 88
UNPACKED = 500 * MEGABYTE  # of one workbook or document
RATIO = 200  # of unpacked to packed, where it matters
MOST_MEMBERS = 10_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "basic/", "scripts/", "activex/")
OLE_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA", "Macros"))
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True)
class Kind:
    """What a file is: its ending and its type, as we and not its sender call them."""

    ending: str
    type: str


PDF = Kind("pdf", "application/pdf")
JPEG, PNG = Kind("jpg", "image/jpeg"), Kind("png", "image/png")
WEBP = Kind("webp", "image/webp")
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Kind("docx", f"{OFFICE}.wordprocessingml.document")
XLSX = Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet")
ODS = Kind("ods", "application/vnd.oasis.opendocument.spreadsheet")
ODT = Kind("odt", "application/vnd.oasis.opendocument.text")
OLD_OFFICE = Kind("ole", "application/x-ole-storage")
TEXT = Kind("csv", "text/csv")
PICTURES = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}
PAPERS = frozenset({PDF, JPEG, PNG, WEBP, DOCX, XLSX})
SHEETS = frozenset({XLSX, ODS, OLD_OFFICE, TEXT})


def accepted(
    file: File[Any], *, among: Collection[Kind] = PAPERS, largest: int = LARGEST
) -> tuple[File[Any], Kind]:
    """The file as it may be kept, and what it is; Refused when it may not.

    Pictures come back re-encoded: without the place where they were taken and without anything hidden.
    """
    if not file.size:
        raise Refused(_("The file is empty; choose the file again."))
    if file.size > largest:
        raise Refused(_("The file is larger than %d MB; make it smaller first.") % (largest // MEGABYTE))
    kind = recognised(file)
    if kind is None or kind not in among:
        endings = "、".join(sorted(one.ending for one in among if one is not OLD_OFFICE))
        raise Refused(_("This is not one of the files that can be kept: %s.") % endings)
    return (_redrawn(file, kind), kind) if kind in PICTURES.values() else (file, kind)


def recognised(file: IO[bytes] | File[Any]) -> Kind | None:
    """What the content says; raises Refused for macros, passwords and bombs."""
    file.seek(0)
    start = file.read(1024)
    file.seek(0)
    if start.startswith(b"%PDF-"):
        return PDF
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (start[:4], start[8:12]) == (
        b"RIFF",
        b"WEBP",
    ):
        return _picture(file)
    if start.startswith(b"PK\x03\x04"):
        return _zipped(file)
    if start.startswith(OLE):
        return _old_office(file)
    return TEXT if _is_text(file, start) else None


def _zipped(file: Any) -> Kind | None:
    try:
        with zipfile.ZipFile(file) as archive:
            refuse_harm(archive)
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise Refused(
            _("The file is damaged; open it in its program, save it again and send that.")
        ) from None
    finally:
        file.seek(0)
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return XLSX
    return next((kind for kind in (ODS, ODT) if kind.type == mime), None)


def refuse_harm(archive: zipfile.ZipFile) -> None:
    """Refused when a document that is an archive holds macros, a password, a bomb or another archive."""
    members = archive.infolist()
    unpacked = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members) or 1
    if (
        len(members) > MOST_MEMBERS
        or unpacked > UNPACKED
        or (unpacked > 10 * MEGABYTE and unpacked / packed > RATIO)
    ):
        raise Refused(_("The file unpacks to more than any document needs; it was not opened."))
    for one in members:
        name = one.filename.lower().replace("\\", "/")
        if any(mark in name for mark in MACROS):
            raise Refused(
                _("The file holds macros, which could do harm; save it without them (.xlsx or .docx).")
            )
        if one.flag_bits & 1:
            raise Refused(_("The file is protected by a password; save it without one and send it again."))
        if "embeddings/" in name or name.endswith((".zip", ".rar", ".7z", ".exe")):
            raise Refused(_("The file holds other files inside; take them out and send each by itself."))


def _old_office(file: Any) -> Kind:
    content = file.read()
    file.seek(0)
    if ENCRYPTED in content:
        raise Refused(_("The file is protected by a password; save it without one and send it again."))
    if any(mark + b"\x00\x00" in content for mark in OLE_MACROS):
        raise Refused(_("The file holds macros, which could do harm; save it without them (.xlsx or .docx)."))
    return OLD_OFFICE


def _picture(file: Any) -> Kind | None:
    try:
        with _watched(file) as picture:
            return PICTURES.get(picture.format or "")
    finally:
        file.seek(0)


def _watched(file: Any) -> Image.Image:
    """The picture, opened but not yet unpacked; Refused when it is a bomb or broken."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(file, formats=list(PICTURES))
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
            raise Refused(_("The picture cannot be opened; take it or save it again.")) from None
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(_("The picture has more than 50 million points; make it smaller first."))
    return picture


def _redrawn(file: File[Any], kind: Kind) -> File[Any]:
    """The picture drawn anew from its points alone, upright."""
    out = io.BytesIO()
    try:
        with _watched(file) as picture:
            upright = ImageOps.exif_transpose(picture)
            drawn = upright.convert("RGB") if kind is JPEG else upright
            drawn.info = {}
            drawn.save(out, {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}[kind], quality=QUALITY, optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused(_("The picture cannot be opened; take it or save it again.")) from None
    return ContentFile(out.getvalue(), name=file.name)


def _is_text(file: Any, start: bytes) -> bool:
    """A table in one of the country's encodings; never a web page, a program or an archive."""
    if start.startswith((*ARCHIVES, b"MZ", b"\x7fELF", b"#!")):
        return False
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in start or start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<", b"{\\rtf")):
        return False
    content = file.read()
    file.seek(0)
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
