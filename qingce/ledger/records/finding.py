"""Finding a record within reach, for the doors of pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingce.ledger.records import families
from qingce.ledger.records.models import Record

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


def record_within_reach(reach: Reach, *, number: str) -> Record | None:
    """The record of this number when its unit lies within any post of the reader."""
    family = families.by_number(number)
    if family is None:
        return None
    rows = family.model._default_manager.select_related("unit")
    return rows.filter(number=number.upper(), unit__in=reach.units()).first()
