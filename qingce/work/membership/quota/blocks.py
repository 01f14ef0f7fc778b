"""Blocks of numbers as plain arithmetic: what is free in a block, and where the next part goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple


class Block(NamedTuple):
    """Numbers from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    def holds(self, other: Block) -> bool:
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Block) -> bool:
        return self.first <= other.last and other.first <= self.last


def gaps(block: Block, parts: Iterable[Block], used: Collection[int] = ()) -> list[Block]:
    """The free stretches of `block`: outside its parts, and without the numbers used."""
    every = [*parts, *(Block(one, one) for one in used)]
    taken = sorted(one for one in every if one.meets(block))
    found, at = [], block.first
    for one in taken:
        if at < one.first:
            found.append(Block(at, one.first - 1))
        at = max(at, one.last + 1)
    if at <= block.last:
        found.append(Block(at, block.last))
    return found


def cut(free: Iterable[Block], count: int) -> Block | None:
    """The lowest stretch of `count` numbers; None when no gap is wide enough."""
    for gap in free:
        if gap.size >= count:
            return Block(gap.first, gap.first + count - 1)
    return None
