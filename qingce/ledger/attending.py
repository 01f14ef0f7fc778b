"""Who attended what: asked here by whom it concerns, told by whoever keeps attendance.

The apps that hold activities register a teller; work that needs hours, such as admission, asks
without knowing who tells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Attended:
    """One person at one confirmed activity, with the hours that it lasted for this person."""

    person: int
    on: dt.date
    hours: Decimal
    what: str
    record: str  # number


Teller = Callable[[Collection[int], str], Iterable[Attended]]

_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Offer a teller: persons and the part that a kind of activity must have → what they attended."""
    _tellers.append(teller)


def attended(people: Collection[int], *, part: str) -> dict[int, list[Attended]]:
    """What each of `people` attended of the kinds with this part, the earliest first."""
    found: dict[int, list[Attended]] = {}
    for teller in _tellers:
        for one in teller(people, part):
            found.setdefault(one.person, []).append(one)
    return {person: sorted(those, key=lambda one: (one.on, one.record)) for person, those in found.items()}
