"""A person's own copy: every fact that is held, sealed ones in full, as plain data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from qingce.foundation.privacy.fields import Sealed
from qingce.foundation.privacy.sealing import Unreadable
from qingce.league.people.models import Person
from qingce.league.people.profile import Profile

DERIVED = {"id", "initials", "id_digest", "phone_digest"}
NOT_COPIED = DERIVED | {"user", "place", "source_key", "batch", "recorded_by"}


def copy_of(person: Person, *, on: dt.date) -> dict[str, Any]:
    """Label and value of every fact, in the parts in which the person's own page shows them."""
    profile = Profile(person, on=on)
    return {
        "person": _facts(person),
        "guardians": [_facts(one) for one in person.guardians.all()],
        "consents": [_facts(one) for one, _purpose in profile.consents],
        "requests": [_facts(one) for one in person.requests.all()],
        "records": [
            {"table": row["table"], "unit": row["unit"], "facts": _facts(row["row"])} for row in profile.rows
        ],
        "looked_at": [
            {"at": entry.at.isoformat(" ", "minutes"), "sentence": entry.sentence} for entry in profile.looks
        ],
    }


def _facts(row: Model) -> dict[str, str]:
    said = {}
    for field in row._meta.concrete_fields:
        if field.name in NOT_COPIED or field.is_relation:
            continue
        display = getattr(row, f"get_{field.name}_display", None)
        value = _plain(display() if display else getattr(row, field.attname))
        if value:
            said[str(field.verbose_name)] = value
    return said


def _plain(value: Any) -> str:
    if isinstance(value, Sealed):
        try:
            return value.reveal()
        except Unreadable:
            return str(value)
    return "" if value is None else str(value)
