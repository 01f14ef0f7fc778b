"""What each role may do, read from `catalogue/roles/`; where it may do it is decided by the tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qingce.foundation.stanzas import CatalogueRefused, Labelled, stanzas

PERMISSIONS = {
    "record.see": _("see records"),
    "record.enter": _("enter and submit records"),
    "record.confirm": _("confirm, return, correct and void records"),
    "record.export": _("export lists of records"),
    "unit.see": _("see units and their officers"),
    "person.see": _("see names and particulars of persons"),
    "figure.see": _("see figures and the rows behind them"),
    "figure.state": _("state a figure by hand, with its paper"),
    "report.see": _("read reports"),
    "report.issue": _("issue a report and freeze its figures"),
    "file.import": _("import spreadsheets"),
    "case.see": _("see sealed cases by name"),
    "token.make": _("make access tokens for the API"),
}


@dataclass(frozen=True)
class Role(Labelled):
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


def permission_labels() -> dict[str, str]:
    """What can be permitted, in the reader's words."""
    return {code: str(label) for code, label in PERMISSIONS.items()}
