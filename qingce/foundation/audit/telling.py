"""Telling the log what somebody did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import Told

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


def tell(told: Told, *, by: User | None, about: str, reference: str = "", details: Any = None) -> Entry:
    """Write one sentence into the log; `by` is None only for what the machine did itself."""
    return Entry.objects.create(
        at=timezone.now(),
        by=by,
        told=told,
        about=about[:200],
        reference=reference,
        details=details or {},
    )


__all__ = ["Told", "tell"]
