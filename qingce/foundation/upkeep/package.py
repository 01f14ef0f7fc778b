"""The file of a backup: a zip whose manifest names every member with its digest."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
Progress = Callable[[int], Any]  # bytes done since the last call


class Packing:
    """A backup being written."""

    def __init__(self, path: Path, progress: Progress) -> None:
        # Closed to other accounts from its first byte.
        self.out = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")
        self.archive = zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.progress = progress
        self.members: dict[str, str] = {}

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        digest = hashlib.sha256()
        with self.archive.open(name, "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
                self.progress(len(piece))
        self.members[name] = digest.hexdigest()

    def add_folder(self, name: str, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.add(f"{name}/{path.relative_to(folder).as_posix()}", pieces_of(path))

    def finish(self, facts: dict[str, Any]) -> None:
        said = {"format": FORMAT, **facts, "members": self.members}
        self.archive.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))
        self.archive.close()
        self.out.flush()
        os.fsync(self.out.fileno())
        self.out.close()


class Package:
    """A backup being read; nothing of it is used before all of it was found whole."""

    def __init__(self, path: Path) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
            self.facts: dict[str, Any] = json.loads(self.archive.read(MANIFEST))
        except (OSError, zipfile.BadZipFile, KeyError, ValueError):
            raise Refused(_("%s is not a backup of Qingce.") % path.name) from None
        if self.facts.get("format") != FORMAT:
            raise Refused(_("This backup was made by a later version; install that version first."))

    @property
    def size(self) -> int:
        return sum(one.file_size for one in self.archive.infolist())

    def verify(self, progress: Progress) -> None:
        """Refused when a member is missing, was altered or was put in."""
        promised: dict[str, str] = self.facts["members"]
        found = set(self.archive.namelist()) - {MANIFEST}
        for name in sorted(found ^ set(promised)):
            raise Refused(_("The backup is damaged: %s is missing or does not belong to it.") % name)
        for name, digest in promised.items():
            place = PurePosixPath(name)
            if place.is_absolute() or ".." in place.parts:
                raise Refused(_("The backup names a place outside itself: %s.") % name)
            if self._digest(name, progress) != digest:
                raise Refused(_("The backup is damaged: %s was altered.") % name)

    def _digest(self, name: str, progress: Progress) -> str:
        digest = hashlib.sha256()
        try:
            for piece in self.pieces(name):
                digest.update(piece)
                progress(len(piece))
        except zipfile.BadZipFile:
            return ""
        return digest.hexdigest()

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.archive.open(name) as stream:
            yield from read_pieces(stream)

    def names(self, folder: str) -> list[str]:
        return [name for name in self.facts["members"] if name.startswith(f"{folder}/")]

    def unpack(self, name: str, to: Path) -> None:
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("wb") as out:
            for piece in self.pieces(name):
                out.write(piece)

    def unpack_folder(self, folder: str, to: Path) -> None:
        to.mkdir(parents=True)
        for name in self.names(folder):
            self.unpack(name, to / name.removeprefix(f"{folder}/"))


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from read_pieces(stream)


def read_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece
