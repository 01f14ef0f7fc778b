"""What a confirmed record does to the tree, and how voiding it takes that back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.organisations import changing, electing
from qingce.league.organisations.changing import Plan
from qingce.league.organisations.models import (
    BRANCHES,
    Placement,
    Post,
    Unit,
    UnitKind,
)
from qingce.league.organisations.past import TreeStep
from qingce.ledger.records import families
from qingce.ledger.records.actions import stand_anew
from qingce.ledger.records.models import State
from qingce.work.organising.judging import judge
from qingce.work.organising.models import Office, UnitEvent

MEMBER_ROLE = "committee_member"
TREE_PARTS = ("founding", "renaming", "relocation", "merging", "splitting", "dissolution", "deferral")
FIXED_ONCE_DONE = {"happened_on", "stage", "unit", "unit_id", "subject_unit", "subject_unit_id"}


class TreeEffects:
    """Called by the ledger inside its verbs."""

    def moved(self, record: Any, before: str, *, by: Any) -> None:
        if record.state == State.CONFIRMED:
            self._confirmed(record, by)
        elif record.state == State.VOID and before == State.CONFIRMED:
            take_back(record, by=by)

    def corrected(self, record: Any, names: Collection[str]) -> None:
        if FIXED_ONCE_DONE & set(names) and TreeStep.objects.filter(reference=record.number).exists():
            raise Refused(
                _("This record changed the tree: void it, which takes the change back, then enter it anew.")
            )

    def _confirmed(self, record: UnitEvent, by: Any) -> None:
        if is_planned(record) and not record.is_done:
            raise Refused(
                _("A change of the tree is approved with the number of its paper, on the page of approval.")
            )
        if record.is_done:
            carry_out(record, by=by)


effects = TreeEffects()


def is_planned(event: UnitEvent) -> bool:
    """Whether the record says what shall change; records of earlier years only say that it did."""
    return hasattr(event, "change") or event.candidates.exists()


def carry_out(event: UnitEvent, *, by: Any) -> None:
    """Change the tree as the record says, by the rules in force on its day."""
    acts = [act for part, (held, act) in ACTS.items() if event.has_part(part) and hasattr(event, held)]
    if acts:
        judge(event)
    for act in acts:
        act(event, by)


def take_back(event: UnitEvent, *, by: Any) -> None:
    """Undo what the record changed; refused with what stands in the way."""
    steps = TreeStep.objects.filter(reference=event.number)
    made = set(steps.filter(table="Unit", before__isnull=True).values_list("row", flat=True))
    for unit in Unit.objects.filter(pk__in=made):
        _demand_no_records(unit)
    moves = _moves_of(event)
    for old, new in moves:
        stand_anew(new, old, since=event.happened_on)
    changing.undo(event.number, about=str(event), by=by)


def _moves_of(event: UnitEvent) -> list[tuple[str, str]]:
    """Old and new place of the unit that the record moved; of nothing else."""
    if not event.has_part("relocation"):
        return []
    made = TreeStep.objects.filter(reference=event.number, table="Placement", before__isnull=True)
    new = Placement.objects.filter(pk__in=made.values("row"), unit=event.subject_unit).first()
    old = (
        Placement.objects.filter(unit=event.subject_unit, until=event.happened_on).order_by("-since").first()
    )
    return [(old.path, new.path)] if new and old else []


def _demand_no_records(unit: Unit) -> None:
    for model in families.all_records():
        rows: Any = model._default_manager.filter(unit=unit).exclude(state=State.VOID)
        if record := rows.first():
            raise Refused(
                _("“%(unit)s” has records already, such as %(number)s: dissolve it instead.")
                % {"unit": unit, "number": record.number}
            )


def _found(event: UnitEvent, by: Any) -> None:
    change = event.change
    plan = Plan(
        change.name,
        change.short_name or change.name[:60],
        change.unit_kind,
        change.domain,
        party_body=change.party_body,
        external_code=change.external_code,
        code=change.code,
        lasts_until=change.until,
    )
    event.subject_unit = changing.found(
        plan,
        under=change.to or event.unit,
        on=event.happened_on,
        by=by,
        reference=event.number,
        paper=event.document_number,
    )
    UnitEvent.objects.filter(pk=event.pk).update(subject_unit=event.subject_unit)


def _rename(event: UnitEvent, by: Any) -> None:
    change = event.change
    changing.rename(
        event.subject_unit,
        name=change.name,
        short_name=change.short_name or change.name[:60],
        on=event.happened_on,
        by=by,
        reference=event.number,
    )


def _relocate(event: UnitEvent, by: Any) -> None:
    unit = event.subject_unit
    old = unit.placements.get(until=None).path
    fresh = changing.relocate(unit, to=_to(event), on=event.happened_on, by=by, reference=event.number)
    # The move may be entered later than its day: what happened since then belongs to the new place.
    stand_anew(old, fresh.path, since=event.happened_on)


def _merge(event: UnitEvent, by: Any) -> None:
    changing.merge(event.subject_unit, into=_to(event), on=event.happened_on, by=by, reference=event.number)


def _split(event: UnitEvent, by: Any) -> None:
    unit, offshoots = event.subject_unit, list(event.offshoots.prefetch_related("people"))
    plans = [
        (Plan(one.name, _short(one.name), one.kind, unit.domain), list(one.people.all())) for one in offshoots
    ]
    fresh = changing.split(
        unit,
        plans,
        on=event.happened_on,
        goes_on=event.change.goes_on,
        by=by,
        reference=event.number,
        paper=event.document_number,
    )
    for one, made in zip(offshoots, fresh, strict=True):
        one.unit = made
        one.save(update_fields=["unit"])


def _dissolve(event: UnitEvent, by: Any) -> None:
    changing.dissolve(event.subject_unit, on=event.happened_on, by=by, reference=event.number)


def _defer(event: UnitEvent, by: Any) -> None:
    if event.change.until is None:
        raise Refused(_("Name the day to which the election is put off."))
    electing.defer(event.subject_unit, to=event.change.until, by=by, reference=event.number)


def _elect(event: UnitEvent, by: Any) -> None:
    """A new term begins, and those elected take their posts."""
    election, unit = event.election, event.subject_unit
    electing.begin_term(
        unit, since=election.term_start, ends_on=election.term_end, by=by, reference=event.number
    )
    elected = [one for one in event.candidates.select_related("person") if one.is_elected]
    if elected:
        posts = [_post(one, event, unit) for one in elected]
        replaced = {secretary_role(unit), MEMBER_ROLE}
        electing.seat(unit, posts, on=election.term_start, replaced=replaced, by=by, reference=event.number)


def _post(candidate: Any, event: UnitEvent, unit: Unit) -> Post:
    leads = candidate.office == Office.SECRETARY
    return Post(
        person=candidate.person,
        unit=unit,
        role=secretary_role(unit) if leads else MEMBER_ROLE,
        title=_title(candidate.office),
        engagement=candidate.engagement,
        document=event.document_number[:80],
        since=event.election.term_start,
    )


def secretary_role(unit: Unit) -> str:
    """The role that the elected secretary holds.

    What the district's own secretary may do is given by hand: nobody stands above to check it here.
    """
    if unit.kind in BRANCHES:
        return "branch_secretary"
    return MEMBER_ROLE if unit.kind == UnitKind.DISTRICT_COMMITTEE else "body_officer"


def _title(office: str) -> str:
    """What the post is called in the register, whatever language the reader speaks."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(Office(office).label)


def _short(name: str) -> str:
    return name.removeprefix("共青团")[:60]


def _to(event: UnitEvent) -> Unit:
    if event.change.to is None:
        raise Refused(_("Name the unit to which it goes."))
    return event.change.to


# Part of a kind → the table that holds what shall change, and the act.
ACTS: dict[str, tuple[str, Callable[[UnitEvent, Any], None]]] = {
    "founding": ("change", _found),
    "renaming": ("change", _rename),
    "relocation": ("change", _relocate),
    "merging": ("change", _merge),
    "splitting": ("change", _split),
    "dissolution": ("change", _dissolve),
    "deferral": ("change", _defer),
    "election": ("election", _elect),
}

__all__ = ["carry_out", "effects", "is_planned", "secretary_role", "take_back"]
