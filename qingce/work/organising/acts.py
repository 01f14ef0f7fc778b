"""The acts that a unit's page offers: each by its noun in the address, its form, and the kind it records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingce.league.organisations.models import Unit, UnitKind
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.work.organising import forms
from qingce.work.organising.election_forms import CongressForm, ElectionForm


@dataclass(frozen=True)
class Act:
    """`part` chooses the kind that records the act; `unless` is a part that the kind must not have."""

    noun: str
    part: str
    title: Any
    form: type[forms.ActForm]
    permission: str = "unit.change"
    unless: str = ""

    @property
    def kind(self) -> Kind:
        return next(
            one
            for one in taxonomy().with_part(self.part)
            if not one.retired and (not self.unless or self.unless not in one.parts)
        )

    @property
    def route(self) -> str:
        return f"unit-{self.noun}"

    def fits(self, unit: Unit) -> bool:
        """Whether a unit of this kind can do it at all."""
        top = unit.kind == UnitKind.DISTRICT_COMMITTEE
        if self.noun == "founding":
            return not unit.is_branch
        if self.noun in ("merging", "dissolution", "relocation"):
            return not top
        if self.noun == "split":
            return unit.is_branch
        if self.noun in ("election", "deferral"):
            return unit.kind not in (UnitKind.WORK_COMMITTEE, UnitKind.TEMPORARY_BRANCH) and not (
                top and self.noun == "election"
            )
        return top if self.noun == "congress" else True


ACTS = (
    Act("founding", "founding", _("Found a unit beneath"), forms.FoundingForm),
    Act("election", "election", _("Enter an election"), ElectionForm, "record.enter", unless="congress"),
    Act("congress", "congress", _("Enter a congress"), CongressForm),
    Act("deferral", "deferral", _("Put off the election"), forms.DeferralForm, "record.enter"),
    Act("renaming", "renaming", _("Rename"), forms.RenamingForm),
    Act("relocation", "relocation", _("Move"), forms.RelocationForm),
    Act("merging", "merging", _("Merge"), forms.MergingForm),
    Act("split", "splitting", _("Split"), forms.SplitForm),
    Act("dissolution", "dissolution", _("Dissolve"), forms.DissolutionForm),
)
