"""Keys for tests, and a way to change them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

OLD = "an old sealing key of more than forty characters"
NEW = "a new sealing key of more than forty characters!"


@pytest.fixture
def keys(settings) -> Callable[..., None]:
    """Put other keys on the ring, the newest first: `keys(two=NEW, one=OLD)`."""

    def put(cipher: str = "aes", **ring: str) -> None:
        settings.SEALING_KEYS = ring
        settings.CIPHER = cipher

    put(**{"0": OLD})
    return put
