"""The verbs that change the tree on a paper: found, rename, relocate, merge, split, dissolve, elect.

Each writes through a journal under the number of its record, so that voiding the record undoes it.
Rules with numbers are asked in `norms.py`; here stands what the tree itself demands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.dates import in_force
from qingce.foundation.refusals import Refused
from qingce.league.organisations.actions import next_path
from qingce.league.organisations.codes import fresh_code
from qingce.league.organisations.journal import Journal, take_back
from qingce.league.organisations.models import (
    BRANCHES,
    Membership,
    Placement,
    Post,
    Unit,
    under,
)
from qingce.league.organisations.past import FormerName, Lineage

if TYPE_CHECKING:
    from qingce.foundation.accounts.models import User
    from qingce.league.people.models import Person


@dataclass(frozen=True)
class Plan:
    """What a unit that is to be founded shall be."""

    name: str
    short_name: str
    kind: str
    domain: str
    party_body: str = ""
    external_code: str = ""
    code: str = ""  # given before; else the system gives one
    lasts_until: dt.date | None = None


@telling()
def found(
    plan: Plan, *, under: Unit, on: dt.date, by: User | None, reference: str = "", paper: str = ""
) -> Unit:
    """A unit that did not exist before begins on `on` under `under`; it gets its code here."""
    journal = Journal(reference)
    unit = _founded(journal, plan, under, on, paper)
    journal.close()
    tell(Told.UNIT_FOUNDED, by=by, about=str(unit), reference=unit.code, details={"on": on, "paper": paper})
    return unit


@telling()
def rename(
    unit: Unit, *, name: str, short_name: str, on: dt.date, by: User | None, reference: str = ""
) -> Unit:
    """From `on` the unit is called otherwise; its old name is kept with its days."""
    demand_active(unit, on)
    if (name, short_name) == (unit.name, unit.short_name):
        raise Refused(_("This is the name that %s has already.") % unit)
    demand_free_name(name, on=on, but=unit)
    last = unit.former_names.order_by("-until").first()
    since = last.until if last else unit.founded_on
    if on <= since:
        raise Refused(_("The new name must begin later than the present one, which began on %s.") % since)
    before = str(unit)
    journal = Journal(reference)
    old = FormerName(unit=unit, name=unit.name, short_name=unit.short_name, since=since, until=on)
    journal.create(old)
    journal.change(unit, name=name, short_name=short_name)
    journal.close()
    changes = {"short_name": (before, short_name)}
    tell(Told.UNIT_RENAMED, by=by, about=before, reference=unit.code, details={"on": on}, changes=changes)
    return unit


@telling()
def relocate(unit: Unit, *, to: Unit, on: dt.date, by: User | None, reference: str = "") -> Placement:
    """From `on` the unit and all beneath it stand under `to`; the past keeps its place."""
    demand_active(unit, on)
    _demand_body(to, on)
    old = unit.placements.get(until=None)
    target = to.placements.get(until=None)
    if target.path.startswith(old.path):
        raise Refused(_("%s cannot be placed under itself or under a unit of its own.") % unit)
    if old.parent_id == to.pk:
        raise Refused(_("%(unit)s stands under %(body)s already.") % {"unit": unit, "body": to})
    beneath = list(Placement.objects.filter(until=None, path__startswith=old.path).select_related("unit"))
    for placement in beneath:
        if placement.since > on or (placement.pk == old.pk and placement.since == on):
            raise Refused(
                _("%(unit)s got its present place on %(day)s: the move must be later than that day.")
                % {"unit": placement.unit, "day": placement.since}
            )
    _demand_settled(target, on)
    _demand_nobody_left(old, on)
    journal = Journal(reference)
    root = next_path(target.path)
    for placement in sorted(beneath, key=lambda one: one.path):
        journal.change(placement, until=on)
        parent = to.pk if placement.pk == old.pk else placement.parent_id
        path = root + placement.path.removeprefix(old.path)
        journal.create(Placement(unit_id=placement.unit_id, parent_id=parent, path=path, since=on))
    journal.close()
    tell(
        Told.UNIT_MOVED,
        by=by,
        about=str(unit),
        reference=unit.code,
        details={"on": on, "to": str(to), "units": len(beneath)},
        changes={"path": (old.path, root)},
    )
    return unit.placements.get(until=None)


@telling()
def merge(unit: Unit, *, into: Unit, on: dt.date, by: User | None, reference: str = "") -> Unit:
    """`unit` goes into `into` on `on`: its members stand there from that day, and it is dissolved."""
    if unit.pk == into.pk:
        raise Refused(_("A unit cannot be merged into itself."))
    demand_active(into, on)
    journal = Journal(reference)
    members = _carry(journal, unit, {into: None}, on, because=_("Merged into %s") % into)
    journal.create(Lineage(predecessor=unit, successor=into, since=on))
    _end(journal, unit, on)
    journal.close()
    details = {"on": on, "into": str(into), "members": members}
    tell(Told.UNIT_MERGED, by=by, about=f"{unit} → {into}", reference=unit.code, details=details)
    return into


@telling()
def split(
    unit: Unit,
    plans: Sequence[tuple[Plan, Collection[Person]]],
    *,
    on: dt.date,
    goes_on: bool,
    by: User | None,
    reference: str = "",
    paper: str = "",
) -> list[Unit]:
    """New units come out of `unit`, each with the members named for it.

    When the unit does not go on, every member must be named for one of the new units.
    """
    demand_active(unit, on)
    if not plans:
        raise Refused(_("Name the units that come out of %s.") % unit)
    above = Placement.objects.get(unit=unit, until=None).parent
    if above is None:
        raise Refused(_("The highest unit of the district cannot be split."))
    journal = Journal(reference)
    fresh = [_founded(journal, plan, above, on, paper) for plan, _people in plans]
    taken = {one: {person.pk for person in people} for one, (_plan, people) in zip(fresh, plans, strict=True)}
    members = _carry(journal, unit, taken, on, because=_("Split off from %s") % unit)
    for one in fresh:
        journal.create(Lineage(predecessor=unit, successor=one, since=on))
    if not goes_on:
        _end(journal, unit, on)
    journal.close()
    details = {"on": on, "units": "、".join(map(str, fresh)), "members": members}
    tell(Told.UNIT_SPLIT, by=by, about=str(unit), reference=unit.code, details=details)
    return fresh


@telling()
def dissolve(unit: Unit, *, on: dt.date, by: User | None, reference: str = "") -> Unit:
    """The unit is over from `on`; it stays in the register with its records."""
    journal = Journal(reference)
    _end(journal, unit, on)
    journal.close()
    tell(Told.UNIT_DISSOLVED, by=by, about=str(unit), reference=unit.code, details={"on": on})
    return unit


@telling()
def undo(reference: str, *, about: str, by: User | None) -> list[Unit]:
    """Take back what the act of this record changed in the tree; refused when something stands on it."""
    touched = take_back(reference)
    if touched:
        tell(Told.TREE_RESTORED, by=by, about=about, reference=touched[0].code, details={"record": reference})
    return touched


def demand_free_name(name: str, *, on: dt.date, but: Unit | None = None) -> None:
    """Refuse a full name that another unit bears on `on` or later."""
    alive = Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on)
    others = Unit.objects.exclude(pk=but.pk) if but is not None else Unit.objects.all()
    same = others.filter(alive, name=name).first()
    if same is not None:
        raise Refused(_("Another unit is called “%(name)s” (%(code)s).") % {"name": name, "code": same.code})


def _founded(journal: Journal, plan: Plan, under: Unit, on: dt.date, paper: str) -> Unit:
    _demand_body(under, on)
    demand_free_name(plan.name, on=on)
    above = under.placements.get(until=None)
    _demand_settled(above, on)
    unit: Unit = journal.create(
        Unit(
            **vars(plan) | {"code": plan.code or fresh_code(under, on=on)},
            founded_on=on,
            approved_by=paper[:120],
            protocol_order=_order_under(under, on),
        )
    )
    journal.create(Placement(unit=unit, parent=under, path=next_path(above.path), since=on))
    return unit


def _order_under(body: Unit, on: dt.date) -> int:
    """The order of the last unit beneath a body, so that a new one stands at its end."""
    last = body.children(day=on).aggregate(last=Max("protocol_order"))["last"]
    return body.protocol_order if last is None else last


def _end(journal: Journal, unit: Unit, on: dt.date) -> None:
    """Dissolve: refused while units or members are left; posts end with the unit."""
    demand_active(unit, on)
    placed = unit.placements.get(until=None)
    if placed.parent_id is None:
        raise Refused(_("The highest unit of the district cannot be dissolved here."))
    if placed.since > on or on <= unit.founded_on:
        raise Refused(_("%s got its present place later than that day.") % unit)
    alive = Q(unit__dissolved_on__isnull=True) | Q(unit__dissolved_on__gt=on)
    left = [
        one.unit
        for one in Placement.objects.filter(alive, parent=unit, until=None).select_related("unit")[:3]
    ]
    if left:
        raise Refused(_("Units still stand beneath it: %s. Move them first.") % "、".join(map(str, left)))
    _demand_nobody_left(placed, on)
    staying = unit.memberships.filter(Q(until__isnull=True) | Q(until__gt=on))
    if n := staying.count():
        raise Refused(
            _("%(n)d members are left in %(unit)s: merge it, or transfer them first.")
            % {"n": n, "unit": unit}
        )
    for post in Post.objects.filter(Q(until__isnull=True) | Q(until__gt=on), unit=unit):
        journal.change(post, until=max(on, post.since))
    journal.change(unit, dissolved_on=on)


def _carry(
    journal: Journal, unit: Unit, taken: Mapping[Unit, set[int] | None], on: dt.date, *, because: str
) -> int:
    """Move members to the units that take them (None: all) as dated stays; how many moved."""
    late = unit.memberships.filter(Q(until__isnull=True) | Q(until__gt=on), since__gte=on).first()
    if late is not None:
        raise Refused(_("%s has members who came on that day or later; choose a later day.") % unit)
    moved = 0
    for stay in unit.memberships.filter(in_force(on)).select_related("person"):
        to = next((one for one, people in taken.items() if people is None or stay.person_id in people), None)
        if to is None:
            continue
        facts = {one.attname: getattr(stay, one.attname) for one in stay._meta.concrete_fields}
        fresh = Membership(**{**facts, "id": None, "unit_id": to.pk, "since": on})
        journal.change(stay, until=on, ended_because=because[:40])
        journal.create(fresh)
        moved += 1
    return moved


def demand_active(unit: Unit, on: dt.date) -> None:
    if unit.founded_on > on:
        raise Refused(
            _("%(unit)s was founded on %(day)s, later than that day.")
            % {"unit": unit, "day": unit.founded_on}
        )
    if unit.dissolved_on is not None:
        raise Refused(_("%(unit)s was dissolved on %(day)s.") % {"unit": unit, "day": unit.dissolved_on})


def _demand_settled(place: Placement, on: dt.date) -> None:
    """Refuse a day before the body above came to where it stands now."""
    if place.since > on:
        raise Refused(
            _("%(unit)s got its present place on %(day)s: nothing comes beneath it before that day.")
            % {"unit": place.unit, "day": place.since}
        )


def _demand_nobody_left(place: Placement, on: dt.date) -> None:
    """Refuse a day after which a unit still left this place: it would have to come along."""
    gone = Placement.objects.filter(under(place.path), until__gt=on).select_related("unit").first()
    if gone is not None:
        raise Refused(
            _("%(unit)s stood beneath it until %(day)s: choose that day or a later one.")
            % {"unit": gone.unit, "day": gone.until}
        )


def _demand_body(unit: Unit, on: dt.date) -> None:
    demand_active(unit, on)
    if unit.kind in BRANCHES:
        raise Refused(_("%s is a branch: no units stand beneath it. Name the committee above.") % unit)
