"""What can be done next with an admission: the verb, its form, and who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingce.ledger.notices.hung import Hung, hung
from qingce.ledger.records.models import State
from qingce.work.membership.admission import actions as admission
from qingce.work.membership.admission import forms as admission_forms
from qingce.work.membership.admission.dossier import ACTIVIST_NOTICE, TARGET_NOTICE
from qingce.work.membership.models import Admission, MemberCase
from qingce.work.membership.step_form import StepForm

KEEP, APPROVE = "admission.keep", "admission.approve"


@dataclass(frozen=True)
class Act:
    """One thing to do: from which stage, by which verb, with which form."""

    code: str
    stage: str  # at which the admission stands
    label: Any
    verb: Callable[..., list[str]]
    form: type[StepForm]
    permission: str = KEEP

    @property
    def is_decision(self) -> bool:
        return self.permission == APPROVE


_FORMS = admission_forms
ACTS = {
    act.code: act
    for act in (
        Act("talked", "applied", _("Note the talk"), admission.talk, _FORMS.TalkForm),
        Act("activist", "talked", _("Take as activist"), admission.take_as_activist, _FORMS.ActivistForm),
        Act(
            "in_training", "activist", _("Begin the training"), admission.begin_training, _FORMS.TrainingForm
        ),
        Act("target", "in_training", _("Propose as target"), admission.propose_as_target, _FORMS.TargetForm),
        Act(
            "pre_examination",
            "target",
            _("Pre-examine"),
            admission.pre_examine,
            _FORMS.PreExaminationForm,
            APPROVE,
        ),
        Act(
            "noticed",
            "target",
            _("Note that the notice is over"),
            admission.pass_notice,
            _FORMS.PassedNoticeForm,
        ),
        Act("form_filled", "noticed", _("Allot number and form"), admission.fill_form, _FORMS.NumberForm),
        Act("voted", "form_filled", _("Enter the vote"), admission.vote, _FORMS.VoteForm),
        Act("approved", "voted", _("Approve"), admission.approve, _FORMS.ApprovalForm, APPROVE),
        Act(
            "filing",
            "approved",
            _("File with the county"),
            admission.file_with_county,
            _FORMS.FilingForm,
            APPROVE,
        ),
        Act("sworn", "approved", _("Note the oath"), admission.swear, StepForm),
        Act("archived", "sworn", _("Archive the form"), admission.archive, _FORMS.ArchiveForm),
    )
}


def next_act(case: MemberCase) -> Act | None:
    """The one thing that is due now; None when all is done, or the admission has ended."""
    if case.state == State.VOID:
        return None
    here = [act for act in ACTS.values() if act.stage == case.stage]
    part = getattr(case, "admission", None) or Admission(member_case=case)
    if case.stage == "target" and part.pre_examined_on:
        here = here[1:]
    if case.stage == "approved" and part.county_filed_on:
        here = here[1:]
    return here[0] if here else None


def notice_to_put_up(case: MemberCase) -> str:
    """The notice that has to hang before the next step; empty when it hangs, or none is asked."""
    if case.state == State.VOID:
        return ""
    if case.stage == "activist" and not _hangs(case, ACTIVIST_NOTICE):
        return ACTIVIST_NOTICE
    examined = getattr(case, "admission", None) and case.admission.pre_examined_on
    if case.stage == "target" and examined and not _hangs(case, TARGET_NOTICE):
        return TARGET_NOTICE
    return ""


def _hangs(case: MemberCase, purpose: str) -> Hung | None:
    return hung([case.number]).get((case.number, purpose))
