"""Finding a notice within reach, for the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingce.ledger.notices.models import Notice

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


def notice_within_reach(reach: Reach, *, pk: int) -> Notice | None:
    """The notice of this key when its unit lies within any post of the reader."""
    return Notice.objects.select_related("unit").filter(pk=pk, unit__in=reach.units()).first()
