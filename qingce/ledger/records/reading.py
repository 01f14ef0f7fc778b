"""A record as one reader may see it: names masked, sealed matters closed, long lists cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from qingce.foundation.audit.models import Entry
from qingce.foundation.privacy.fields import SealedText
from qingce.foundation.ui.numbers import number, short_day
from qingce.league.access.reach import Reach
from qingce.league.people.models import Person
from qingce.league.people.veil import Veil
from qingce.ledger.records.listing import PEOPLE
from qingce.ledger.records.models import Correction, Facts, PartList, Record

SHOWN = 50


@dataclass(frozen=True)
class ShownList:
    label: str
    heads: list[str]
    rows: list[list[str]]
    total: int


@dataclass(frozen=True)
class PutRight:
    """One fact that was put right, as the reader may see it."""

    label: str
    before: str
    after: str
    correction: Correction


class Reading:
    """What the page of a record shows to the holder of `reach`."""

    def __init__(self, record: Record, reach: Reach) -> None:
        self.record = record
        self.reach = reach

    @cached_property
    def is_closed(self) -> bool:
        """A confidential matter shows no more than its alias to whoever does not handle it."""
        return self.record.kind_of_work.confidential and not self.reach.may("case.see", self.record)

    @cached_property
    def veil(self) -> Veil:
        return Veil.of(self.reach, self.record)

    @property
    def title(self) -> str:
        return self.masked(self.record.title)

    @property
    def note(self) -> str:
        return "" if self.is_closed else self.masked(self.record.note)

    @property
    def reason(self) -> str:
        """Why the record was returned or voided; it may quote the matter, so it is closed with it."""
        return "" if self.is_closed else self.masked(self.record.state_reason)

    def masked(self, text: str) -> str:
        """`text` with the names of the people whom the record is about as this reader may see them."""
        for person in self._people:
            text = text.replace(person.name, self._name(person))
        return text

    def _name(self, person: Person) -> str:
        record = self.record
        sensitive = record.kind_of_work.sensitive
        return self.veil.person(person, unit=record.unit_id, on=record.happened_on, sensitive=sensitive)

    @cached_property
    def _people(self) -> list[Person]:
        people = [getattr(self.record, name, None) for name in PEOPLE]
        return [person for person in people if person is not None]

    @property
    def told(self) -> list[tuple[Entry, str]]:
        """What happened to the record, the earliest first, each as a sentence."""
        entries = Entry.objects.filter(reference=self.record.number).select_related("by")[:SHOWN]
        return [(entry, self._sentence(entry)) for entry in reversed(entries)]

    @property
    def facts(self) -> Facts:
        if self.is_closed:
            return []
        return [(label, self._said(value)) for label, value in self.record.facts()]

    @property
    def sealed(self) -> list[tuple[str, str]]:
        """Label and name of the sealed facts that can be asked for; none of a closed matter."""
        if self.is_closed:
            return []
        fields = [one for one in self.record._meta.concrete_fields if isinstance(one, SealedText)]
        return [(str(one.verbose_name), one.name) for one in fields if getattr(self.record, one.name)]

    @property
    def lists(self) -> Iterator[ShownList]:
        if self.is_closed:
            return
        for part in self.record.lists():
            rows = list(part.rows[: SHOWN + 1])
            if rows:
                yield self._shown(part, rows)

    @property
    def corrections(self) -> list[PutRight]:
        """What was put right; nothing of a matter that is closed to the reader."""
        if self.is_closed:
            return []
        fields = self.record._meta
        kept = Correction.objects.filter(record=self.record.number).select_related("by")
        return [
            PutRight(str(_verbose(fields, one.field)), self.masked(one.before), self.masked(one.after), one)
            for one in kept
        ]

    def _sentence(self, entry: Entry) -> str:
        sentence = str(entry.sentence)
        if self.is_closed:
            sentence = sentence.removesuffix(f"：{entry.details.get('because')}")
        return self.masked(sentence)

    def _shown(self, part: PartList, rows: list[Any]) -> ShownList:
        total = len(rows) if len(rows) <= SHOWN else part.rows.count()
        cells = [[self._cell(row, column) for column in part.columns] for row in rows[:SHOWN]]
        heads = [head(part.rows.model, column) for column in part.columns]
        return ShownList(str(part.label), heads, cells, total)

    def _cell(self, row: Any, column: str) -> str:
        choices = getattr(row, f"get_{column}_display", None)
        return self._said(choices() if choices else getattr(row, column))

    def _said(self, value: Any) -> str:
        if isinstance(value, Person):
            return self._name(value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, dt.date):
            return short_day(value)
        if isinstance(value, Decimal):
            return str(number(value))
        return "" if value is None else str(value)


def head(model: type[Model], column: str) -> str:
    """The label of a column; `stage_label` is the column `stage` in words.

    A column that leads to another thing and has no label of its own is called what that is called.
    """
    field: Any = model._meta.get_field(column.removesuffix("_label"))
    if field.is_relation and field.verbose_name == field.name.replace("_", " "):
        return str(field.related_model._meta.verbose_name)
    return str(field.verbose_name)


def _verbose(fields: Any, name: str) -> Any:
    """The label of a column; the name itself for a fact that stands in a part table."""
    try:
        return fields.get_field(name).verbose_name
    except FieldDoesNotExist:
        return name
