"""What `bin/qingce check --database default` says about duties that must be kept apart."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.utils import timezone

from qingce.league.access.duties import violations


@register(Tags.database)
def duties_apart(databases: Any = None, **_rest: Any) -> list[CheckMessage]:
    if not databases or not settings.DUTIES_SEPARATE:
        return []
    try:
        return [Error(sentence, id="access.E001") for sentence in violations(on=timezone.localdate())]
    except DatabaseError:
        return []  # before the first migration there is nobody to look at
