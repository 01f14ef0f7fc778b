"""Saving what a sheet brings: new rows and changed rows, each in bulk, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import QuerySet

from qingce.foundation.exchange.sheets import Outcome
from qingce.foundation.privacy.fields import Sealed

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)

CHUNK = 1000  # rows saved together; memory stays flat and queries few
CHANGED_TOGETHER = 100  # a bulk update grows with rows times fields

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

    def save(self, *derived: str) -> None:
        """Write everything; `derived` columns are written with every changed row."""
        # A plain query set: the registers' own refuse bulk changes that leave no trace.
        rows: QuerySet[M] = QuerySet(self.model)
        for some in chunks(self.fresh):
            rows.bulk_create(some)
        if self.changed:
            names = sorted({self.model._meta.get_field(one).name for one in {*self.fields, *derived}})
            rows.bulk_update(list(self.changed.values()), names, batch_size=CHANGED_TOGETHER)


def counted(created: int, changed: Iterable[bool]) -> Outcome:
    """The outcome of `created` new rows and of others that changed or not."""
    others = list(changed)
    return Outcome(created, sum(others), len(others) - sum(others))


def _plain(value: Any) -> Any:
    return value.reveal() if isinstance(value, Sealed) else value
