"""What is told beside the sentence, in a form that no database rewrites and no sealed value enters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

LONGEST = 500


def plain(value: Any) -> Any:
    """`value` as JSON that reads back the same everywhere.

    Whatever is not plainly text, number, date or a list of them is told by its type alone, so that
    a sealed value leaves “<Sealed>” and never itself, nor its mask.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str | Promise):
        return str(value)[:LONGEST].replace("\x00", "")
    if isinstance(value, float | Decimal | UUID | dt.timedelta):
        return str(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, Model):
        return str(value)[:LONGEST]
    return f"<{type(value).__name__}>"
