"""What follows from a change of the tree, said before it is made: members, records, figures, names, codes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations.models import Membership, Placement, Post, Unit, under
from qingce.ledger.records import families


def of_relocation(unit: Unit, to: Unit, on: dt.date) -> list[str]:
    placed = Placement.objects.filter(unit=unit, until=None).select_related("parent").first()
    if placed is None:
        return []
    beneath = Placement.objects.filter(under(placed.path), until=None).values("unit")
    members = Membership.objects.on(on).filter(unit__in=beneath).count()
    old, new = _records(placed.path, on)
    day = short_day(on)
    return [
        _("%(units)d units with %(members)d members come from %(old)s to %(new)s.")
        % {"units": beneath.count(), "members": members, "old": placed.parent or "—", "new": to},
        _("%(n)d records before %(day)s stay with %(old)s: its past figures come out as they were.")
        % {"n": old, "day": day, "old": placed.parent or "—"},
        _("%(n)d records from %(day)s on stand under %(new)s.") % {"n": new, "day": day, "new": to},
        _("Name and code stay: %(name)s, %(code)s.") % {"name": unit.name, "code": unit.code},
        _("Officers of %(new)s look after it from that day, those of %(old)s no longer do.")
        % {"new": to, "old": placed.parent or "—"},
    ]


def of_merging(unit: Unit, into: Unit, on: dt.date) -> list[str]:
    moving, there = _staying(unit, on), _staying(into, on)
    return [
        _("%(n)d members go on in %(into)s, which then has %(all)d; their earlier stay is kept.")
        % {"n": moving, "into": into, "all": moving + there},
        _("%(n)d posts at %(unit)s end.") % {"n": _posts(unit, on), "unit": unit},
        _("%s is dissolved and stays in the register with its records and its code.") % unit,
    ]


def of_dissolution(unit: Unit, on: dt.date) -> list[str]:
    return [
        _("%(n)d members are left: they must be merged or transferred first.") % {"n": _staying(unit, on)}
        if _staying(unit, on)
        else _("No members are left."),
        _("%(n)d posts at %(unit)s end.") % {"n": _posts(unit, on), "unit": unit},
        _("%s is dissolved and stays in the register with its records and its code.") % unit,
    ]


def of_renaming(unit: Unit, name: str, on: dt.date) -> list[str]:
    return [
        _("From %(day)s it is called %(new)s; before, %(old)s.")
        % {"day": short_day(on), "new": name, "old": unit.name},
        _("The code stays: %s. Lists of earlier days show the earlier name.") % unit.code,
    ]


def _staying(unit: Unit, on: dt.date) -> int:
    return Membership.objects.on(on).filter(unit=unit).count()


def _posts(unit: Unit, on: dt.date) -> int:
    return Post.objects.on(on).filter(unit=unit).count()


def _records(path: str, on: dt.date) -> tuple[int, int]:
    """Records at and beneath a place before a day, and from it on."""
    before = after = 0
    for model in families.all_records():
        rows: Any = model._default_manager.filter(under(path, column="place"))
        later = rows.filter(happened_on__gte=on).count()
        before, after = before + rows.count() - later, after + later
    return before, after
