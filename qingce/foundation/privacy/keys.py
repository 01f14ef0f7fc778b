"""The keys that seal: a ring, the newest first. Older keys still read what they sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver

from qingce.foundation.privacy.sm4 import SM4GCM

AES, SM4 = "a", "s"  # the letter of a scheme stands in front of every value
LETTERS = {"aes": AES, "sm4": SM4}


@dataclass(frozen=True)
class Key:
    """One key of the ring with its id, which stands in front of what it sealed."""

    id: str
    secret: str

    def __repr__(self) -> str:
        return f"<Key {self.id}>"

    def cipher(self, letter: str) -> AESGCM | SM4GCM:
        return _aes(self.secret) if letter == AES else _sm4(self.secret)

    def tag(self, letter: str) -> str:
        """What stands in front of a value it seals, as in `a:2026:`."""
        return f"{letter}:{self.id}:"

    def digest(self, letter: str, text: str) -> str:
        """HMAC-SHA-256 beside AES, HMAC-SM3 beside SM4: equal for equal texts."""
        mac = _mac(letter, self.secret).copy()
        mac.update(text.encode())
        return mac.finalize().hex()


@cache
def newest() -> Key:
    return _key(*next(iter(settings.SEALING_KEYS.items())))


def of(id: str) -> Key | None:
    """The key of this id, if it is on the ring."""
    secret = settings.SEALING_KEYS.get(id)
    return None if secret is None else _key(id, secret)


@cache
def letter() -> str:
    """The scheme that `QINGCE_CIPHER` asks for."""
    return LETTERS[settings.CIPHER]


@receiver(setting_changed)
def _forget(**_changed: Any) -> None:
    """Tests change keys and schemes while the program runs; nobody else does."""
    newest.cache_clear()
    letter.cache_clear()


def tag() -> str:
    """What stands in front of a value sealed today: scheme and key."""
    return newest().tag(letter())


@cache
def _key(id: str, secret: str) -> Key:
    return Key(id, secret)


@cache
def _mac(letter: str, secret: str) -> hmac.HMAC:
    """Keyed and empty; a copy of it takes half the time of keying another."""
    return hmac.HMAC(_derived("digest", secret), _hash(letter))


@cache
def _aes(secret: str) -> AESGCM:
    return AESGCM(_derived("seal", secret))


@cache
def _sm4(secret: str) -> SM4GCM:
    return SM4GCM(_derived("seal", secret)[:16])


@cache
def _derived(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{secret}".encode()).digest()


def _hash(letter: str) -> hashes.HashAlgorithm:
    return hashes.SHA256() if letter == AES else hashes.SM3()
