"""What happened to records between two moments: which, when, by whom, why; as one reader may know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import LOOKS, Told
from qingce.foundation.exchange.models import Batch
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Unit
from qingce.league.people.veil import SHUT, Veil
from qingce.ledger.records import families
from qingce.ledger.records.listing import PEOPLE
from qingce.ledger.records.models import Correction, Record, State
from qingce.reports.issued.lines import Line

# What may move a figure, in the order of a record's life.
ACTS = {
    Told.RECORD_AMENDED.value: gettext_lazy("amended as a draft"),
    Told.RECORD_RETURNED.value: gettext_lazy("returned"),
    Told.RECORD_WITHDRAWN.value: gettext_lazy("withdrawn"),
    Told.RECORD_CONFIRMED.value: gettext_lazy("confirmed"),
    Told.RECORD_CORRECTED.value: gettext_lazy("corrected"),
    Told.RECORD_VOIDED.value: gettext_lazy("voided"),
}
# What the log tells of people, units and sites without anything of the registers having changed.
NO_CHANGE = (
    *LOOKS, Told.ROWS_EXPORTED, Told.INVITATION_MADE, Told.INVITATION_RENEWED, Told.INVITATION_WITHDRAWN,
    Told.DATA_REQUESTED, Told.DATA_ANSWERED, Told.DATA_COPIED, Told.CONSENT_GIVEN, Told.CONSENT_WITHDRAWN,
)  # fmt: skip
IMPORTS = 3  # files named where the log tells nothing of a row itself
NEAR = dt.timedelta(minutes=5)  # a correction and the sentence about it are written in one transaction


@dataclass(frozen=True)
class Change:
    """One fact put right."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One act upon a record."""

    at: dt.datetime
    by: str
    sentence: str
    because: str = ""
    changes: list[Change] = field(default_factory=list)


