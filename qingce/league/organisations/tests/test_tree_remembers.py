"""For any sequence of changes: the tree at a date is what replaying its events to that date gives.

The replay here knows nothing of paths, placements or journals; it is a plain dictionary.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from qingce.foundation.refusals import Refused
from qingce.league.organisations import changing
from qingce.league.organisations.actions import place
from qingce.league.organisations.changing import Plan
from qingce.league.organisations.chronicle import names_on
from qingce.league.organisations.models import Domain, Membership, Placement, Unit, UnitKind
from qingce.league.people.models import Person

START = dt.date(2023, 1, 1)
NUMBERS = st.integers(0, 30)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["found", "found", "body", "rename", "move", "move", "merge", "split", "dissolve", "undo"]
        ),
        NUMBERS,  # whom it concerns
        NUMBERS,  # where to
        st.integers(-3, 9),  # days after the step before: some come late
    ),
    min_size=1,
    max_size=14,
)

World = dict[int, tuple[int | None, str]]  # unit → body above, name
Stays = dict[int, int]  # person → unit
Event = tuple[dt.date, str, Any]


def replay(events: list[Event], day: dt.date) -> tuple[World, Stays]:
    """What the events up to `day` make of nothing; events of one day in the order of their entry."""
    world: World = {}
    stays: Stays = {}
    for on, sort, said in sorted(events, key=lambda one: one[0]):
        if on > day:
            break
        if sort == "found":
            world[said["unit"]] = (said["under"], said["name"])
        elif sort == "join":
            stays[said["person"]] = said["unit"]
        elif sort == "rename":
            world[said["unit"]] = (world[said["unit"]][0], said["name"])
        elif sort == "move":
            world[said["unit"]] = (said["to"], world[said["unit"]][1])
        elif sort == "gone":
            del world[said["unit"]]
    return world, stays


class Story:
    """A district with two streets and two branches of three, and what is done to it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.acts: list[tuple[str, int]] = []  # references that stand, with the number of events before
        self.units: list[Unit] = []
        root = self._planted("区委员会", UnitKind.DISTRICT_COMMITTEE, None)
        for n in range(2):
            street = self._planted(f"街道{n}工作委员会", UnitKind.WORK_COMMITTEE, root)
            branch = self._planted(f"社区{n}支部", UnitKind.BRANCH, street)
            for m in range(3):
                person = Person.objects.create(name=f"团员{n}{m}")
                Membership.objects.create(person=person, unit=branch, since=START)
                self.events.append((START, "join", {"person": person.pk, "unit": branch.pk}))

    def _planted(self, name: str, kind: UnitKind, under: Unit | None) -> Unit:
        unit = Unit.objects.create(
            code=name, name=name, short_name=name, kind=kind, domain=Domain.COMMUNITY, founded_on=START
        )
        place([(unit, under)])
        self._was_founded(unit, under, START)
        return unit

    def _was_founded(self, unit: Unit, under: Unit | None, on: dt.date) -> None:
        self.units.append(unit)
        facts = {"unit": unit.pk, "under": under.pk if under else None, "name": unit.short_name}
        self.events.append((on, "found", facts))

    def step(self, sort: str, whom: int, where: int, on: dt.date) -> bool:
        """Do it, or be refused and change nothing."""
        unit = self._picked(whom, bodies=sort in {"found", "body"})
        other = self._picked(where, bodies=sort == "move")
        reference, before = f"R{len(self.acts)}-{on}-{whom}-{where}", len(self.events)
        try:
            getattr(self, f"_{sort}")(unit, other, on, reference)
        except Refused:
            assert len(self.events) == before
            return False
        if sort != "undo":
            self.acts.append((reference, before))
        return True

    def _picked(self, number: int, *, bodies: bool) -> Unit:
        """Any unit, or one that may have others beneath it; among them some that are gone."""
        among = [one for one in self.units if not bodies or not one.is_branch]
        return Unit.objects.get(pk=among[number % len(among)].pk)

    def _found(
        self, unit: Unit, other: Unit, on: dt.date, reference: str, kind: str = UnitKind.BRANCH
    ) -> None:
        name = f"新{len(self.units)}{kind}"
        plan = Plan(name, name, kind, Domain.TWO_NEW)
        fresh = changing.found(plan, under=unit, on=on, by=None, reference=reference)
        self._was_founded(fresh, unit, on)

    def _body(self, unit: Unit, other: Unit, on: dt.date, reference: str) -> None:
        self._found(unit, other, on, reference, UnitKind.WORK_COMMITTEE)

    def _rename(self, unit: Unit, other: Unit, on: dt.date, reference: str) -> None:
        name = f"改{len(self.events)}"
        changing.rename(unit, name=name, short_name=name, on=on, by=None, reference=reference)
        self.events.append((on, "rename", {"unit": unit.pk, "name": name}))

    def _move(self, unit: Unit, other: Unit, on: dt.date, reference: str) -> None:
        changing.relocate(unit, to=other, on=on, by=None, reference=reference)
        self.events.append((on, "move", {"unit": unit.pk, "to": other.pk}))

    def _merge(self, unit: Unit, other: Unit, on: dt.date, reference: str) -> None:
        members = _members(unit, on)
        changing.merge(unit, into=other, on=on, by=None, reference=reference)
        self.events += [(on, "join", {"person": one, "unit": other.pk}) for one in members]
        self.events.append((on, "gone", {"unit": unit.pk}))

    def _split(self, unit: Unit, other: Unit, on: dt.date, reference: str) -> None:
        people = list(Person.objects.filter(pk__in=_members(unit, on)).order_by("pk"))
        parts = (people[: len(people) // 2], people[len(people) // 2 :])
        names = [f"分{len(self.events)}{n}" for n in range(2)]
        plans = [Plan(name, name, UnitKind.BRANCH, Domain.COMMUNITY) for name in names]
        fresh = changing.split(
            unit, list(zip(plans, parts, strict=True)), on=on, goes_on=False, by=None, reference=reference
        )
        above = unit.placements.get(until=None).parent
        for one, those in zip(fresh, parts, strict=True):
            self._was_founded(one, above, on)
            self.events += [(on, "join", {"person": person.pk, "unit": one.pk}) for person in those]
        self.events.append((on, "gone", {"unit": unit.pk}))

    def _dissolve(self, unit: Unit, other: Unit, on: dt.date, reference: str) -> None:
        changing.dissolve(unit, on=on, by=None, reference=reference)
        self.events.append((on, "gone", {"unit": unit.pk}))

    def _undo(self, unit: Unit, other: Unit, on: dt.date, reference: str) -> None:
        """The last act is always undone: nothing can stand on it yet."""
        if not self.acts:
            raise Refused("nothing to undo")
        reference, before = self.acts.pop()
        changing.undo(reference, about="the last act", by=None)
        del self.events[before:]


def _members(unit: Unit, on: dt.date) -> list[int]:
    return list(Membership.objects.on(on).filter(unit=unit).values_list("person", flat=True))


def stands(day: dt.date) -> tuple[World, Stays]:
    """The tree of the day as the program answers."""
    active = Unit.objects.active(day)
    called = names_on(active, day)
    places = Placement.objects.on(day).filter(unit__in=active).select_related("unit")
    world = {one.unit_id: (one.parent_id, called.get(one.unit_id, one.unit.short_name)) for one in places}
    stays = dict(Membership.objects.on(day).values_list("person", "unit"))
    return world, stays


def beneath(world: World, unit: int) -> set[int]:
    below = {one for one, (above, _name) in world.items() if above == unit}
    return {unit}.union(*(beneath(world, one) for one in below)) if below else {unit}


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("found", 0, 0, 0), ("undo", 0, 0, 0), ("found", 0, 0, 0), ("split", 19, 0, 0)])
@example(steps=[("move", 12, 8, 0), ("move", 17, 0, 7), ("move", 23, 1, -1)])  # a body moved as of before
def test_the_tree_at_a_date_is_the_replay_of_its_events_to_that_date(steps: Any, db: None) -> None:
    with transaction.atomic():
        story, day = Story(), START + dt.timedelta(days=5)
        days = {START, day}
        for sort, whom, where, later in steps:
            day = max(START, day + dt.timedelta(days=later))
            event(f"{sort}: {'done' if story.step(sort, whom, where, day) else 'refused'}")
            days |= {day, day - dt.timedelta(days=1)}
        for one in sorted(days):
            world, stays = replay(story.events, one)
            assert stands(one) == (world, stays)
            for unit in Unit.objects.filter(pk__in=world):
                under = Unit.objects.beneath(unit, day=one).filter(pk__in=world)
                assert set(under.values_list("pk", flat=True)) == beneath(world, unit.pk)
        transaction.set_rollback(True)


def facts() -> dict[str, Any]:
    """Every row of the tree; keys of rows that an act made and undoing took away are never used again."""
    tables = (Placement, Membership)
    return {table.__name__: sorted(map(str, table.objects.values_list())) for table in tables}


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sort=st.sampled_from(["rename", "move", "merge", "split", "dissolve"]), whom=NUMBERS, where=NUMBERS)
def test_undoing_an_act_leaves_the_tree_as_it_was(sort: str, whom: int, where: int, db: None) -> None:
    with transaction.atomic():
        story, day = Story(), START + dt.timedelta(days=40)
        before = (facts(), stands(day), sorted(Unit.objects.values_list("code", "name", "dissolved_on")))
        if story.step(sort, whom, where, day):
            story.step("undo", 0, 0, day)
        made = [unit.pk for unit in story.units if sort == "split" and unit.founded_on == day]
        after = facts()
        after["Placement"] = [
            str(row) for row in sorted(map(str, Placement.objects.exclude(unit__in=made).values_list()))
        ]
        rows = Unit.objects.exclude(pk__in=made).values_list("code", "name", "dissolved_on")
        assert (after, stands(day), sorted(rows)) == before
        transaction.set_rollback(True)
