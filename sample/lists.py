"""Lists of words, written as people write them: parted by blanks."""

from __future__ import annotations


def listed(*lines: str) -> list[str]:
    """The words of several lines."""
    return [word for line in lines for word in line.split()]
