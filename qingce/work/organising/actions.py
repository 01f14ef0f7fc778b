"""The verbs of the papers on units: draw up, submit, approve; and a rehearsal that changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Placement, Unit
from qingce.league.people.models import Person
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import Grade, State
from qingce.work.organising.effects import secretary_role
from qingce.work.organising.judging import judge
from qingce.work.organising.models import (
    Candidate,
    Change,
    Congress,
    Election,
    Offshoot,
    UnitEvent,
)

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Parts:
    """What one paper says beyond its head: each of its tables, as far as its kind has them."""

    change: Facts | None = None
    offshoots: Sequence[tuple[Facts, Iterable[Person]]] = ()
    election: Facts | None = None
    candidates: Sequence[Facts] = field(default_factory=tuple)
    congress: Facts | None = None


@telling()
def draw_up(
    kind: Kind,
    *,
    unit: Unit,
    subject: Unit | None,
    on: dt.date,
    by: User,
    parts: Parts,
    title: str = "",
    note: str = "",
) -> UnitEvent:
    """A draft of the paper; nothing in the tree changes before it is approved.

    `subject` is None where the unit concerned is still to be founded beneath `unit`.
    """
    what = subject or (parts.change or {}).get("short_name") or unit
    event = UnitEvent(
        kind=kind.code,
        stage=kind.stages[0],
        title=(title.strip() or f"{what}{kind.label}")[:160],
        unit=unit,
        subject_unit=subject or unit,
        happened_on=on,
        note=note,
        grade=Grade.HAND,
        paper_missing=bool(kind.evidence),
    )
    ledger.enter(event, by=by)
    if parts.change is not None:
        Change.objects.create(event=event, **parts.change)
    if parts.election is not None:
        Election.objects.create(event=event, **parts.election)
    if parts.congress is not None:
        Congress.objects.create(event=event, **parts.congress)
    for facts, people in parts.offshoots:
        Offshoot.objects.create(event=event, **facts).people.set(people)
    for candidate in parts.candidates:
        Candidate.objects.create(event=event, **candidate)
    return event


@telling()
def approve(
    event: UnitEvent, *, document_number: str, by: User, today: dt.date, approved_by: str = ""
) -> list[str]:
    """Approve the paper: from its day the tree is changed. What the rules advise against comes back.

    Refused to whoever does not look after the body above, and to nobody's own election.
    """
    if event.state not in (State.DRAFT, State.SUBMITTED):
        raise Refused(_("“%s” is decided already.") % event)
    if event.happened_on > today:
        raise Refused(_("The day lies in the future: approve it when the day has come, or correct the day."))
    if not document_number.strip():
        raise Refused(_("Name the number of the paper that approves it."))
    demand_right(event, Reach(by, on=today))
    warnings = judge(event)
    event.stage = event.kind_of_work.done
    event.document_number = document_number.strip()
    event.approved_by = approved_by.strip() or _approver(event)
    facts = {name: getattr(event, name) for name in ("stage", "document_number", "approved_by")}
    UnitEvent.objects.filter(pk=event.pk).update(**facts)
    for label in event.missing_evidence():
        ledger.attach_evidence(event, label=label, kept_at=event.document_number, by=by)
    ledger.confirm(event, by=by)
    tell(Told.UNIT_CHANGE_APPROVED, by=by, about=str(event), reference=event.number, details=facts)
    return warnings


def demand_right(event: UnitEvent, reach: Reach) -> None:
    """Who approves must look after every body concerned, from above."""
    for body in bodies_above(event):
        if not reach.may("record.confirm", body):
            raise Refused(_("This is approved by the body above %s; submit it for approval.") % body)
    unit = event.subject_unit
    if not event.candidates.filter(is_elected=True).exists():
        return
    for role in (secretary_role(unit), "committee_member"):
        if not reach.may_appoint("record.confirm", role, unit):
            said = {"role": roles()[role], "unit": unit}
            raise Refused(_("“%(role)s” at %(unit)s is not yours to give; ask the body above.") % said)


def bodies_above(event: UnitEvent) -> list[Unit]:
    """The bodies whose officers decide: above the unit concerned, and where it is to go."""
    to = getattr(getattr(event, "change", None), "to", None)
    bodies = [event.unit if event.has_part("founding") else body_above(event.subject_unit)]
    return [*bodies, *([to] if to is not None else [])]


def body_above(unit: Unit) -> Unit:
    """The body above a unit today; the highest unit decides for itself."""
    placed = Placement.objects.filter(unit=unit, until=None).select_related("parent").first()
    return placed.parent if placed and placed.parent else unit


def rehearse(do: Callable[[], list[str]]) -> list[str]:
    """What `do` would warn of, with everything it changed taken back; Refused when it would be."""
    try:
        with telling():
            raise _TakenBack(do())
    except _TakenBack as done:
        return done.warnings


class _TakenBack(Exception):
    def __init__(self, warnings: list[str]) -> None:
        super().__init__()
        self.warnings = warnings


def _approver(event: UnitEvent) -> str:
    return bodies_above(event)[0].name[:80]
