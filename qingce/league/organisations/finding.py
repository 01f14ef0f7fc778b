"""Finding a unit within reach, for the doors of pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach
    from qingce.league.organisations.models import Unit


def unit_within_reach(reach: Reach, *, code: str) -> Unit | None:
    """The unit of this code when any post of the reader reaches it."""
    return reach.unit(code)
