"""Timing that can be compared: the median of several runs, and a floor from the same minute."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What was measured: `ours` and `floor` in `unit`; `mark` says in words what we want."""

    name: str
    ours: float
    unit: str
    mark: str
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> str:
        return f"{self.ours / self.floor:.2f}" if self.floor else "–"

    def line(self) -> str:
        floor = f"{self.floor:,.3g}" if self.floor else "–"
        row = f"{self.name:<16}{self.ours:>12,.3g} {self.unit:<7}{floor:>12}{self.ratio:>9}"
        return f"{row}   {self.mark}" + (f" ({self.note})" if self.note else "")


class Clocks:
    """Seconds since it was made, by the clock on the wall and as this process used them."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    @property
    def wall(self) -> float:
        return time.perf_counter() - self._wall

    @property
    def cpu(self) -> float:
        return time.process_time() - self._cpu


HEAD = f"{'what':<16}{'ours':>12} {'':<7}{'floor':>12}{'ratio':>9}   mark"


def median_seconds(work: Callable[[], object], *, runs: int = 5) -> float:
    """Median wall seconds of `work`, after one run that does not count."""
    work()
    return statistics.median(_seconds(work) for _ in range(runs))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
