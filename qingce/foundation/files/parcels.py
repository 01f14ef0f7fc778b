"""A parcel: a zip that can be checked without us. Its last member lists the SHA-256 of every other one.

The same members give the same bytes: no clock and no machine leaves a trace in it.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused

SUMS = "SHA256SUMS.txt"  # in the form that `sha256sum -c` reads
LINE = re.compile(r"^([0-9a-f]{64})  (.+)$")
PIECE = 1024 * 1024
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
READABLE = 0o644 << 16


class Parcel:
    """A parcel being written; nothing is held in memory but the digests."""

    def __init__(self, out: IO[bytes]) -> None:
        self.archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.digests: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """A member of this name, written piece by piece."""
        if name in self.digests or not is_inside(name):
            raise ValueError(f"no good name for a member: {name}")
        self.digests[name] = self._write(name, pieces)

    def finish(self) -> str:
        """Write the list of digests; the digest of that list stands for the whole parcel."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.digests.items()))
        digest = self._write(SUMS, [lines.encode()])
        self.archive.close()
        return digest

    def _write(self, name: str, pieces: Iterable[bytes]) -> str:
        member = zipfile.ZipInfo(name, BEGINNING)
        member.compress_type, member.external_attr, member.create_system = (
            zipfile.ZIP_DEFLATED,
            READABLE,
            3,
        )
        digest = hashlib.sha256()
        with self.archive.open(member, "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
        return digest.hexdigest()


def is_inside(name: str) -> bool:
    """Whether a member of this name stays where the parcel is unpacked."""
    place = PurePosixPath(name)
    plain = "\\" not in name and "\n" not in name and ":" not in name
    return bool(name) and plain and not place.is_absolute() and ".." not in place.parts


def opened(path: Path) -> zipfile.ZipFile:
    """The parcel at `path`; Refused when it is none."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Refused(_("There is no file %s.") % path) from None
    except (OSError, zipfile.BadZipFile):
        raise Refused(_("%s is not an evidence package, or it is damaged.") % path.name) from None
    if SUMS not in archive.namelist():
        raise Refused(
            _("%(file)s has no %(sums)s; it is not an evidence package.") % {"file": path.name, "sums": SUMS}
        )
    return archive


def faults(archive: zipfile.ZipFile) -> Iterator[str]:
    """A sentence for every member that is missing, extra or other than its digest says."""
    promised, unread = _promised(archive)
    yield from unread
    names = archive.namelist()
    found = set(names) - {SUMS}
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _("“%s” is in it twice.") % name
    for name in sorted(set(promised) - found):
        yield _("“%s” is missing.") % name
    for name in sorted(found - set(promised)):
        yield _("“%s” is extra: the list of digests does not know it.") % name
    for name in sorted(found & set(promised)):
        if not is_inside(name):
            yield _("“%s” would be unpacked outside the package.") % name
        elif digest_of(archive, name) != promised[name]:
            yield _("“%s” differs from its digest.") % name


def digest_of(archive: zipfile.ZipFile, name: str) -> str:
    """The SHA-256 of a member, read piece by piece; empty when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while piece := stream.read(PIECE):
                digest.update(piece)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError):
        return ""
    return digest.hexdigest()


def _promised(archive: zipfile.ZipFile) -> tuple[dict[str, str], list[str]]:
    """Name and digest of every line, and what could not be read."""
    promised: dict[str, str] = {}
    unread = []
    try:
        lines = archive.read(SUMS).decode().splitlines()
    except (zipfile.BadZipFile, zlib.error, UnicodeDecodeError, OSError):
        return {}, [_("The list of digests cannot be read.")]
    for number, line in enumerate(lines, 1):
        match = LINE.match(line)
        if match is None or match[2] in promised:
            unread.append(_("Line %d of the list of digests cannot be read.") % number)
        else:
            promised[match[2]] = match[1]
    return promised, unread
