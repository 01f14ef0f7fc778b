"""The stable code of a unit: six digits of the division and a sequence; a move does not change it."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext as _

from qingce.league.organisations.models import Unit
from qingce.league.organisations.past import CodeSequence
from qingce.league.rules import demand, ruling

UNKNOWN_DIVISION = "000000"
DIGITS = 5


def fresh_code(above: Unit, *, on: dt.date) -> str:
    """The next code under the division of the district that `above` belongs to."""
    division = division_of(above, on=on)
    rule = ruling("unit_division_digits", on=on, unit=above)
    whole = not rule.holds or (division.isdigit() and rule.allows(len(division)))
    sentence = _("“%s” is no division code; correct it at the district before a unit is founded.")
    demand(whole, rule.code, sentence % division, on=on, unit=above)
    while Unit.objects.filter(code=(code := f"{division}{_take(division):0{DIGITS}d}")).exists():
        pass  # an imported unit bears this number already
    return code


def division_of(unit: Unit, *, on: dt.date) -> str:
    """The division code of the nearest body, at the unit or above it, that has one."""
    bodies = [unit, *reversed(list(unit.above(day=on)))]
    return next((one.division for one in bodies if one.division), UNKNOWN_DIVISION)


def _take(division: str) -> int:
    CodeSequence.objects.get_or_create(division=division)
    taken = CodeSequence.objects.filter(division=division)
    taken.update(last=F("last") + 1)
    return taken.values_list("last", flat=True).get()
