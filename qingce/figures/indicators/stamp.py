"""What a kept figure is keyed by: it changes with everything that may change a value."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.db.models import Max, QuerySet, Subquery

from qingce.foundation.audit.models import Entry
from qingce.ledger.records.families import families
from qingce.ledger.records.models import Revision

KEPT_FOR = 600  # seconds; only so that memory is given back


def stamp() -> str:
    """The ledger's revision and the log's last sentence.

    Registers below the ledger do not advance its revision, but every change leaves a sentence.
    """
    last_entry = Entry.objects.order_by("-pk").values("pk")[:1]
    found = Revision.objects.annotate(entry=Subquery(last_entry)).values_list("value", "entry").first()
    return "-".join(str(part or 0) for part in found or (0, Entry.objects.aggregate(Max("pk"))["pk__max"]))


def latest_day(today: dt.date) -> dt.date:
    """The day of the latest record that counts, `today` when there is none or it lies ahead."""
    key = f"latest-day:{stamp()}:{today}"
    day: dt.date = cache.get_or_set(key, lambda: _latest_day(today), KEPT_FOR)  # type: ignore[assignment]
    return day


def _latest_day(today: dt.date) -> dt.date:
    queries: list[QuerySet[Any]] = [
        family.model.objects.counted()
        .filter(happened_on__lte=today)
        .order_by("-happened_on")
        .values_list("happened_on", flat=True)[:1]
        for family in families()
    ]
    days = [day for query in queries for day in query]
    return max(days, default=today)
