"""The verbs of a record's life: enter, submit, return, confirm, correct, void."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Placement, under
from qingce.ledger.records import families
from qingce.ledger.records.models import (
    Correction,
    Evidence,
    Grade,
    Numbering,
    Record,
    Revision,
    State,
)

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User

# What makes a record the record it is; a mistake here is voided and entered anew.
FIXED = {"number", "kind", "state", "state_reason", "recorded_by", "entered_at", "source_key"}


@telling()
def enter(record: Record, *, by: User, parts: Iterable[models.Model] = ()) -> Record:
    """Save a new draft with its parts; it gets its number and its place in the tree."""
    prepare([record], by=by)
    record.save(force_insert=True)
    for part in parts:
        part.save()
    Revision.advance()
    tell(Told.RECORD_ENTERED, by=by, about=str(record), reference=record.number)
    return record


@telling()
def submit(record: Record, *, by: User) -> Record:
    """Hand a draft up for confirmation."""
    _demand(record, State.DRAFT)
    return _advance(record, State.SUBMITTED, Told.RECORD_SUBMITTED, by=by)


@telling()
def send_back(record: Record, *, because: str, by: User) -> Record:
    """Return a submitted record to its draft with a reason."""
    _demand(record, State.SUBMITTED)
    return _advance(record, State.DRAFT, Told.RECORD_RETURNED, by=by, because=_reason(because))


@telling()
def withdraw(record: Record, *, by: User) -> Record:
    """Take a submitted record back before anybody has confirmed it."""
    _demand(record, State.SUBMITTED)
    return _advance(record, State.DRAFT, Told.RECORD_WITHDRAWN, by=by)


@telling()
def confirm(record: Record, *, by: User) -> Record:
    """Enter the record in the ledger; from here on it counts."""
    _demand(record, State.DRAFT, State.SUBMITTED)
    if missing := record.missing_evidence():
        raise Refused(
            _("Still missing: %s. Add what is missing, then it can be confirmed.") % "、".join(missing)
        )
    return _advance(record, State.CONFIRMED, Told.RECORD_CONFIRMED, by=by)


@telling()
def void(record: Record, *, because: str, by: User) -> Record:
    """Take the record out of every figure; it stays to be read, with the reason."""
    _demand(record, State.DRAFT, State.SUBMITTED, State.CONFIRMED)
    return _advance(record, State.VOID, Told.RECORD_VOIDED, by=by, because=_reason(because))


@telling()
def correct(record: Record, *, because: str, by: User, **facts: Any) -> Record:
    """Put facts of a confirmed record right in the open: each change is kept with its reason."""
    _demand(record, State.CONFIRMED)
    reason = _reason(because)
    changes = {}
    _demand_own_stage(record, facts)
    for name, after in facts.items():
        if name in FIXED:
            raise Refused(_("“%s” is not corrected: void the record and enter it anew.") % name)
        before = getattr(record, name)
        if before != after:
            changes[name] = (before, after)
            setattr(record, name, after)
    if not changes:
        raise Refused(_("Nothing differs from what is recorded."))
    if effects := families.by_model(type(record)).effects:
        effects.corrected(record, changes)
    _refresh(record)
    _write(record, *changes, "initials", "place")
    Correction.objects.bulk_create(
        Correction(
            record=record.number,
            field=name,
            before=_shown(before),
            after=_shown(after),
            because=reason,
            by=by,
        )
        for name, (before, after) in changes.items()
    )
    Revision.advance()
    tell(
        Told.RECORD_CORRECTED,
        by=by,
        about=str(record),
        reference=record.number,
        details={"because": reason},
        changes=changes,
    )
    return record


@telling()
def amend(record: Record, *, by: User, **facts: Any) -> Record:
    """Change a draft freely: nobody has relied on it yet."""
    _demand(record, State.DRAFT)
    _demand_own_stage(record, facts)
    changes = {name: (getattr(record, name), after) for name, after in facts.items()}
    for name, after in facts.items():
        setattr(record, name, after)
    _refresh(record)
    _write(record, *facts, "initials", "place")
    tell(Told.RECORD_AMENDED, by=by, about=str(record), reference=record.number, changes=changes)
    return record


@telling()
def attach_evidence(record: Record, *, label: str, by: User, file: Any = None, kept_at: str = "") -> Evidence:
    """Put a paper with the record, or note where it is kept; the evidence grade rises with it."""
    _demand(record, State.DRAFT, State.SUBMITTED, State.CONFIRMED)
    paper = Evidence.objects.create(
        record=record.number, label=label.strip(), file=file or "", kept_at=kept_at, added_by=by
    )
    record.paper_missing = bool(record.missing_evidence())
    if not record.paper_missing and record.grade in {Grade.HAND, Grade.ESTIMATE}:
        record.grade = Grade.DOCUMENT
    _write(record, "paper_missing", "grade")
    Revision.advance()
    tell(Told.EVIDENCE_ADDED, by=by, about=str(record), reference=record.number, details={"label": label})
    return paper


def _demand_own_stage(record: Record, facts: Mapping[str, Any]) -> None:
    """Refuse a new stage where it is reached by the steps of a procedure."""
    if facts.get("stage", record.stage) != record.stage and (way := record.carried_on_by()):
        raise Refused(way)


def prepare(records: Sequence[Record], *, by: User | None) -> None:
    """Give new records number, place and derived columns; bulk saves call it themselves.

    Records of one call belong to one family.
    """
    if not records:
        return
    now = timezone.now()
    places = Places()
    _number(records)
    for record in records:
        record.place = places.on(record.unit_id, record.happened_on)
        record.recorded_by = record.recorded_by or by
        record.entered_at = record.entered_at or now
        record.fill()


class Places:
    """Where every unit stood on any day; read once, asked often."""

    def __init__(self) -> None:
        self._placements: dict[int, list[tuple[dt.date, str]]] = {}
        dated = Placement.objects.order_by("since").values_list("unit", "since", "path")
        for unit, since, path in dated:
            self._placements.setdefault(unit, []).append((since, path))

    def on(self, unit: int, day: dt.date) -> str:
        """The unit's path on `day`; before its first placement, where it first stood."""
        dated = self._placements.get(unit)
        if not dated:
            raise Refused(_("The unit has no place in the tree yet."))
        return next((path for since, path in reversed(dated) if since <= day), dated[0][1])


