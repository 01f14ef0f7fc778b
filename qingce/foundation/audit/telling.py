"""Telling the log what somebody did.

`with telling():` is the block of a verb: one transaction, in which rows of the registers may also be
changed in bulk, and at whose end something must have been told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from qingce.foundation.audit import chain
from qingce.foundation.audit.details import plain
from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.origin import origin
from qingce.foundation.audit.told import Told

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

Changes = Mapping[str, tuple[Any, Any]]  # field → before, after


class Untold(RuntimeError):
    """Rows were changed in bulk and nobody told the log: a mistake in the program, taken back."""


@dataclass(eq=False)
class Story:
    """What one verb has told so far, and whether it changed rows in bulk."""

    entries: list[Entry] = field(default_factory=list)
    changed: bool = False


_story: ContextVar[Story | None] = ContextVar("story", default=None)


@contextmanager
def telling() -> Iterator[Story]:
    """The block of a verb; also a decorator. What is told inside is written at the end of the outermost.

    So the end of the log is held last and shortly, and what an inner block takes back is not told.
    """
    outer, story = _story.get(), Story()
    token = _story.set(story)
    try:
        with transaction.atomic():
            yield story
            if outer is None:
                _write(story)
    finally:
        _story.reset(token)
    if outer is not None:
        outer.entries += story.entries
        outer.changed |= story.changed


def tell(
    told: Told,
    *,
    by: User | Any,
    about: str,
    reference: str = "",
    details: Mapping[str, Any] | None = None,
    changes: Changes | None = None,
) -> Entry:
    """Tell one sentence; `by` is None only for what the machine did itself."""
    return tell_many(told, [(about, reference, details, changes)], by=by)[0]


def tell_many(
    told: Told,
    things: Sequence[tuple[str, str, Mapping[str, Any] | None, Changes | None]],
    *,
    by: User | Any,
) -> list[Entry]:
    """Tell the same sentence about many things: (about, reference, details, changes) each."""
    now, where = timezone.now(), origin()
    entries = [
        Entry(
            at=now,
            by=by,
            told=told.value,
            about=plain(about)[:200],
            reference=reference[:80],
            details=plain({**(details or {}), **({"changes": changes} if changes else {})}),
            origin=where,
        )
        for about, reference, details, changes in things
    ]
    if story := _story.get():
        story.entries += entries
    else:
        with telling() as alone:
            alone.entries += entries
    return entries


def changing() -> bool:
    """Whether a verb is under way that will tell; notes that it changes rows in bulk."""
    story = _story.get()
    if story is None:
        return False
    story.changed = True
    return True


def _write(story: Story) -> None:
    if story.changed and not story.entries:
        raise Untold("rows were changed in bulk and nothing was told")
    chain.append(story.entries)


__all__ = ["Told", "changing", "tell", "tell_many", "telling"]
