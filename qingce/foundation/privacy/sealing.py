"""Sealing: AES-256-GCM for what must be read again, a keyed digest for what must be found again.

Each sealed text carries the letter of its scheme in front, so that other schemes can stand beside
this one while values are re-sealed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qingce.foundation.refusals import Refused

SCHEME = "a"
NONCE_BYTES = 12


def seal(text: str) -> str:
    """`text` encrypted with a fresh nonce; the empty text stays empty."""
    if not text:
        return ""
    nonce = os.urandom(NONCE_BYTES)
    return SCHEME + base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()


def unseal(sealed: str) -> str:
    """The text that was sealed; Refused when the key does not fit."""
    if not sealed:
        return ""
    try:
        raw = base64.b64decode(sealed.removeprefix(SCHEME))
        return _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError):
        raise Refused(
            _("This value was sealed with another key. Set QINGCE_SEALING_KEY to that key.")
        ) from None


def digest(text: str) -> str:
    """A keyed digest of `text`, equal for equal texts: for finding, never for reading."""
    return hmac.digest(_key("digest"), text.encode(), "sha256").hex() if text else ""


@cache
def _cipher() -> AESGCM:
    return AESGCM(_key("seal"))


@cache
def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{settings.SEALING_KEY}".encode()).digest()
