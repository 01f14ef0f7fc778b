"""Chance that falls the same way every time: one stream of numbers for each subject."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
SEED = 2023


class Chance(random.Random):
    """Seeded by a subject, so that a change in one subject leaves the others as they were."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{SEED} {subject}")

    def maybe(self, share: float) -> bool:
        return self.random() < share

    def weighted(self, weights: dict[T, int]) -> T:
        return self.choices(list(weights), list(weights.values()))[0]

    def some(self, among: Sequence[T], number: int) -> list[T]:
        """`number` different ones, in the order in which they stood."""
        return [among[place] for place in sorted(self.sample(range(len(among)), number))]

    def parts(self, total: int, number: int, *, least: int = 1, spread: float = 0.5) -> list[int]:
        """`number` whole parts of at least `least` that sum to exactly `total`."""
        weights = [1 + spread * (2 * self.random() - 1) for _ in range(number)]
        free = total - least * number
        parts = [least + int(free * weight / sum(weights)) for weight in weights]
        for place in range(total - sum(parts)):
            parts[place % number] += 1
        return parts
