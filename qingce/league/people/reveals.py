"""Showing one sealed fact to one reader: who may, why, how often; and the log of who looked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.privacy.fields import Sealed, SealedText
from qingce.foundation.refusals import Refused

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User
    from qingce.league.access.reach import Reach

SHORTEST_REASON = 4  # characters


@dataclass(frozen=True)
class Revealable:
    """One table of sealed facts: how a row is found within reach, and what the log calls it."""

    model: type[Model]
    find: Callable[[Reach, int], tuple[Any, int] | None]  # the row, and the unit that answers for it
    about: Callable[[Any], str]  # never a sealed fact
    reference: Callable[[Any], str]


_tables: dict[str, Revealable] = {}


def add(table: Revealable) -> None:
    """Called by each app that holds sealed facts, when it is ready."""
    _tables[table.model._meta.label_lower] = table


@dataclass(frozen=True)
class Fact:
    """One sealed value of one row, as a door finds it."""

    table: Revealable
    row: Any
    field: SealedText
    unit_id: int

    @property
    def permission(self) -> str:
        return self.field.opened_by

    @property
    def label(self) -> str:
        return str(self.field.verbose_name)

    @property
    def about(self) -> str:
        return self.table.about(self.row)

    @property
    def value(self) -> Sealed:
        value: Sealed = getattr(self.row, self.field.name)
        return value

    @property
    def address(self) -> str:
        return address(self.row, self.field.name)


def address(row: Model, field: str) -> str:
    return reverse("sealed-fact", args=[row._meta.label_lower, row.pk, field])


def fact_within_reach(reach: Reach, *, table: str, pk: int, field: str) -> Fact | None:
    """The sealed fact when its row lies within reach and holds anything."""
    kept = _tables.get(table)
    found = kept.find(reach, pk) if kept else None
    if kept is None or found is None:
        return None
    row, unit = found
    column = next((one for one in kept.model._meta.concrete_fields if one.name == field), None)
    if not isinstance(column, SealedText) or not getattr(row, field):
        return None
    return Fact(kept, row, column, unit)


def reveal(fact: Fact, *, by: User, because: str) -> str:
    """The value itself, once; refused without a reason, when too many were asked for, or unreadable."""
    if len(because.strip()) < SHORTEST_REASON:
        raise Refused(_("Say what you need it for, in a few words; the person concerned can read it."))
    if getattr(fact.row, "waiting_name", False):
        raise Refused(_("The guardian withdrew consent: nothing but a waiting name may be used any more."))
    demand_measure(by)
    value = fact.value.reveal()
    tell(
        Told.FACT_REVEALED,
        by=by,
        about=f"{fact.about} · {fact.label}",
        reference=fact.table.reference(fact.row),
        details={"because": because.strip()[:200], "field": fact.field.name},
    )
    return value


def demand_measure(by: User) -> None:
    """Sealed facts are shown one by one; whoever needs many asks for an export, which is watermarked."""
    since = timezone.now() - dt.timedelta(hours=1)
    asked = Entry.objects.filter(by=by, told=Told.FACT_REVEALED, at__gte=since).count()
    if asked >= settings.REVEALS_PER_HOUR:
        raise Refused(
            _(
                "You have looked at %d sealed facts within an hour, which is the limit. Try again later, or "
                "ask somebody with the right to export them for a list with a watermark."
            )
            % asked
        )
