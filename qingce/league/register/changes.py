"""Changes of single columns, written down so that they can be undone.

`Set` keeps both values. `Carry` keeps neither: what it carries from the merged row to the kept one may
be sealed or a digest, which a change of keys writes anew, so it is read where it stands.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from qingce.foundation.privacy.fields import Sealed
from qingce.league.people.models import Person


@dataclass(frozen=True)
class Set:
    """One column of one row took another value."""

    table: str
    pk: Any
    column: str
    before: Any
    after: Any

    @classmethod
    def of(cls, row: Model, column: str, after: Any) -> Set:
        """The change that gives `column` of `row` the value `after`; it is made at once."""
        made = cls(row._meta.label_lower, row.pk, column, getattr(row, column), after)
        _write(type(row), row.pk, column, after)
        setattr(row, column, after)
        return made

    def written(self) -> dict[str, Any]:
        return {"do": "set", **{name: _plain(value) for name, value in asdict(self).items()}}

    def take_back(self) -> None:
        """Unless the column has changed once more since."""
        model: Any = apps.get_model(self.table)
        field = model._meta.get_field(self.column)
        now: QuerySet[Any] = QuerySet(model).filter(pk=self.pk, **_same(field, self.after))
        now.update(**{self.column: field.to_python(self.before)})


@dataclass(frozen=True)
class Carry:
    """A fact that only the merged row had went to the kept one; `clears` when one row alone may have it."""

    kept: int
    dropped: int
    column: str
    empty: Any  # what the kept row had: "", null or false
    clears: bool

    def carry(self) -> Carry:
        value = _read(self.dropped, self.column)
        if self.clears:
            _write(Person, self.dropped, self.column, self.empty)
        _write(Person, self.kept, self.column, value)
        return self

    def written(self) -> dict[str, Any]:
        return {"do": "carry", **asdict(self)}

    def take_back(self) -> None:
        value = _read(self.kept, self.column)
        if self.clears:
            _write(Person, self.kept, self.column, self.empty)
            _write(Person, self.dropped, self.column, value)
        elif value == _read(self.dropped, self.column):
            _write(Person, self.kept, self.column, self.empty)


Change = Set | Carry


def read_change(written: dict[str, Any]) -> Change:
    said = dict(written)
    return Set(**said) if said.pop("do") == "set" else Carry(**said)


def _read(person: int, column: str) -> Any:
    value = getattr(Person.objects.get(pk=person), column)
    return value if not isinstance(value, Sealed) else _Stored(value)


class _Stored:
    """A sealed value as the database keeps it: it is moved, not opened; two are equal if they read alike."""

    def __init__(self, value: Sealed) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Stored) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)


def _write(model: type[Model], pk: Any, column: str, value: Any) -> None:
    # A plain query set: the verb around it tells the log of everything at once.
    QuerySet(model).filter(pk=pk).update(**{column: value.value if isinstance(value, _Stored) else value})


def _same(field: Any, value: Any) -> dict[str, Any]:
    return {f"{field.name}__isnull": True} if value is None else {field.name: field.to_python(value)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
