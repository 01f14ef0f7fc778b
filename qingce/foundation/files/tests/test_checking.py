"""Files on arrival: told by content, refused with a way out when they could do harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from qingce.foundation.files import checking
from qingce.foundation.files.checking import DOCX, JPEG, PDF, SHEETS, TEXT, XLSX, accepted
from qingce.foundation.files.giving import safe_name
from qingce.foundation.files.keeping import KeptOnce
from qingce.foundation.refusals import Refused

GPS = 0x8825


def sent(content: bytes, name: str = "照片.jpg") -> ContentFile:
    return ContentFile(content, name=name)


def office(main: str, *others: str) -> bytes:
    """The same bytes each time: tests are called after them, and two workers must collect the same ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (main, *others):
            archive.writestr(zipfile.ZipInfo(name), b"<x/>")
    return out.getvalue()


def photo(form: str = "JPEG") -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(GPS)[2] = (30.0, 15.0, 1.0)
    Image.new("RGB", (8, 4), "teal").save(out, form, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 x", PDF),
        (photo(), JPEG),
        (office("word/document.xml"), DOCX),
        (office("xl/workbook.xml"), XLSX),
    ],
)
def test_the_content_says_what_a_file_is(content: bytes, kind: checking.Kind) -> None:
    assert accepted(sent(content, "whatever.exe"))[1] == kind


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_text_table_in_any_encoding_of_the_country_is_a_sheet(encoding: str) -> None:
    assert accepted(sent("姓名,电话\n".encode(encoding)), among=SHEETS)[1] == TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <svg onload=alert(1)>",
        b"\xff\xd8\xff\xe0 not a picture",
        b"PK\x03\x04 broken",
        office("xl/workbook.xml", "xl/vbaProject.bin"),
        office("xl/workbook.xml", "xl/macrosheets/sheet1.xml"),
        office("xl/workbook.xml", "xl/embeddings/oleObject1.bin"),
        office("word/document.xml", "inner.zip"),
        office("just/a.txt"),
        checking.OLE + checking.ENCRYPTED,
        checking.OLE + checking.OLE_MACROS[0] + b"\x00\x00",
    ],
)
@pytest.mark.parametrize("among", [checking.PAPERS, SHEETS])
def test_what_could_do_harm_is_refused(content: bytes, among) -> None:
    with pytest.raises(Refused):
        accepted(sent(content), among=among)


def test_a_bomb_of_an_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (30 * checking.MEGABYTE))
    with pytest.raises(Refused):
        accepted(sent(out.getvalue()))


def test_a_bomb_of_a_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_PIXELS", 31)
    with pytest.raises(Refused):
        accepted(sent(photo()))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_its_place_and_its_camera(form: str) -> None:
    kept, _kind = accepted(sent(photo(form)))
    content = kept.read()
    assert b"SecretCamera" not in content
    drawn = Image.open(io.BytesIO(content))
    assert (drawn.size, dict(drawn.getexif())) == ((8, 4), {})


def test_a_file_is_kept_once(tmp_path) -> None:
    storage = KeptOnce(location=tmp_path)
    names = {storage.save(name, sent(b"%PDF-1.7 the same")) for name in ("a.pdf", "b.pdf")}
    assert len(names) == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"b\r\nX: y', "photo\u202egpj.exe", "", "…" * 500])
def test_the_name_of_a_download_cannot_mislead(name: str) -> None:
    safe = safe_name(name, "pdf")
    assert safe.endswith(".pdf")
    assert not set(safe) & set('/\\"\r\n\u202e')
    assert len(safe) < 130
