"""While the program is loaded, next to nothing of what is made is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away meanwhile, and for ever from what is there in the end.

    Each of its rounds would look at everything loaded so far; and what it marks, a forked worker copies.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
