"""What can be done next with a recommendation: the verb, its form, and who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase
from qingce.work.membership.recommending import actions as recommending
from qingce.work.membership.recommending import forms
from qingce.work.membership.recommending.candidate import PARTY, PIONEER
from qingce.work.membership.step_form import StepForm

KEEP, APPROVE = "admission.keep", "admission.approve"


@dataclass(frozen=True)
class Act:
    part: str  # of the kind
    stage: str  # that is reached
    after: tuple[str, ...]
    label: Any
    verb: Callable[..., list[str]]
    form: type[StepForm]
    permission: str = KEEP

    @property
    def is_decision(self) -> bool:
        return self.permission == APPROVE


ACTS = (
    Act(
        PIONEER,
        "examined",
        ("proposed",),
        _("Examine by the brigade"),
        recommending.examine_pioneer,
        forms.BrigadeForm,
    ),
    Act(
        PIONEER,
        "recommended",
        ("examined",),
        _("Receive the recommendation"),
        recommending.receive_pioneer,
        StepForm,
        APPROVE,
    ),
    Act(
        PIONEER,
        "admitted",
        ("recommended",),
        _("Note the admission"),
        recommending.note_admission,
        StepForm,
    ),
    Act(PARTY, "voted", ("proposed",), _("Enter the vote"), recommending.vote, forms.VoteForm),
    Act(
        PARTY,
        "examined",
        ("voted",),
        _("Examine by the committee"),
        recommending.examine,
        forms.ExaminationForm,
    ),
    Act(
        PARTY,
        "confirmed",
        ("examined",),
        _("Confirm for the body above"),
        recommending.confirm,
        StepForm,
        APPROVE,
    ),
    Act(
        PARTY,
        "sent_to_party",
        ("confirmed",),
        _("Send to the Party"),
        recommending.send_to_party,
        forms.SendingForm,
        APPROVE,
    ),
    Act(
        PARTY,
        "accepted",
        ("sent_to_party",),
        _("Note the acceptance"),
        recommending.note_acceptance,
        StepForm,
        APPROVE,
    ),
    Act(
        PARTY,
        "expired",
        ("sent_to_party", "confirmed"),
        _("Note that it expired"),
        recommending.expire,
        StepForm,
        APPROVE,
    ),
)


def acts_for(case: MemberCase) -> list[Act]:
    """What can be done now, the usual first; nothing when the recommendation has ended."""
    if case.state == State.VOID:
        return []
    part = recommending.part_of(case)
    return [act for act in ACTS if act.part == part and case.stage in act.after]
