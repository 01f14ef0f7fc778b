"""One step for many applicants: rehearsed for each, carried out for all that were ticked or for none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import telling
from qingce.foundation.refusals import Refused
from qingce.work.membership.admission.acts import Act
from qingce.work.membership.models import MemberCase

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


@dataclass
class Outcome:
    """What the step would do, or did, for one applicant."""

    case: MemberCase
    refusal: str = ""
    warnings: list[str] = field(default_factory=list)


def rehearse(
    act: Act, cases: Sequence[MemberCase], facts: dict[str, Any], *, today: dt.date, by: User
) -> list[Outcome]:
    """Try the step for each in turn, and take everything back."""
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes += [_try(act, case, facts, today, by) for case in cases]
            raise _TakenBack
    except _TakenBack:
        return outcomes


def carry_out(
    act: Act, cases: Sequence[MemberCase], facts: dict[str, Any], *, today: dt.date, by: User
) -> list[str]:
    """Take the step for all; a single refusal takes all of it back and names the applicant."""
    if not cases:
        raise Refused(_("Nobody is ticked; choose the applicants."))
    warnings: list[str] = []
    with telling():
        for case in cases:
            try:
                warnings += act.verb(case, today=today, by=by, **facts)
            except Refused as refused:
                raise Refused(f"{case}：{refused}") from None
    return list(dict.fromkeys(warnings))


class _TakenBack(Exception):
    """Ends a rehearsal."""


def _try(act: Act, case: MemberCase, facts: dict[str, Any], today: dt.date, by: User) -> Outcome:
    try:
        with transaction.atomic():
            return Outcome(case, warnings=act.verb(case, today=today, by=by, **facts))
    except Refused as refused:
        return Outcome(case, refusal=str(refused))
