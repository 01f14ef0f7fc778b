"""One step of a membership case: the day is kept, the stage moves on, the log hears of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.refusals import Refused
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records.models import Revision, State
from qingce.work.membership.models import MemberCase, Step

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


def kind_with(part: str) -> Kind:
    """The kind that has this part; the catalogue has one of each."""
    return next(kind for kind in taxonomy().with_part(part) if not kind.retired)


def reach_stage(
    case: MemberCase,
    stage: str,
    *,
    on: dt.date,
    told: Told,
    by: User,
    state: str | None = None,
    because: str = "",
) -> MemberCase:
    """The case has come to `stage` on the day `on`. Called inside `telling()`."""
    _demand_order(case, on)
    before = case.stage
    Step.objects.create(member_case=case, stage=stage, on=on)
    case.stage, case.state = stage, state or case.state
    MemberCase.objects.filter(pk=case.pk).update(stage=case.stage, state=case.state)
    Revision.advance()
    tell(
        told,
        by=by,
        about=str(case),
        reference=case.number,
        details={"on": on, "because": because},
        changes={"stage": (before, stage)},
    )
    return case


def demand_stage(case: MemberCase, *stages: str) -> None:
    if case.state == State.VOID or case.stage not in stages:
        raise Refused(
            _("“%(case)s” stands at “%(stage)s”, so this cannot be done now.")
            % {"case": case, "stage": case.stage_label}
        )


def demand_another(case: MemberCase, by: User) -> None:
    """Nobody decides about himself or herself."""
    own = getattr(by, "person", None)
    if own is not None and own.pk == case.person_id:
        raise Refused(_("Nobody approves a matter of his or her own; ask the body above."))


def last_step(case: MemberCase) -> Step | None:
    return case.steps.order_by("on", "pk").last()


def _demand_order(case: MemberCase, on: dt.date) -> None:
    last: Any = last_step(case)
    if last is not None and on < last.on:
        raise Refused(
            _("This step lies before “%(stage)s” of %(day)s; check the day.")
            % {"stage": last.stage_label, "day": last.on}
        )
