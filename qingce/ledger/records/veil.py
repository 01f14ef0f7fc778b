"""What records are called in the log, for one reader of it."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest

from qingce.ledger.records import families
from qingce.ledger.records.reading import Reading


def names_of_records(request: HttpRequest, references: Collection[str]) -> dict[str, str]:
    """Titles as the reader may see them; a closed matter is called by its number."""
    names = {}
    for family in families.families():
        wanted = [one for one in references if families.by_number(one) is family]
        for record in family.model._default_manager.select_related("unit").filter(number__in=wanted):
            reading = Reading(record, request.reach)  # type: ignore[attr-defined]
            names[record.number] = record.number if reading.is_closed else reading.title[:200]
    return names
