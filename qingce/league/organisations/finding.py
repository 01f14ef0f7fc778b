"""Finding a unit within reach, for the doors of pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingce.league.organisations.models import Unit

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


def unit_within_reach(reach: Reach, *, code: str) -> Unit | None:
    """The unit of this code when any post of the reader reaches it."""
    unit = Unit.objects.filter(code=code).first()
    return unit if unit is not None and reach.covers(unit) else None
