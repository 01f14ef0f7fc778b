"""What each role may do, read from `catalogue/roles/`; where it may do it is decided by the tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused, stanzas

PERMISSIONS = {
    "record.see": "see records",
    "record.enter": "enter and submit records",
    "record.confirm": "confirm, return, correct and void records",
    "record.export": "export lists of records",
    "unit.see": "see units and their officers",
    "person.see": "see names and particulars of persons",
    "figure.see": "see figures and the rows behind them",
    "report.see": "read reports",
    "report.issue": "issue a report and freeze its figures",
    "file.import": "import spreadsheets",
    "case.see": "see sealed cases by name",
    "token.make": "make access tokens for the API",
}


@dataclass(frozen=True)
class Role:
    code: str
    label: str
    label_en: str
    permissions: frozenset[str]


@cache
def roles() -> dict[str, Role]:
    """Every role of the catalogue by its code."""
    return read_roles(settings.CATALOGUE)


def read_roles(catalogue: Path) -> dict[str, Role]:
    complaints: list[str] = []
    found = {}
    for stanza in stanzas(catalogue / "roles", complaints):
        found[stanza.name] = Role(
            code=stanza.name,
            label=stanza.text("label"),
            label_en=stanza.text("label_en"),
            permissions=frozenset(stanza.words("may", among=PERMISSIONS, default=None)),
        )
        stanza.finish()
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def granting(permission: str) -> list[str]:
    """Codes of the roles that hold `permission`."""
    return [role.code for role in roles().values() if permission in role.permissions]
