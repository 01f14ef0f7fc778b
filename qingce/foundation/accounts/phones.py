"""Mobile numbers of the mainland: how they are written, and how one is kept."""

from __future__ import annotations

import re

from qingce.foundation.words import folded

MOBILE = re.compile(r"1[3-9]\d{9}")
BETWEEN = re.compile(r"[\s-]")


def plain(text: str) -> str:
    """The eleven digits of a number: blanks, hyphens and +86 removed, full-width folded."""
    return BETWEEN.sub("", folded(text)).removeprefix("+86")


def is_phone(text: str) -> bool:
    return MOBILE.fullmatch(plain(text)) is not None