class Chronicle:
    """What was done to the records of these numbers after `since` (until `until`).

    A record that the reader may not open is told of by its number, without reasons and changes.
    Without a `reach` it is told as to anybody: no names, nothing of closed matters.
    """

    def __init__(
        self,
        reach: Reach | None,
        unit: Unit,
        numbers: Collection[str],
        *,
        since: dt.datetime,
        until: dt.datetime | None = None,
    ) -> None:
        self.since, self.until = since, until
        self.numbers = {number for number in numbers if number}
        self.records = {record.number: record for record in self._records()}
        self.veil = Veil.of(reach, unit) if reach else SHUT
        self.closed_to_reader = reach is None or not reach.may("case.see", unit)
        self._happenings = self._read()

    def of(self, number: str) -> list[Happening]:
        """What happened to one record, the earliest first."""
        return self._happenings.get(number, [])

    def of_registers(self, lines: Collection[Line]) -> dict[str, list[Happening]]:
        """By reference, what the log tells of rows of the registers; else the files imported meanwhile."""
        named = {line.reference: line.label for line in lines if line.reference}
        if not named:
            return {}
        told: dict[str, list[Happening]] = {}
        entries = self._within(Entry.objects.filter(reference__in=named).exclude(told__in=NO_CHANGE))
        for entry in entries.select_related("by").order_by("number"):
            by = str(entry.by or _("The system"))
            said = entry.said_of(named[entry.reference]).removeprefix(by).strip()
            told.setdefault(entry.reference, []).append(Happening(entry.at, by, said))
        imports = [self._import(one) for one in self._within(Batch.objects.select_related("by"))[:IMPORTS]]
        return {reference: told.get(reference, imports) for reference in named}

    def _within(self, rows: Any) -> Any:
        rows = rows.filter(at__gt=self.since)
        return rows.filter(at__lte=self.until) if self.until is not None else rows

    def _import(self, batch: Batch) -> Happening:
        sentence = _("imported “%s”, perhaps this row with it") % batch.file_name
        return Happening(batch.at, str(batch.by or _("The system")), sentence)

    def state(self, number: str) -> str:
        """What became of the record, where it counts no longer."""
        record = self.records.get(number)
        return str(State(record.state).label) if record and not record.is_counted else ""

    def is_closed(self, record: Record) -> bool:
        return record.kind_of_work.confidential and self.closed_to_reader

    def masked(self, record: Record, text: str) -> str:
        """`text` with the names of the people whom the record is about as this reader may see them."""
        for person in (getattr(record, name, None) for name in PEOPLE):
            if person is None or person.name not in text:
                continue
            sensitive = record.kind_of_work.sensitive
            shown = self.veil.person(person, unit=record.unit_id, on=record.happened_on, sensitive=sensitive)
            text = text.replace(person.name, shown)
        return text

    def _records(self) -> Iterator[Record]:
        for family in families.families():
            wanted = [one for one in self.numbers if families.by_number(one) is family]
            if wanted:
                held = {one.name for one in family.model._meta.get_fields()}
                people = [name for name in PEOPLE if name in held]
                rows = family.model._default_manager.select_related("unit", "recorded_by", *people)
                yield from rows.filter(number__in=wanted)

    def _read(self) -> dict[str, list[Happening]]:
        told: dict[str, list[Happening]] = {}
        put_right = self._corrections()
        for entry in self._entries():
            record = self.records.get(entry.reference)
            if record is not None:
                happening = self._happening(entry, record, put_right.get(entry.reference, []))
                told.setdefault(entry.reference, []).append(happening)
        imported = self._imported()
        for number, record in self.records.items():
            first = self._entered(record, imported)
            if first is not None:
                told.setdefault(number, []).insert(0, first)
        return told

    def _entries(self) -> Any:
        entries = self._within(Entry.objects.filter(reference__in=self.numbers, told__in=ACTS))
        return entries.select_related("by").order_by("number")

    def _corrections(self) -> dict[str, list[Correction]]:
        kept = Correction.objects.filter(record__in=self.numbers, at__gt=self.since - NEAR)
        found: dict[str, list[Correction]] = {}
        for one in kept.order_by("at", "pk"):
            found.setdefault(one.record, []).append(one)
        return found

    def _imported(self) -> dict[int, Batch]:
        """The files with which records came that were entered meanwhile."""
        keys = {one.batch_id for one in self.records.values() if one.batch_id and self._is_new(one)}
        return Batch.objects.select_related("by").in_bulk(keys) if keys else {}

    def _is_new(self, record: Record) -> bool:
        return record.entered_at > self.since and (self.until is None or record.entered_at <= self.until)

    def _entered(self, record: Record, imported: dict[int, Batch]) -> Happening | None:
        """How a record came that was not there at the beginning."""
        if not self._is_new(record):
            return None
        batch = imported.get(record.batch_id or 0)
        if batch is None:
            return Happening(record.entered_at, str(record.recorded_by or "—"), _("entered"))
        sentence = _("imported from “%s”") % batch.file_name
        return Happening(record.entered_at, str(batch.by or _("The system")), sentence)

    def _happening(self, entry: Entry, record: Record, corrections: list[Correction]) -> Happening:
        by = str(entry.by or _("The system"))
        if self.is_closed(record):
            return Happening(entry.at, by, str(ACTS[entry.told]))
        because = str(entry.details.get("because", ""))
        mine = [
            self._change(record, one)
            for one in corrections
            if entry.told == Told.RECORD_CORRECTED
            and abs(one.at - entry.at) < NEAR
            and one.because == because
        ]
        return Happening(entry.at, by, str(ACTS[entry.told]), self.masked(record, because), mine)

    def _change(self, record: Record, one: Correction) -> Change:
        return Change(
            _label(record, one.field), self.masked(record, one.before), self.masked(record, one.after)
        )


def _label(record: Record, name: str) -> str:
    """The label of a column; the name itself for a fact that stands in a part table."""
    try:
        return str(record._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name
