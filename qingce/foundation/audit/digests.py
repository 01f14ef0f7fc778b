"""The digest of one entry: over its content and over the digest of the entry before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings

if TYPE_CHECKING:
    from qingce.foundation.audit.models import Entry

BEGINNING = "-"  # what stands before the first entry


def digest_of(entry: Entry | Any, *, scheme: str = "") -> str:
    """The digest that `entry` should carry; each keeps the scheme it was written with."""
    scheme = scheme or entry.digest.partition(":")[0] or settings.DIGEST
    return f"{scheme}:{SCHEMES[scheme](_content(entry))}"


def _content(entry: Entry | Any) -> bytes:
    said = [
        entry.number,
        entry.previous,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.by_id,
        entry.told,
        entry.reference,
        entry.about,
        entry.details,
        entry.origin,
    ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sm3(content: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


SCHEMES = {"sha256": _sha256, "sm3": _sm3}
