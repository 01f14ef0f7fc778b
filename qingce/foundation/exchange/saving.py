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

# Fields whose values the database takes without conversion.
AS_THEY_ARE = (
    *(models.CharField, models.IntegerField, models.BooleanField),
    *(models.DateField, models.ForeignKey),
)

Field = Any  # of a model, with a column of its own
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
        if keyless:
            pour(self.model, self.fresh)
        else:
            self.model._default_manager.bulk_create(self.fresh, batch_size=CHUNK)
        if self.changed:
            rewrite(self.model, self.changed.values(), {*self.fields, *derived})


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
    table, names = _quoted(model._meta.db_table), ", ".join(map(_column, fields))
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 (names of columns)
    with connection.cursor() as cursor:
        cursor.executemany(statement, _prepared(fields, rows))


def pour_found(model: type[models.Model], rows: Sequence[Mapping[str, Any]], *, by: str) -> dict[Any, Any]:
    """Insert `rows`, which all differ in the column `by`; the keys they were given, found again by it."""
    last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
    pour_rows(model, rows)
    mine = {row[by] for row in rows}
    came = model._default_manager.filter(pk__gt=last).values_list(by, "pk")  # others may have come too
    return {value: pk for value, pk in came if value in mine}


def rewrite(model: type[M], things: Iterable[M], names: Iterable[str]) -> None:
    """Update the columns `names` of `things`; a bulk update builds an expression for every value."""
    demand_telling()
    fields = [model._meta.get_field(name) for name in sorted(names)]
    table, key = _quoted(model._meta.db_table), model._meta.pk
    sets = ", ".join(f"{_column(field)} = %s" for field in fields)
    statement = f"UPDATE {table} SET {sets} WHERE {_column(key)} = %s"  # noqa: S608 (names of columns)
    with connection.cursor() as cursor:
        cursor.executemany(statement, _prepared([*fields, key], map(vars, things)))


def _prepared(fields: Sequence[Field], rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """The values of `fields` in each of `rows` as the database takes them."""
    read = [(str(field.attname), _preparing(field)) for field in fields]
    return [[row[name] if prepare is None else prepare(row[name]) for name, prepare in read] for row in rows]


def _column(field: Field) -> str:
    return _quoted(str(field.column))


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _preparing(field: Field) -> Callable[[Any], Any] | None:
    """What turns a value of `field` into the database's; None where it is taken as it is."""
    if isinstance(field, SealedText):
        return field.get_prep_value
    if isinstance(field, AS_THEY_ARE) and not isinstance(field, models.DateTimeField):
        return None
    return partial(field.get_db_prep_save, connection=connection)


def _plain(value: Any) -> Any:
    return value.reveal() if isinstance(value, Sealed) else value