def stand_anew(old: str, new: str, *, since: dt.date) -> int:
    """Records from `since` on that stand at or under the place `old` stand under `new`; how many.

    For a move of the tree that is entered later than its day. The caller's verb tells the log.
    """
    moved = 0
    place = Concat(Value(new), Substr("place", len(old) + 1))
    for model in families.all_records():
        rows = model._default_manager.filter(under(old, column="place"), happened_on__gte=since)
        moved += rows.update(place=place)
    if moved:
        Revision.advance()
    return moved


def _number(records: Sequence[Record]) -> None:
    """Take a block of numbers for each year among the records."""
    letter = families.by_model(type(records[0])).letter
    by_year: dict[int, list[Record]] = {}
    for record in records:
        by_year.setdefault(record.happened_on.year, []).append(record)
    for year, those in by_year.items():
        last = _take(letter, year, len(those))
        for number, record in enumerate(those, start=last - len(those) + 1):
            record.number = f"{letter}{year}-{number:06d}"


def _take(letter: str, year: int, count: int) -> int:
    """Reserve `count` numbers; the last of them."""
    Numbering.objects.get_or_create(letter=letter, year=year)
    taken = Numbering.objects.filter(letter=letter, year=year)
    taken.update(last=F("last") + count)
    return taken.values_list("last", flat=True).get()


def _demand(record: Record, *states: State) -> None:
    if record.state not in states:
        raise Refused(
            _("“%(record)s” is in the state “%(state)s”, so this cannot be done now.")
            % {"record": record, "state": record.get_state_display()}
        )


def _advance(record: Record, to: State, told: Told, *, by: User, because: str = "") -> Record:
    if way := record.carried_on_by():
        raise Refused(way)
    before, record.state = record.state, to
    record.state_reason = because
    _write(record, "state", "state_reason")
    Revision.advance()
    tell(
        told,
        by=by,
        about=str(record),
        reference=record.number,
        details={"because": because},
        changes={"state": (before, to)},
    )
    if effects := families.by_model(type(record)).effects:
        effects.moved(record, before, by=by)
    return record


def _write(record: Record, *names: str) -> None:
    fields: Mapping[str, Any] = {name: getattr(record, name) for name in names}
    type(record)._default_manager.filter(pk=record.pk).update(**fields)


def _refresh(record: Record) -> None:
    record.place = Places().on(record.unit_id, record.happened_on)
    record.fill()


def _reason(because: str) -> str:
    if not because.strip():
        raise Refused(_("Please give the reason: it is kept with the record."))
    return because.strip()


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:500]
