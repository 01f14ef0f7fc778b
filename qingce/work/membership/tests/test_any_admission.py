"""No sequence of steps, whatever is told at each, reaches the approval with a guard unmet."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qingce.foundation.refusals import Refused
from qingce.ledger.notices.actions import object_to
from qingce.ledger.notices.models import NoticeEntry
from qingce.work.membership.admission import actions as admission
from qingce.work.membership.admission.dossier import STAGES
from qingce.work.membership.admission.guards import judge
from qingce.work.membership.admission.notices import put_up_notice
from qingce.work.membership.admission.reading import dossier_of
from qingce.work.membership.models import MemberCase
from qingce.work.membership.tests.world import LATE, STEPS, TODAY, School, day, school

# Mostly the step that is due on its right day, so that many sequences come far; else anything at all.
DUE = st.just("due")
ANY_STEP = st.sampled_from([*STEPS, "pre_examine", "notice", "lesson", "object"])
STEP = st.tuples(DUE | ANY_STEP | DUE | DUE, st.integers(-4, 4) | st.just(0) | st.just(0), st.integers(0, 6))


class AnySequenceOfSteps(TestCase):
    def setUp(self) -> None:
        self.world: School = school()

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(st.lists(STEP, min_size=8, max_size=20))
    def test_what_is_approved_has_met_every_guard(self, steps: list[tuple[str, int, int]]) -> None:
        case = self.world.applicant()
        for name, shift, twist in steps:
            before = MemberCase.objects.get(pk=case.pk)
            with contextlib.suppress(Refused):
                self._try(MemberCase.objects.get(pk=case.pk), name, shift, twist)
            after = MemberCase.objects.get(pk=case.pk)
            if after.stage != before.stage:
                self._look(after)

    def _look(self, case: MemberCase) -> None:
        """Right after a step: dates rise, nothing was left out, and an approval has met every guard."""
        dossier = dossier_of(case, on=TODAY)
        reached = STAGES[: STAGES.index(case.stage) + 1]
        assert set(dossier.steps) == set(reached)
        days = [dossier.steps[stage] for stage in reached]
        assert days == sorted(set(days))
        approved = "approved" in reached
        for stage in reached if case.stage == "approved" else [case.stage]:
            found = judge(dossier, stage, on=dossier.steps[stage])
            assert [str(one.sentence) for one in found if one.blocks] == []
        assert MemberCase.objects.counted().filter(pk=case.pk).exists() == approved

    def _try(self, case: MemberCase, name: str, shift: int, twist: int) -> None:
        moved = dt.timedelta(days=shift)
        body = self.world.users["body"]
        if name == "due":
            place = STAGES.index(case.stage) + 1
            if place == len(STAGES):
                return
            name = STAGES[place]
            with contextlib.suppress(Refused):
                self.world.prepare(case, name)
        if name == "lesson":
            self.world.taught(case.person, hours=str(twist), on=str(day("2024-06-01") + moved))
        elif name == "notice":
            first, last = day("2024-09-09") + moved, day("2024-09-13") + moved
            purpose = ("activist", "target", "new_member")[twist % 3]
            put_up_notice([case], purpose, opens_on=first, closes_on=last, by=body)
        elif name == "pre_examine":
            admission.pre_examine(case, on=day("2024-09-05") + moved, paper="预审", today=TODAY, by=body)
        elif name == "object":
            self._object(case)
        else:
            self._step(case, name, moved, twist)

    def _object(self, case: MemberCase) -> None:
        entry = NoticeEntry.objects.filter(record=case.number).first()
        if entry:
            day_of = entry.notice.opens_on
            object_to(entry, about="有疑问", received_on=day_of, by=self.world.users["body"])

    def _step(self, case: MemberCase, name: str, moved: dt.timedelta, twist: int) -> None:
        verb, on, facts = STEPS[name]
        said: dict[str, Any] = {**facts, **self.world.named(name)}
        if twist == 5 and name == "voted":
            said["in_favour"] = 2
        if twist == 5 and name == "form_filled":
            said["development_number"] = "202462000077"
        if twist == 6 and name in ("voted", "approved"):
            said |= {"secret": False} if name == "voted" else {"collectively": False}
        step = {"on": day(on) + moved, "today": TODAY, "by": self.world.users["body"], "because": LATE}
        verb(case, **{**step, **said})
