"""The history of a unit as one line of days: founded, named, moved, merged, elected, dissolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from qingce.league.organisations.models import (
    Placement,
    Unit,
)
from qingce.league.organisations.past import FormerName, Lineage


class Moment(NamedTuple):
    """Something that happened to a unit on a day; `other` is a second unit it speaks of."""

    on: dt.date
    sentence: str
    other: Unit | None = None


def chronicle(unit: Unit) -> list[Moment]:
    """Every moment of the unit's life that the register knows, the latest first."""
    said = [Moment(unit.founded_on, _("Founded") + (f" · {unit.approved_by}" if unit.approved_by else ""))]
    said += [*_names(unit), *_places(unit), *_lines(unit), *_terms(unit)]
    if unit.dissolved_on is not None:
        said.append(Moment(unit.dissolved_on, _("Dissolved")))
    return sorted(said, key=lambda one: one.on, reverse=True)


def _names(unit: Unit) -> Iterator[Moment]:
    former = list(unit.former_names.all())
    for one, after in zip(former, [*former, unit][1:], strict=True):
        yield Moment(one.until, _("Renamed from %(old)s to %(new)s") % {"old": one, "new": after})


def _places(unit: Unit) -> Iterator[Moment]:
    before: Placement | None = None
    for place in unit.placements.select_related("parent").order_by("since"):
        if before is not None and before.parent_id != place.parent_id:
            yield Moment(place.since, _("Moved from %s to") % before.parent, place.parent)
        elif before is not None:
            yield Moment(place.since, _("Moved together with the body above"), place.parent)
        before = place


def _lines(unit: Unit) -> Iterator[Moment]:
    lines = Lineage.objects.select_related("predecessor", "successor")
    for line in lines.filter(Q(predecessor=unit) | Q(successor=unit)):
        if line.predecessor_id == unit.pk:
            yield Moment(line.since, _("Continues in"), line.successor)
        else:
            yield Moment(line.since, _("Comes out of"), line.predecessor)


def _terms(unit: Unit) -> Iterator[Moment]:
    starts = {one.since for one in unit.former_terms.all()}
    if unit.term_start:
        starts.add(unit.term_start)
    for day in starts - {unit.founded_on}:
        yield Moment(day, _("A term of office began"))


def names_on(units: Iterable[Unit], day: dt.date) -> dict[int, str]:
    """What those of `units` that had another name on `day` were called then; one query."""
    rows = FormerName.objects.on(day).filter(unit__in=[unit.pk for unit in units])
    return {one.unit_id: str(one) for one in rows}
