"""Where files are kept: under the digest of their content, so that each is kept once."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

BY_DIGEST = re.compile(r"(?:^|/)([0-9a-f]{64})\.[a-z0-9]+$")


@deconstructible
class KeptOnce(FileSystemStorage):
    """The digest is the name: a file that is there already is not written again."""

    def generate_filename(self, filename: Any) -> str:
        return str(filename)

    def _save(self, name: str, content: File[Any]) -> str:
        digest, ending = digest_of(content), name.rpartition(".")[2].lower()
        kept = f"kept/{digest[:2]}/{digest}.{ending}"
        return kept if self.exists(kept) else super()._save(kept, content)  # type: ignore[misc]

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name


def digest_of(content: File[Any]) -> str:
    digest = hashlib.sha256()
    content.seek(0)
    for piece in content.chunks():
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


def digest_in_name(name: str) -> str:
    """The digest that a kept file promises by its name; empty for files that came before."""
    found = BY_DIGEST.search(name)
    return found[1] if found else ""
