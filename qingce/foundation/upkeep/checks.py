"""What the doctor looks at: each app adds its own checks, so that none below knows one above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing looked at: a sentence about it and, when it is not well, what to do."""

    well: bool
    sentence: str
    remedy: str = ""


Look = Callable[[], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    code: str
    label: Any
    look: Look


_checks: dict[str, Check] = {}


def add(code: str, label: Any, look: Look) -> None:
    """Let the doctor look with `look`; checks are carried out in the order in which they were added."""
    _checks[code] = Check(code, label, look)


def every() -> list[Check]:
    return list(_checks.values())


def well(sentence: str) -> Finding:
    return Finding(True, sentence)


def ill(sentence: str, remedy: str) -> Finding:
    return Finding(False, sentence, remedy)
