"""Masks: how much of a sealed value is shown, by what it is."""

from __future__ import annotations

from dataclasses import dataclass

from qingce.foundation.words import MASK


@dataclass(frozen=True)
class Mask:
    """Show `first` and `last` characters and hide what is between."""

    first: int
    last: int

    def over(self, text: str) -> str:
        """`text` masked; a text too short to hide anything is hidden whole."""
        if not text:
            return ""
        hidden = len(text) - self.first - self.last
        if hidden < 1:
            return MASK * max(len(text), 1)
        return text[: self.first] + MASK * hidden + text[len(text) - self.last :]


@dataclass(frozen=True)
class Hidden(Mask):
    """Show nothing, not even how long the text is: for what somebody said."""

    first: int = 0
    last: int = 0

    def over(self, text: str) -> str:
        return MASK * 6 if text else ""


ID_NUMBER = Mask(first=6, last=4)
PHONE = Mask(first=3, last=4)
WORDS = Hidden()
