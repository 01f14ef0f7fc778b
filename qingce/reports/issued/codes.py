"""Check codes: short enough to be typed from paper, drawn from everything that was frozen."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qingce.reports.models import FrozenFigure

GROUP, LENGTH = 4, 12


def check_code(frozen: FrozenFigure) -> str:
    """Three groups of four, such as 7KQ2-MF4X-A3BD; sixty bits, so that nobody meets one by chance."""
    snapshot = frozen.snapshot
    said = f"{snapshot.digest}:{snapshot.at.isoformat()}:{frozen.digest_now()}"
    letters = base64.b32encode(hashlib.sha256(said.encode()).digest()).decode()[:LENGTH]
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def as_typed(said: str) -> str:
    """A code as somebody typed it, in the form in which it is kept."""
    letters = re.sub(r"[^A-Z0-9]", "", said.upper()).replace("0", "O").replace("1", "I").replace("8", "B")
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
