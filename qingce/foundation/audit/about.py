"""What the log says about a thing, and who looked at it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.told import LOOKS


def about(reference: str) -> QuerySet[Any]:
    """Everything told about one thing, the newest first."""
    return Entry.objects.filter(reference=reference).select_related("by")


def looks(reference: str) -> QuerySet[Any]:
    """Who looked at what is closed about one thing, the newest first."""
    return about(reference).filter(told__in=LOOKS)
