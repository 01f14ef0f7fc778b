"""Who may do what, as a person reads it: permissions in words, by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingce.league.access.roles import PERMISSIONS, SEALED, Role, roles

NOUNS: dict[str, Any] = {
    "record": _("Records"),
    "admission": _("Admissions"),
    "quota": _("Quota"),
    "unit": _("Units"),
    "congress": _("Congress"),
    "person": _("Persons"),
    "figure": _("Figures"),
    "report": _("Reports"),
    "file": _("Spreadsheets"),
    "case": _("Cases"),
    "hardship": _("Hardship"),
    "health": _("Health"),
    "post": _("Posts"),
    "account": _("Accounts"),
    "sealed": _("Sealed facts"),
    "consent": _("Consents"),
    "privacy": _("Personal data"),
    "audit": _("Log of actions"),
    "token": _("Access tokens"),
    "rule": _("Rules"),
    "register": _("Member register"),
    "document": _("Documents"),
    "transfer": _("Transfers"),
    "leaving": _("Leaving the League"),
    "matter": _("Matters of membership"),
    "expulsion": _("Expulsion"),
    "review": _("Yearly review"),
    "dues": _("Dues"),
}


@dataclass(frozen=True)
class Line:
    """One permission: its words, whether it is one that reach alone never opens, and who holds it."""

    permission: str
    label: Any
    sealed: bool
    held: Sequence[tuple[Role, bool]]


def matrix() -> list[tuple[Any, list[Line]]]:
    """Every permission by its noun, in the order in which they are declared."""
    nouns = groupby(PERMISSIONS, key=lambda permission: permission.partition(".")[0])
    return [(NOUNS[noun], [_line(one) for one in permissions]) for noun, permissions in nouns]


def _line(permission: str) -> Line:
    held = [(role, permission in role.permissions) for role in roles().values()]
    return Line(permission, PERMISSIONS[permission], permission in SEALED, held)
