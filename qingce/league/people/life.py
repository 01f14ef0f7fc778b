"""A person's life in the League as one line of time; every app tells what it knows, none asks another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach
    from qingce.league.people.models import Person


@dataclass(frozen=True)
class Event:
    """One thing that happened: the day, what it was, where; `href` opens it when the reader may."""

    day: dt.date
    what: str
    where: str = ""
    href: str = ""
    whole_year: bool = False  # counted over a year: the day is only its last

    @property
    def order(self) -> tuple[dt.date, str]:
        return (self.day, self.what)


Teller = Callable[["Person", "Reach"], Iterable[Event]]

_tellers: list[Teller] = []


def tells(teller: Teller) -> None:
    """Let an app tell what it knows of a person, as far as the reader's rights go."""
    _tellers.append(teller)


def life_of(person: Person, reach: Reach) -> list[Event]:
    """Everything told, the latest first."""
    told = [event for teller in _tellers for event in teller(person, reach)]
    return sorted(told, key=lambda event: event.order, reverse=True)
