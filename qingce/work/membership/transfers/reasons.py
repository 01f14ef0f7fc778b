"""Why a membership is transferred and where it may go for that reason, read from `catalogue/transfers/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas
from qingce.league.rules.catalogue import rules
from qingce.ledger.kinds.catalogue import taxonomy

GOALS = "transfer_goal"  # the facet of destinations
LEVELS = ("body", "provincial")
STAYS = "stays"  # the destination of a member who does not move
BEYOND = frozenset({"special_store", "other_system"})  # destinations that are no unit of this register
MOBILE = "mobile_branch"


@dataclass(frozen=True)
class Reason(Labelled):
    """One reason, its destinations, and what is different about it."""

    goals: tuple[str, ...]
    said: tuple[str, ...]  # other words for it in sheets
    level: str
    keeps: bool  # the member stays with the old school and is marked
    graduates: bool
    deadline: str  # a rule with the receiving side's days; empty where there is none
    branch_within: str  # a rule with the time in which a school sets up the branch of its newcomers

    @property
    def is_provincial(self) -> bool:
        return self.level == "provincial"


@cache
def reasons() -> Mapping[str, Reason]:
    """Every reason by its code; stops the program when the catalogue cannot be understood."""
    return read_reasons(settings.CATALOGUE)


def read_reasons(catalogue: Path) -> Mapping[str, Reason]:
    complaints: list[str] = []
    found = {one.name: _reason(one) for one in stanzas(catalogue, "transfers", complaints)}
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def reason_called(said: str) -> Reason | None:
    """The reason that a sheet names: by its code, its label, or another word for it."""
    for reason in reasons().values():
        if said in (reason.code, reason.label, reason.label_en, *reason.said):
            return reason
    return None


def goal_label(code: str) -> str:
    return taxonomy().word(GOALS, code)


def _reason(stanza: Stanza) -> Reason:
    reason = Reason(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        goals=stanza.words("goals", among=taxonomy().facets[GOALS].words, default=None),
        said=stanza.words("said"),
        level=stanza.word("level", among=LEVELS, default="body"),
        keeps=stanza.flag("keeps"),
        graduates=stanza.flag("graduates"),
        deadline=stanza.word("deadline", among=rules(), default=""),
        branch_within=stanza.word("branch_within", among=rules(), default=""),
    )
    stanza.finish()
    return reason
