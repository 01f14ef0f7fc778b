"""A congress as its page shows it: delegations with seats and delegates, and whose links are short."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q

from qingce.foundation.dates import in_force
from qingce.league.access.reach import Reach
from qingce.league.people.veil import Veil
from qingce.league.rules import Ruling, ruling
from qingce.work.organising.congresses import Delegate, SeatAllotment
from qingce.work.organising.models import UnitEvent


@dataclass
class Seat:
    """A delegate with the name as the reader may see it, and the links in force."""

    delegate: Delegate
    name: str
    branches: int
    young_people: int
    is_short: bool


@dataclass
class Delegation:
    allotment: SeatAllotment
    delegates: list[Seat] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return max(self.allotment.seats - len(self.delegates), 0)


class Reading:
    """What one reader sees of one congress on a day."""

    def __init__(self, event: UnitEvent, reach: Reach, day: dt.date | None = None) -> None:
        self.event = event
        self.reach = reach
        self.day = day or reach.on

    @cached_property
    def delegations(self) -> list[Delegation]:
        rows = self.event.allotments.select_related("unit").order_by("unit__protocol_order", "pk")
        found = {one.unit_id: Delegation(one) for one in rows}
        veil = Veil.of(self.reach, self.event)
        for delegate in self._delegates():
            if delegate.unit_id in found:
                found[delegate.unit_id].delegates.append(self._seat(delegate, veil))
        return list(found.values())

    @property
    def seats(self) -> int:
        return sum(one.allotment.seats for one in self.delegations)

    @property
    def elected(self) -> int:
        return sum(len(one.delegates) for one in self.delegations)

    @property
    def short(self) -> int:
        """Delegates who keep in touch with fewer than the rule asks for."""
        return sum(seat.is_short for one in self.delegations for seat in one.delegates)

    @cached_property
    def wanted(self) -> tuple[Ruling, Ruling]:
        """How many branches and how many young people, by the rule of the day."""
        unit = self.event.unit
        return (
            ruling("delegate_branches_least", on=self.day, unit=unit),
            ruling("delegate_young_people_least", on=self.day, unit=unit),
        )

    def _delegates(self) -> list[Delegate]:
        held = in_force(self.day, since="links__since", until="links__until")
        rows = self.event.delegates.filter(in_force(max(self.day, self.event.happened_on)))
        return list(
            rows.select_related("person", "unit").annotate(
                branches=Count("links", filter=held & Q(links__branch__isnull=False)),
                young_people=Count("links", filter=held & Q(links__person__isnull=False)),
            )
        )

    def _seat(self, delegate: Delegate, veil: Veil) -> Seat:
        branches, people = delegate.branches, delegate.young_people  # type: ignore[attr-defined]
        of_branches, of_people = self.wanted
        short = not (of_branches.allows(branches) and of_people.allows(people))
        name = veil.person(delegate.person, unit=delegate.unit_id, on=self.day, sensitive=False)
        return Seat(delegate, name, branches, people, short)
