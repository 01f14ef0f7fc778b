"""The rhythm of a unit's organised life (三会两制一课): what was held last, and by when it is due again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from qingce.foundation.dates import months_after
from qingce.league.organisations.models import Membership, Unit, UnitKind
from qingce.league.rules import Ruling, ruling, rulings_held_still
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records import families
from qingce.ledger.records.models import State

NOT_HELD = "not_held"  # the stage of an answer that says so


@dataclass(frozen=True)
class Beat:
    """One thing that a unit holds again and again, by one rule."""

    kind: Kind
    ruling: Ruling
    last: dt.date | None
    due: dt.date | None  # None while nothing is known to have been held
    late: bool


def beats(unit: Unit, *, on: dt.date) -> list[Beat]:
    """Everything with a rhythm that this sort of unit holds."""
    with rulings_held_still():
        return [beat for kind in _kinds(unit, on) for beat in _beats(kind, unit, on)]


def _kinds(unit: Unit, on: dt.date) -> Iterator[Kind]:
    holder = "branch" if unit.is_branch else "district" if unit.kind == UnitKind.DISTRICT_COMMITTEE else ""
    members = Membership.objects.on(on).filter(unit=unit).count()
    for kind in taxonomy().kinds.values():
        if kind.retired or not kind.rhythm or kind.held_by != holder:
            continue
        if not kind.asked_from or ruling(kind.asked_from, on=on, unit=unit).allows(members):
            yield kind


def _beats(kind: Kind, unit: Unit, on: dt.date) -> Iterator[Beat]:
    rows = families.family_of(kind.code).model._default_manager.filter(
        unit=unit, kind=kind.code, happened_on__lte=on
    )
    held = rows.exclude(state__in=[State.VOID, State.DRAFT]).exclude(stage=NOT_HELD)
    last = held.order_by("-happened_on").values_list("happened_on", flat=True).first()
    for code in kind.rhythm:
        said = ruling(code, on=on, unit=unit)
        if said.holds:
            due = months_after(last, _months(said)) if last else None
            yield Beat(kind, said, last, due, late=due is None or due < on)


def _months(said: Ruling) -> int:
    """The interval of a rule in months; a plain number says how often in a year."""
    if said.rule.sort in ("months", "years"):
        return int(said.value) * (12 if said.rule.sort == "years" else 1)
    return 12 // max(int(said.value), 1)
