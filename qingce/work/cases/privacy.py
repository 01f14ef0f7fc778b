"""What was said in a case: who finds it to look, and when its time is over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from qingce.ledger.kinds.catalogue import taxonomy
from qingce.work.cases.models import Case, Step

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach


def find_case(reach: Reach, pk: int) -> tuple[Case, int] | None:
    """A case within reach with the unit that handles it."""
    case = Case.objects.filter(pk=pk, unit__in=reach.units()).first()
    return (case, case.unit_id) if case else None


def closed_before(day: dt.date) -> QuerySet[Case]:
    """Cases that stand at the end of their stages, and reached it before `day`."""
    ended = {kind.code: kind.stages[-1] for kind in taxonomy().family("cases")}
    last = Step.objects.filter(case=OuterRef("pk"), stage=OuterRef("stage"))
    closed = Case.objects.filter(stage__in=set(ended.values())).exclude(Exists(last.filter(on__gte=day)))
    return closed.filter(Exists(last.filter(on__lt=day)))
