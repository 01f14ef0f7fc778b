"""One step of a membership case: the day is kept, the stage moves on, the log hears of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.league.rules import ruling
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records.models import Revision, State
from qingce.work.membership.models import MemberCase, Step

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User


def kind_with(part: str) -> Kind:
    """The kind that has this part; the catalogue has one of each."""
    return next(kind for kind in taxonomy().with_part(part) if not kind.retired)


def new_case(kind: Kind, person: Person, unit: Unit, *, on: dt.date, **facts: Any) -> MemberCase:
    """An unsaved case of this kind, at its first stage unless the facts say otherwise."""
    said = {"stage": kind.stages[0], "title": f"{person.name} {kind.label}", **facts}
    return MemberCase(kind=kind.code, person=person, unit=unit, happened_on=on, **said)


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


def keep_step(
    case: MemberCase, stage: str, on: dt.date, today: dt.date, because: str, told: Told, by: User
) -> None:
    """The step of this day is kept, marked when it is recorded long after. Called inside `telling()`."""
    late = demand_day(on, today, because)
    Step.objects.create(
        member_case=case,
        stage=stage,
        on=on,
        recorded_on=today,
        backdated_because=because.strip()[:200] if late else "",
    )
    Revision.advance()
    tell(
        told,
        by=by,
        about=str(case),
        reference=case.number,
        details={"on": on, **({"because": because} if because else {})},
    )


def demand_day(on: dt.date, today: dt.date, because: str) -> bool:
    """Whether the step is back-dated; refused in the future, and when no reason is given."""
    if on > today:
        raise Refused(_("%s lies in the future; record it when it has taken place.") % on)
    said = ruling("step_recorded_days_most", on=today)
    late = said.holds and not said.allows((today - on).days)
    if late and not because.strip():
        sentence = _("The step is recorded %d days after its day; say why it is recorded so late.")
        raise Refused(said.refusal(sentence % (today - on).days))
    return bool(late)


def end_case(case: MemberCase, told: Told, *, because: str, by: User) -> MemberCase:
    """It goes no further: it stays to be read, with the reason, and counts nowhere.

    Called inside `telling()`.
    """
    if case.state == State.VOID:
        raise Refused(_("“%s” has ended already.") % case)
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    before, case.state, case.state_reason = case.state, State.VOID, because.strip()[:200]
    write(case, "state", "state_reason")
    tell(
        told,
        by=by,
        about=str(case),
        reference=case.number,
        details={"because": because},
        changes={"state": (before, State.VOID)},
    )
    return case


def write(case: MemberCase, *names: str) -> None:
    """Save these columns of the case. Called inside `telling()`."""
    MemberCase.objects.filter(pk=case.pk).update(**{name: getattr(case, name) for name in names})
    Revision.advance()


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
