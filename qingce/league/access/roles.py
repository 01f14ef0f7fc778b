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
    "admission.keep": _("keep admissions and recommendations, step by step"),
    "admission.approve": _("approve admissions and recommendations for the basic committee"),
    "quota.allot": _("allot the quota of new members to units beneath"),
    "unit.see": _("see units and their officers"),
    "unit.change": _("found, rename, move, merge, split and dissolve units"),
    "congress.keep": _("keep congresses: seats, delegates, and whom they keep in touch with"),
    "person.see": _("see names and particulars of persons"),
    "person.merge": _("merge two entries of one person, and undo it"),
    "rule.override": _("order stricter rules for a unit and everything beneath it"),
    "register.reconcile": _("compare exports of the national system and decide on differences"),
    "figure.see": _("see figures and the rows behind them"),
    "figure.state": _("state a figure by hand, with its paper"),
    "report.see": _("read reports"),
    "report.issue": _("issue a report and freeze its figures"),
    "report.package": _("take the evidence package of an issued report"),
    "document.write": _("write documents and comment on them"),
    "document.approve": _("approve documents of the level below, or return them"),
    "file.import": _("import spreadsheets"),
    "case.see": _("see sealed cases by name"),
    "hardship.see": _("see facts about hardship by name"),
    "health.see": _("see facts about health by name"),
    "post.appoint": _("appoint officers, end posts and name stand-ins"),
    "account.invite": _("invite officers to open their account"),
    "account.reset": _("give an officer a one-time password"),
    "sealed.reveal": _("look at a sealed fact, with a reason"),
    "sealed.export": _("export sealed facts, with a reason and a watermark"),
    "consent.keep": _("record consents and their withdrawal"),
    "privacy.keep": _("keep the register of processing, answer requests, erase what is overdue"),
    "audit.see": _("read the log of actions"),
    "transfer.approve": _("approve transfers of membership and place members"),
    "leaving.approve": _("confirm that members leave"),
    "matter.approve": _("approve penalties, lapses, resignations and removals"),
    "expulsion.approve": _("approve expulsions for the county"),
    "review.approve": _("open, approve and return yearly reviews"),
    "dues.keep": _("keep the dues of branches"),
    "token.make": _("make access tokens for the API"),
}
# Facts that reach alone never opens: each has a permission of its own, held by few roles.
SEALED = ("case.see", "hardship.see", "health.see")
# Who looks after the machine, who after accounts and roles, and who looks at both of them.
DUTIES = {
    "system": _("system administration"),
    "security": _("security: accounts and roles"),
    "audit": _("audit"),
}


@dataclass(frozen=True)
class Role(Labelled):
    permissions: frozenset[str]
    appoints: frozenset[str] = frozenset()  # the roles that it may give to others
    second_factor: bool = False
    duty: str = ""  # one of DUTIES; two of them never meet in one person


@cache
def roles() -> dict[str, Role]:
    """Every role of the catalogue by its code."""
    return read_roles(settings.CATALOGUE)


def read_roles(catalogue: Path) -> dict[str, Role]:
    complaints: list[str] = []
    read = list(stanzas(catalogue, "roles", complaints))
    codes = {stanza.name for stanza in read}
    found = {}
    for stanza in read:
        found[stanza.name] = Role(
            code=stanza.name,
            label=stanza.text("label"),
            label_en=stanza.text("label_en"),
            permissions=frozenset(stanza.words("may", among=PERMISSIONS, default=None)),
            appoints=frozenset(stanza.words("appoints", among=codes)),
            second_factor=stanza.flag("second_factor"),
            duty=stanza.word("duty", among=DUTIES, default=""),
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
