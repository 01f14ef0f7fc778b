"""Founding and moving units: the verbs that change the tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models.functions import Length
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import PATH_LENGTH, STEP, Placement, Unit, under

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@telling()
def place(units: Iterable[tuple[Unit, Unit | None]], *, by: User | None = None) -> list[Placement]:
    """Put saved units that have no place yet under their parents, from their founding on.

    Pairs come in any order; a parent may be in the same call. Refused when a parent has no place.
    """
    waiting = {unit.pk: (unit, parent) for unit, parent in units}
    paths = dict(Placement.objects.filter(until=None).values_list("unit", "path"))
    next_step = _next_steps()
    placed: list[Placement] = []
    while waiting:
        ready = [pair for pair in waiting.values() if pair[1] is None or pair[1].pk in paths]
        if not ready:
            names = "、".join(unit.name for unit, _parent in list(waiting.values())[:3])
            raise Refused(_("No body above them has a place in the tree: %s.") % names)
        for unit, parent in ready:
            path = _child_path(paths[parent.pk] if parent else "", next_step)
            paths[unit.pk] = path
            placed.append(Placement(unit=unit, parent=parent, path=path, since=unit.founded_on))
            del waiting[unit.pk]
    Placement.objects.bulk_create(placed, batch_size=500)
    if placed:
        tell(
            Told.UNITS_PLACED,
            by=by,
            about=_named([one.unit for one in placed]),
            details={"units": len(placed)},
        )
    return placed


def _named(units: list[Unit]) -> str:
    """The first units by name, and that there are more."""
    return "、".join(unit.name for unit in units[:3]) + ("…" if len(units) > 3 else "")


def _next_steps() -> dict[str, int]:
    """For every path, the number that its next child will take; numbers are never used again."""
    last: dict[str, int] = {}
    for path in Placement.objects.values_list("path", flat=True):
        above, step = path[:-STEP], int(path[-STEP:])
        last[above] = max(last.get(above, 0), step)
    return {above: step + 1 for above, step in last.items()}


def _child_path(above: str, next_step: dict[str, int]) -> str:
    step = next_step.get(above, 1)
    next_step[above] = step + 1
    path = above + str(step).zfill(STEP)
    if step >= 10**STEP or len(path) > PATH_LENGTH:
        raise Refused(_("The tree is too deep or too wide here to take another unit."))
    return path


def next_path(above: str) -> str:
    """A path under `above` that was never used before."""
    below = Placement.objects.filter(under(above)) if above else Placement.objects.all()
    paths = below.annotate(n=Length("path")).filter(n=len(above) + STEP).values_list("path", flat=True)
    last = max(paths, default="")
    return _child_path(above, {above: int(last[-STEP:] or 0) + 1})


@telling()
def move(unit: Unit, *, to: Unit, on: dt.date, by: User | None = None) -> Placement:
    """From `on`, `unit` and everything beneath it stand under `to`; the past keeps its place."""
    old = unit.placements.get(until=None)
    target = to.placements.get(until=None)
    if target.path.startswith(old.path):
        raise Refused(_("%s cannot be placed under itself or under a unit of its own.") % unit)
    if on <= old.since:
        raise Refused(_("The move must be later than the day the unit got its present place."))
    next_step = _next_steps()
    moved_root = _child_path(target.path, next_step)
    beneath = Placement.objects.filter(until=None, path__startswith=old.path).order_by("path")
    fresh = [
        Placement(
            unit_id=placement.unit_id,
            parent_id=to.pk if placement.pk == old.pk else placement.parent_id,
            path=moved_root + placement.path.removeprefix(old.path),
            since=on,
        )
        for placement in beneath
    ]
    beneath.update(until=on)
    Placement.objects.bulk_create(fresh)
    tell(
        Told.UNIT_MOVED,
        by=by,
        about=str(unit),
        reference=unit.code,
        details={"on": on},
        changes={"path": (old.path, moved_root)},
    )
    return unit.placements.get(until=None)
