"""The check sheet (发展团员核查表): every step of an admission, its day, its guards and their basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from qingce.league.rules import rulings_held_still
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.work.membership.admission.dossier import STAGES, Dossier
from qingce.work.membership.admission.guards import judge
from qingce.work.membership.admission.reading import dossiers
from qingce.work.membership.guarding import Finding
from qingce.work.membership.models import MemberCase, Step

MOST = 60  # sheets of one batch
# Rules about what must be there before a step; what the others ask, its form asks.
BEFOREHAND = {
    "admission_activist_noticed",
    "admission_activist_notice_days_least",
    "admission_objections_settled",
    "admission_training_months_least",
    "admission_lesson_hours_least",
    "admission_volunteer_hours_least",
    "admission_online_lessons_share",
    "admission_pre_examined",
    "admission_notice_days_least",
    "admission_age_under",
    "admission_filed_with_county",
    "admission_member_notice_days_least",
}


@dataclass(frozen=True)
class StepChecked:
    """One stage: its day and mark when it was reached, and what its guards find."""

    stage: str
    label: str
    step: Step | None
    findings: list[Finding] = field(default_factory=list)

    @property
    def shown(self) -> list[Finding]:
        """The findings worth a line on paper: that no step was left out is said only when one was."""
        return [one for one in self.findings if not one.met or one.ruling.code != "admission_in_order"] or (
            self.findings
        )

    @property
    def is_faultless(self) -> bool:
        return all(one.met for one in self.findings)


@dataclass(frozen=True)
class CheckSheet:
    case: MemberCase
    steps: list[StepChecked]
    dossier: Dossier

    @property
    def problems(self) -> list[Finding]:
        return [one for step in self.steps for one in step.findings if not one.met]


def check_sheets(cases: Sequence[MemberCase], *, today: dt.date) -> list[CheckSheet]:
    """A sheet for each case; as many queries for sixty as for one."""
    told: dict[int, dict[str, Step]] = {}
    for step in Step.objects.filter(member_case__in=[case.pk for case in cases]):
        told.setdefault(step.member_case_id, {})[step.stage] = step
    with rulings_held_still():
        found = dossiers(cases, on=today)
        return [_sheet(case, found[case.pk], told.get(case.pk, {})) for case in cases]


def missing(sheet: CheckSheet, stage: str, *, today: dt.date) -> list[Finding]:
    """What has to be there before the next stage, and is not, if the step were taken today."""
    found = judge(sheet.dossier, stage, on=today)
    return [one for one in found if not one.met and one.ruling.code in BEFOREHAND]


def _sheet(case: MemberCase, dossier: Dossier, steps: dict[str, Step]) -> CheckSheet:
    return CheckSheet(
        case,
        [
            StepChecked(
                stage,
                taxonomy().word("stage", stage),
                steps.get(stage),
                judge(dossier, stage, on=steps[stage].on) if stage in steps else [],
            )
            for stage in STAGES
        ],
        dossier,
    )
