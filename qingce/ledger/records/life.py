"""What the ledger tells of a person: admission, recommendations, transfers, reviews, honours, penalties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from qingce.league.people.life import Event
from qingce.league.people.traces import Trace, traces
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Record, State

if TYPE_CHECKING:
    from qingce.league.access.reach import Reach
    from qingce.league.people.models import Person


def records_about(person: Person, reach: Reach) -> Iterator[Event]:
    """Records that name the person as the one they are about, unless they are void.

    Sealed matters are told to those alone who may see them where they happened.
    """
    for trace in traces():
        if issubclass(trace.model, Record) and trace.column == "person":
            for record in _standing(trace, person):
                kind = taxonomy().kinds.get(record.kind)
                hidden = kind is None or kind.confidential or kind.sensitive
                if not hidden or reach.holds_at("case.see", record.place):
                    yield _told(record, reach)


def _standing(trace: Trace, person: Person) -> Any:
    return trace.rows(person).exclude(state=State.VOID).select_related("unit")


def _told(record: Record, reach: Reach) -> Event:
    kind, words = taxonomy().kinds.get(record.kind), taxonomy()
    what = f"{kind or record.kind} · {words.word('stage', record.stage)}"
    seen = reach.holds_at("record.see", record.place)
    href = reverse("record", args=[record.number]) if seen else ""
    return Event(record.happened_on, what, str(record.unit), href)
