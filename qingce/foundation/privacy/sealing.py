"""Sealing: an authenticated cipher for what must be read again, a keyed digest for what must be found.

A sealed value reads `scheme:key id:base64`, so that old and new keys, AES-256-GCM and SM4-GCM stand
beside each other while values are re-sealed. It is bound to its place (model and field): the same
value moved to another column cannot be read there.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext_lazy as _

from qingce.foundation.privacy import keys
from qingce.foundation.refusals import Refused

NONCE_BYTES = 12
FIRST_KEY = "0"  # the id of QINGCE_SEALING_KEY, also of values sealed before ids were written


class Unreadable(Refused):
    """The key that sealed a value is not on the ring, or the value was altered."""

    def __init__(self, key: str) -> None:
        super().__init__(
            _(
                "This value was sealed with the key “%s”, which is missing or is another key here. "
                "Put that key back into QINGCE_SEALING_KEY or the file of keys."
            )
            % key
        )


def seal(text: str, place: str = "") -> str:
    """`text` encrypted with a fresh nonce and bound to `place`; the empty text stays empty."""
    if not text:
        return ""
    key, letter, nonce = keys.newest(), keys.letter(), os.urandom(NONCE_BYTES)
    sealed = nonce + key.cipher(letter).encrypt(nonce, text.encode(), place.encode())
    return key.tag(letter) + base64.b64encode(sealed).decode()


def unseal(sealed: str, place: str = "") -> str:
    """The text that was sealed; refused when the key does not fit."""
    if not sealed:
        return ""
    letter, id, body, bound = _parts(sealed, place)
    key = keys.of(id)
    if key is None or letter not in (keys.AES, keys.SM4):
        raise Unreadable(id)
    try:
        raw = base64.b64decode(body)
        return key.cipher(letter).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound).decode()
    except (InvalidTag, ValueError):
        raise Unreadable(id) from None


def digest(text: str) -> str:
    """A keyed digest of `text`, equal for equal texts: for finding, never for reading."""
    return keys.newest().digest(keys.letter(), text) if text else ""


def _parts(sealed: str, place: str) -> tuple[str, str, str, bytes | None]:
    """Scheme, key id, body, and what the value is bound to."""
    if ":" not in sealed:  # sealed before ids were written: AES, first key, bound to nothing
        return sealed[:1], FIRST_KEY, sealed[1:], None
    letter, id, body = sealed.split(":", 2)
    return letter, id, body, place.encode()
