"""Reach is asked in one place: which units, for this person and this permission, on this day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from qingce.foundation.dates import in_force
from qingce.foundation.prepared import ANYWHERE, NEVER, NOBODY, Prepared
from qingce.league.access.roles import PERMISSIONS, roles
from qingce.league.organisations.models import (
    STEP,
    Placement,
    PlacementQuerySet,
    Unit,
    UnitQuerySet,
    under,
)
from qingce.league.people.models import Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qingce.foundation.accounts.models import User

UNIT_COLUMNS = [str(field.attname) for field in Unit._meta.concrete_fields]


@dataclass(frozen=True)
class Holding:
    """One post in force: its role, its unit, and the unit's path in the tree of the day."""

    role: str
    title: str
    unit_id: int
    path: str


class Reach:
    """Everything that one account may do on one day; one query, however often it is asked."""

    def __init__(
        self,
        user: User | AnonymousUser,
        *,
        on: dt.date,
        scopes: Collection[str] | None = None,
    ) -> None:
        self.user = user
        self.on = on
        self.scopes = scopes  # an access token may be given less than its owner holds
        self._places: dict[int, str] = {}  # where units stand on the day, as far as it was asked
        self._units: dict[int, Unit] = {}

    @cached_property
    def holdings(self) -> list[Holding]:
        """The posts held or stood in for, the highest unit first."""
        if not self.user.is_authenticated or not self.user.is_active:
            return []
        held = {Holding(*row) for row in _held(self.user.pk, self.on) if row[0] in roles()}
        self._places |= {one.unit_id: one.path for one in held}
        return sorted(held, key=lambda one: (len(one.path), one.path, one.role, one.title))

    @cached_property
    def needs_second_factor(self) -> bool:
        """Whether a role held asks for more than a password."""
        return any(roles()[held.role].second_factor for held in self.holdings)

    @cached_property
    def appoints(self) -> frozenset[str]:
        """The roles that this person may give, anywhere at all."""
        return frozenset().union(*(roles()[held.role].appoints for held in self.holdings))

    def may_appoint(self, permission: str, role: str, unit: Unit) -> bool:
        """Whether `role` at `unit` can be given: a post above or at the unit allows it."""
        path = self.path(unit.pk)
        return bool(path) and any(
            path.startswith(held.path)
            and role in roles()[held.role].appoints
            and permission in roles()[held.role].permissions
            for held in self.holdings
        )

    @cached_property
    def home(self) -> Unit | None:
        """The highest unit at which the account holds a post."""
        if not self.holdings:
            return None
        key = self.holdings[0].unit_id
        return self._units.get(key) or Unit.objects.get(pk=key)

    def paths(self, permission: str | None = None) -> list[str]:
        """Paths of the units where a post grants `permission`, or where any post is held."""
        if permission is not None and self.scopes is not None and permission not in self.scopes:
            return []
        return [
            held.path
            for held in self.holdings
            if permission is None or permission in roles()[held.role].permissions
        ]

    def holds(self, permission: str) -> bool:
        """Whether the permission is held anywhere at all."""
        return bool(self.paths(permission))

    def holds_at(self, permission: str, path: str) -> bool:
        """Whether the permission is held at the place `path` or above it."""
        return any(path.startswith(above) for above in self.paths(permission))

    def holds_everywhere(self, permission: str) -> bool:
        """Whether the permission is held over the whole tree: at a unit with nothing above it."""
        return any(len(path) == STEP for path in self.paths(permission))

    @cached_property
    def permissions(self) -> frozenset[str]:
        return frozenset(one for one in PERMISSIONS if self.holds(one))

    def units(self, permission: str | None = None) -> UnitQuerySet:
        """Every unit where the permission is held, with all beneath it."""
        placed = Placement.objects.on(self.on).filter(within(self.paths(permission)))
        return Unit.objects.filter(pk__in=placed.values("unit"))

    def unit(self, code: str) -> Unit | None:
        """The unit of this code when any post reaches it."""
        placed = self._unit(code)
        return placed if placed is not None and self.covers(placed) else None

    def placed_beneath(self, unit: Unit) -> PlacementQuerySet:
        """The places, on the day, of `unit` and of everything beneath it."""
        return Placement.objects.on(self.on).filter(under(self.path(unit.pk)))

    def may(self, permission: str, thing: Any) -> bool:
        """Whether the permission is held over `thing` (a unit, or anything with a `unit_id`)."""
        return self.covers(thing, permission)

    def covers(self, thing: Any, permission: str | None = None) -> bool:
        """Whether `thing` lies beneath a unit where the permission, or any post, is held."""
        path = self.path(thing.pk if isinstance(thing, Unit) else thing.unit_id)
        return bool(path) and any(path.startswith(above) for above in self.paths(permission))

    def remember(self, places: dict[int, str]) -> None:
        """Take over where units stand on the day, read elsewhere for many at once."""
        self._places |= places

    def path(self, unit: int) -> str:
        """Where the unit of this key stands on the day; asked once for each unit."""
        if unit not in self._places:
            placed = Placement.objects.on(self.on).filter(unit=unit).values_list("path", flat=True)
            self._places[unit] = placed.first() or ""
        return self._places[unit]

    def _unit(self, code: str) -> Unit | None:
        """The unit of this code that stands anywhere on the day."""
        placed = _place_by_code().ask({NEVER: self.on, ANYWHERE: code})
        if not placed:
            return None
        path, *columns = placed[0]
        unit = Unit.from_db(connection.alias, UNIT_COLUMNS, columns)
        self._places[unit.pk] = path
        self._units[unit.pk] = unit
        return unit


def _held(user: int, on: dt.date) -> list[tuple[str, str, int, str]]:
    """Role, title, unit and path of every post of `user` and of every post stood in for."""
    return _posts().ask({NOBODY: user, NEVER: on})


@cache
def _posts() -> Prepared:
    serving = in_force(NEVER, since="unit__posts__since", until="unit__posts__until")
    standing_in = in_force(
        NEVER, since="unit__posts__stand_ins__since", until="unit__posts__stand_ins__until"
    )
    columns = ("unit__posts__role", "unit__posts__title", "unit_id", "path")
    placed = Placement.objects.on(NEVER).order_by()
    # Found by the person: most persons have no account, so an index of accounts tells SQLite little.
    myself = Person.objects.filter(user=NOBODY)
    own = placed.filter(serving, unit__posts__person__in=myself).values_list(*columns)
    instead = placed.filter(serving, standing_in, unit__posts__stand_ins__person__in=myself)
    return Prepared(own.union(instead.values_list(*columns)))


@cache
def _place_by_code() -> Prepared:
    """The path and every column of the unit."""
    placed = Placement.objects.on(NEVER).filter(unit__code=ANYWHERE).order_by("pk")
    return Prepared(placed.values_list("path", *(f"unit__{name}" for name in UNIT_COLUMNS))[:1])


def within(paths: Collection[str], *, column: str = "path") -> Q:
    """Rows whose path lies beneath one of `paths`; none of them when there is none."""
    return reduce(or_, [under(path, column=column) for path in paths], Q(pk__in=[]))


def units(user: User | AnonymousUser, permission: str, *, on: dt.date) -> UnitQuerySet:
    """Every unit where this person holds the permission, with all beneath it."""
    return Reach(user, on=on).units(permission)


def may(user: User | AnonymousUser, permission: str, thing: Any, *, on: dt.date) -> bool:
    """Whether `user` holds `permission` over `thing`."""
    return Reach(user, on=on).may(permission, thing)
