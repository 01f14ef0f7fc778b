"""What people attended, told to whoever asks through the ledger: League lessons, volunteer service."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from django.db.models import Sum

from qingce.foundation.exchange.saving import chunks
from qingce.ledger.attending import Attended
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import counts
from qingce.work.activities.models import Participation

ASKED_TOGETHER = 2000  # persons in one query
QUARTER = Decimal("0.1")


def attendances(people: Collection[int], part: str) -> Iterator[Attended]:
    """Confirmed attendance of kinds with `part`; a person's own hours go before those of the lessons."""
    kinds = [kind.code for kind in taxonomy().with_part(part)]
    for some in chunks(sorted(people), ASKED_TOGETHER):
        rows = (
            Participation.objects.filter(counts("activity"))
            .filter(person__in=some, attended=True, activity__kind__in=kinds)
            .annotate(taught=Sum("activity__sessions__hours"))
            .values_list(
                "person",
                "activity__happened_on",
                "hours",
                "taught",
                "activity__talk__minutes",
                "activity__title",
                "activity__number",
            )
        )
        for person, on, own, taught, minutes, title, number in rows:
            yield Attended(person, on, _hours(own, taught, minutes), title, number)


def _hours(own: Decimal | None, taught: Decimal | None, minutes: int | None) -> Decimal:
    if own is not None:
        return own
    if taught is not None:
        return Decimal(taught)
    return (Decimal(minutes) / 60).quantize(QUARTER) if minutes else Decimal(0)
