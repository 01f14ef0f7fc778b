"""A parcel says of every member what it should be; whatever is done to it is found and named."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from qingce.foundation.files.parcels import SUMS, Parcel, faults, opened
from qingce.foundation.refusals import Refused

MEMBERS = {"index.html": b"<p>", "rows/a.csv": b"1,2\n" * 5000, "名单.txt": "青册".encode()}


def parcel(members: dict[str, bytes] = MEMBERS) -> bytes:
    out = io.BytesIO()
    writing = Parcel(out)
    for name, content in members.items():
        writing.add(name, [content[:7], content[7:]])
    writing.finish()
    return out.getvalue()


def kept(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    return path


def rewritten(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same zip with its members changed, its list of digests left as it was."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, one in members.items():
            archive.writestr(name, one)
    return out.getvalue()


def test_the_same_members_give_the_same_bytes() -> None:
    assert parcel() == parcel()


def test_a_whole_parcel_has_no_faults(tmp_path: Path) -> None:
    assert list(faults(opened(kept(tmp_path, parcel())))) == []


def test_the_list_is_what_sha256sum_reads() -> None:
    with zipfile.ZipFile(io.BytesIO(parcel())) as archive:
        lines = archive.read(SUMS).decode().splitlines()
        for line in lines:
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert len(lines) == len(MEMBERS)


HARMS: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "altered": (lambda members: members.update({"index.html": b"<b>"}), "index.html"),
    "missing": (lambda members: members.pop("rows/a.csv") and None, "rows/a.csv"),
    "extra": (lambda members: members.update({"more.txt": b"x"}), "more.txt"),
    "emptied": (lambda members: members.update({"名单.txt": b""}), "名单.txt"),
    "list cut": (lambda members: members.update({SUMS: members[SUMS][:70]}), "index.html"),
    "list garbled": (lambda members: members.update({SUMS: b"nothing\n"}), "index.html"),
    "list unreadable": (lambda members: members.update({SUMS: b"\xff\xfe"}), "index.html"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_whatever_was_done_to_it_is_named(harm: str, tmp_path: Path) -> None:
    change, name = HARMS[harm]
    said = list(faults(opened(kept(tmp_path, rewritten(parcel(), change)))))
    assert any(name in one for one in said), said


def test_a_bit_turned_in_the_packed_bytes_is_found(tmp_path: Path) -> None:
    content = bytearray(parcel())
    content[content.index(b"rows/a.csv") + len("rows/a.csv") + 20 + 12] ^= 0x40
    assert any("rows/a.csv" in one for one in faults(opened(kept(tmp_path, bytes(content)))))


def test_a_member_put_in_twice_is_found(tmp_path: Path) -> None:
    path = kept(tmp_path, parcel())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("index.html", b"<b>")
    assert any("index.html" in one for one in faults(opened(path)))


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "C:x", "a\\b", ""])
def test_no_member_is_written_outside(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        Parcel(io.BytesIO()).add(name, [b"x"])


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_parcel_is_refused_with_a_sentence(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        opened(kept(tmp_path, content))
    with pytest.raises(Refused):
        opened(tmp_path / "nowhere.zip")


@pytest.mark.django_db
def test_the_doctor_says_what_differs_and_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    harmed = rewritten(parcel(), HARMS["altered"][0])
    with pytest.raises(Refused):
        call_command("doctor", package=kept(tmp_path, harmed))
    assert "index.html" in capsys.readouterr().out
