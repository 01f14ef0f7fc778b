"""Changing keys: every sealed value of every table is brought under the newest key, batch by batch.

A batch and the place reached are saved together, so that a run that was killed goes on where it
stopped. A value that changed meanwhile is left to the next pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from qingce.foundation.privacy import keys
from qingce.foundation.privacy.fields import Sealed, SealedText
from qingce.foundation.privacy.models import Keeping
from qingce.foundation.privacy.sealing import FIRST_KEY, Unreadable, digest, seal
from qingce.foundation.refusals import Refused

BATCH = 500  # rows between two saved cursors
FIRST_TAG = f"{keys.AES}:{FIRST_KEY}:"  # of digests in tables that were never re-sealed

Model = type[models.Model]
Moved = Callable[[int], None]


def sealed_models() -> list[Model]:
    """Every table that holds sealed values."""
    return [model for model in apps.get_models() if sealed_fields(model)]


def sealed_fields(model: Model) -> list[SealedText]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedText)]


def count_left(model: Model) -> int:
    """Rows that a re-sealing still has to walk over."""
    return _rows(model).filter(pk__gt=_keeping(model).cursor).count()


def reseal(model: Model, moved: Moved, *, leave_unreadable: bool = False) -> int:
    """Bring one table under the newest key; the number of rows with a value that no key reads."""
    keeping = _keeping(model)
    while keeping.tag != keys.tag():
        unreadable = _pass(model, keeping, moved)
        left = _behind(model)
        if left > unreadable:  # somebody saved with an old key meanwhile: once more over the table
            _begin(keeping)
        elif unreadable and not leave_unreadable:
            _begin(keeping)
            return unreadable
        else:
            keeping.tag, keeping.under_way, keeping.cursor = keys.tag(), "", 0
            keeping.save()
    return 0


def demand_comparable(model: Model) -> None:
    """Refused while digests of `model` stand under another key: nobody would be found by them."""
    keeping = Keeping.objects.filter(pk=model._meta.label_lower).first()
    if ((keeping and keeping.tag) or FIRST_TAG) == keys.tag():
        return
    if keeping is None and not _rows(model).exists():
        Keeping.objects.create(table=model._meta.label_lower, tag=keys.tag())
        return
    raise Refused(
        _(
            "The sealing key was changed, so ID numbers cannot be compared yet. "
            "Have bin/qingce reseal run to its end, then try again; nothing was saved."
        )
    )


def _keeping(model: Model) -> Keeping:
    """Where the table stands; a new aim begins at the first row."""
    keeping, _new = Keeping.objects.get_or_create(
        table=model._meta.label_lower, defaults={"under_way": keys.tag()}
    )
    if keeping.under_way != keys.tag() and keeping.tag != keys.tag():
        _begin(keeping)
    return keeping


def _begin(keeping: Keeping) -> None:
    keeping.under_way, keeping.cursor = keys.tag(), 0
    keeping.save()


def _pass(model: Model, keeping: Keeping, moved: Moved) -> int:
    """Walk from the cursor to the end; the number of rows with a value that no key reads."""
    unreadable = 0
    fields = sealed_fields(model)
    for rows in _batches(model, keeping.cursor, fields):
        renewed = [_renewed(fields, row) for row in rows]
        unreadable += sum(not one.is_in_step for one in renewed)
        with transaction.atomic():
            _write(model, fields, [one.parameters for one in renewed if one.values != one.before])
            keeping.cursor = rows[-1][0]
            keeping.save()
        moved(len(rows))
    return unreadable


def _batches(model: Model, after: int, fields: Sequence[SealedText]) -> Iterator[list[tuple[Any, ...]]]:
    names = [field.attname for field in fields]
    while rows := list(_rows(model).filter(pk__gt=after).order_by("pk").values_list("pk", *names)[:BATCH]):
        yield rows
        after = rows[-1][0]


@dataclass(frozen=True)
class Renewed:
    """One row with its values as they were and as they shall be; None keeps a digest."""

    pk: Any
    before: list[str]
    values: list[str]
    digests: list[str | None]

    @property
    def is_in_step(self) -> bool:
        return all(not value or value.startswith(keys.tag()) for value in self.values)

    @property
    def parameters(self) -> list[Any]:
        return [*self.values, *self.digests, self.pk, *self.before]


def _renewed(fields: Sequence[SealedText], row: tuple[Any, ...]) -> Renewed:
    pk, *held = row
    texts = [_text(value) for value in held]
    return Renewed(
        pk,
        [value.stored for value in held],
        [
            value.stored if text is None else seal(text, field.place)
            for field, value, text in zip(fields, held, texts, strict=True)
        ],
        [
            None if text is None else digest(text)
            for field, text in zip(fields, texts, strict=True)
            if field.found_by
        ],
    )


def _text(value: Sealed) -> str | None:
    """The text to be sealed anew; None when it is in step, empty, or cannot be read."""
    if not value or value.stored.startswith(keys.tag()):
        return None
    try:
        return value.reveal()
    except Unreadable:
        return None


def _write(model: Model, fields: Sequence[SealedText], changes: Sequence[list[Any]]) -> None:
    """Replace values that are still what they were when they were read."""
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in fields]
    found_by = [quote(field.found_by) for field in fields if field.found_by]
    sets = [f"{one} = %s" for one in columns] + [f"{one} = COALESCE(%s, {one})" for one in found_by]
    same = [f"{one} = %s" for one in columns]
    key = quote(str(model._meta.pk.column))
    statement = (
        f"UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} "  # noqa: S608 (names of columns)
        f"WHERE {key} = %s AND {' AND '.join(same)}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, changes)


def _behind(model: Model) -> int:
    """Rows with a value that is not under the newest key."""
    tag, behind = keys.tag(), Q()
    rows = _rows(model)
    for field in sealed_fields(model):
        front = f"front_of_{field.name}"
        rows = rows.annotate(**{front: Left(field.name, len(tag), output_field=CharField())})
        behind |= ~Q(**{front: tag}) & ~Q(**{field.name: ""})
    return rows.filter(behind).count()


def _rows(model: Model) -> QuerySet[Any, Any]:
    # A plain query set: registers' own managers may hide rows or refuse bulk changes.
    return QuerySet(model)
