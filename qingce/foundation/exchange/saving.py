"""Saving what a sheet brings: new rows and changed rows, each in bulk, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

from qingce.foundation.audit.guarded import demand_telling
from qingce.foundation.privacy.fields import Sealed, SealedText

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)

CHUNK = 1000  # rows saved together; memory stays flat and queries few
CHANGED_TOGETHER = 100  # a bulk update grows with rows times fields

# Fields whose values the database takes without conversion.
AS_THEY_ARE = (
    *(models.CharField, models.IntegerField, models.BooleanField),
    *(models.DateField, models.ForeignKey),
)

Changes = dict[str, tuple[Any, Any]]  # field → before, after


def chunks(things: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]


def differing(thing: models.Model, facts: Mapping[str, Any]) -> Changes:
    """The facts that `thing` does not have yet, with what it has instead."""
    held = {name: _plain(getattr(thing, name)) for name in facts}
    return {name: (held[name], after) for name, after in facts.items() if held[name] != after}


def apply(thing: models.Model, changes: Changes) -> None:
    for name, (_before, after) in changes.items():
        setattr(thing, name, after)


class Gathering(Generic[M]):
    """Rows of one table on their way into the database."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.fresh: list[M] = []
        self.changed: dict[Any, M] = {}
        self.fields: set[str] = set()

    def add(self, thing: M) -> M:
        self.fresh.append(thing)
        return thing

    def change(self, thing: M, facts: Mapping[str, Any]) -> Changes:
        """Bring `thing` in step with `facts`; what differed."""
        changes = differing(thing, facts)
        if changes:
            apply(thing, changes)
            if thing.pk is not None:
                self.changed[thing.pk] = thing
                self.fields.update(changes)
        return changes

    def save(self, *derived: str, keyless: bool = False) -> None:
        """Write everything; `derived` columns are written with every changed row.

        With `keyless` the new rows do not learn their keys, and are written much faster.
        """
        rows = self.model._default_manager
        if keyless:
            pour(self.model, self.fresh)
        else:
            rows.bulk_create(self.fresh, batch_size=CHUNK)
        if self.changed:
            names = sorted({self.model._meta.get_field(one).name for one in {*self.fields, *derived}})
            rows.bulk_update(list(self.changed.values()), names, batch_size=CHANGED_TOGETHER)


def pour(model: type[M], things: Iterable[M]) -> None:
    """Insert `things` without learning their keys: a bulk create costs five times as much."""
    pour_rows(model, [vars(thing) for thing in things])


def blank(model: type[models.Model]) -> dict[str, Any]:
    """The columns of a new row before anything is said of it, for `pour_rows`."""
    return {
        str(field.attname): field.to_python(field.get_default())
        for field in model._meta.concrete_fields
        if not field.primary_key
    }


def drafted(model: type[M], columns: Mapping[str, Any], facts: Mapping[str, Any]) -> M:
    """An unsaved row with `columns` as `blank` gives them, and with `facts`.

    `Model.__init__` looks at every field by itself, which for thousands of rows takes longer than
    writing them.
    """
    thing = model.__new__(model)
    thing._state = ModelState()
    vars(thing).update(columns)
    thing.pk = None
    for name, value in facts.items():
        setattr(thing, name, value)
    return thing


def pour_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """The same with rows that give every column by its name, where no object is needed."""
    demand_telling()
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    read = [(str(field.attname), _preparing(field)) for field in fields]
    prepared = [
        [row[name] if prepare is None else prepare(row[name]) for name, prepare in read] for row in rows
    ]
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 (names of columns)
        cursor.executemany(statement, prepared)


def _preparing(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What turns a value of `field` into the database's; None where it is taken as it is."""
    if isinstance(field, SealedText):
        return field.get_prep_value
    if isinstance(field, AS_THEY_ARE) and not isinstance(field, models.DateTimeField):
        return None
    return partial(field.get_db_prep_save, connection=connection)


def _plain(value: Any) -> Any:
    return value.reveal() if isinstance(value, Sealed) else value
