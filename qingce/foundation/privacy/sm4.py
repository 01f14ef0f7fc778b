"""SM4-GCM (GB/T 32907, GB/T 36624) in the shape of the library's AESGCM, which has no SM4 of its own."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

TAG_BYTES = 16


class SM4GCM:
    """SM4 in Galois/counter mode; the tag stands behind the text, as AESGCM puts it."""

    def __init__(self, key: bytes) -> None:
        self._cipher = SM4(key)

    def encrypt(self, nonce: bytes, text: bytes, bound: bytes | None) -> bytes:
        seal = Cipher(self._cipher, GCM(nonce)).encryptor()
        seal.authenticate_additional_data(bound or b"")
        return seal.update(text) + seal.finalize() + seal.tag

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes | None) -> bytes:
        text, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        if len(tag) < TAG_BYTES:
            raise InvalidTag
        unseal = Cipher(self._cipher, GCM(nonce, tag)).decryptor()
        unseal.authenticate_additional_data(bound or b"")
        return unseal.update(text) + unseal.finalize()
