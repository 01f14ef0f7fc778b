"""The three public notices of an admission: who may be put up when, and what stands on the sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.audit.telling import telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import SCHOOLS, Unit
from qingce.ledger.notices.actions import Line, put_up
from qingce.ledger.notices.models import Notice
from qingce.ledger.records.models import State
from qingce.work.membership.admission.dossier import (
    ACTIVIST_NOTICE,
    MEMBER_NOTICE,
    NOTICE_RULES,
    TARGET_NOTICE,
)
from qingce.work.membership.models import MemberCase

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

TITLES = {
    ACTIVIST_NOTICE: gettext_lazy("Public notice of activists"),
    TARGET_NOTICE: gettext_lazy("Public notice of targets of admission"),
    MEMBER_NOTICE: gettext_lazy("Public notice of new members"),
}
# The stages at which somebody may be put up, for each notice.
PUT_UP_AT = {
    ACTIVIST_NOTICE: ("activist",),
    TARGET_NOTICE: ("target",),
    MEMBER_NOTICE: ("approved", "sworn"),
}


def notice_due(stage: str) -> str:
    """The notice that is put up at this stage; empty when there is none."""
    return next((purpose for purpose, stages in PUT_UP_AT.items() if stage in stages), "")


@telling()
def put_up_notice(
    cases: Sequence[MemberCase],
    purpose: str,
    *,
    opens_on: dt.date,
    closes_on: dt.date,
    by: User,
    put_up_at: str = "",
    contact: str = "",
) -> tuple[Notice, list[str]]:
    """One sheet for all of `cases`; each of them stands at the stage at which it is put up."""
    for case in cases:
        _demand_due(case, purpose, opens_on)
    bodies = {body_above(case.unit, on=opens_on) for case in cases}
    if len(bodies) > 1:
        raise Refused(
            _("These applicants belong to different bodies (%s); each body puts up its own notice.")
            % "、".join(sorted(str(body) for body in bodies))
        )
    unit = bodies.pop() if bodies else None
    if unit is None:
        raise Refused(_("Nobody is on this notice yet; choose who is put up."))
    return put_up(
        [line_of(case, unit) for case in cases],
        unit=unit,
        purpose=purpose,
        title=str(TITLES[purpose]),
        rule=NOTICE_RULES[purpose],
        opens_on=opens_on,
        closes_on=closes_on,
        by=by,
        put_up_at=put_up_at.strip(),
        contact=contact.strip(),
    )


def line_of(case: MemberCase, body: Unit) -> Line:
    """Name, school and class as the ledger knows them; nothing else gets onto a notice."""
    school, class_name = school_and_class(case.unit, body)
    return Line(case.number, case.person.name, school=school, class_name=class_name)


def school_and_class(unit: Unit, body: Unit) -> tuple[str, str]:
    """The two columns that say where: outside schools the branch alone."""
    if unit.domain not in SCHOOLS:
        return "", unit.short_name[:60]
    school = body.short_name.removesuffix("团委").removesuffix("团总支")
    name = unit.short_name.removesuffix("团支部")
    return school[:80], (name.removeprefix(school) or name)[:60]


def body_above(unit: Unit, *, on: dt.date) -> Unit:
    """The committee or work committee that a branch stands under; the unit itself when it is one."""
    if not unit.is_branch:
        return unit
    return unit.above(day=on).last() or unit


def _demand_due(case: MemberCase, purpose: str, opens_on: dt.date) -> None:
    if case.state == State.VOID or case.stage not in PUT_UP_AT[purpose]:
        raise Refused(
            _("%(case)s stands at “%(now)s” and is not put on this notice.")
            % {"case": case, "now": case.stage_label}
        )
    reached = case.steps.get(stage=PUT_UP_AT[purpose][0]).on
    if opens_on <= reached:
        raise Refused(
            _("%(case)s came to this stage on %(day)s; the notice begins after it.")
            % {"case": case, "day": reached}
        )
    if purpose == TARGET_NOTICE and not case.admission.pre_examined_on:
        raise Refused(_("%s is not pre-examined yet; the notice comes after it.") % case)
