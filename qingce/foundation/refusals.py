"""A refusal is a sentence: what stands in the way and what to do next."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An action was refused; `str()` is the sentence shown to the person who asked.

    `because` may be a lazy translation; it never quotes a sealed fact.
    """

    def __init__(self, because: Any) -> None:
        super().__init__(because)
        self.because = because

    def __str__(self) -> str:
        return str(self.because)
