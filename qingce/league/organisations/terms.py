"""Whose term ends when: elections overdue, and those to be held in the next months."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingce.foundation.dates import months_after
from qingce.foundation.ui.widgets import Day
from qingce.league.access.reach import Reach
from qingce.league.organisations.health import Health
from qingce.league.organisations.models import Unit, UnitKind

AHEAD = ((0, _("overdue only")), (3, _("3 months ahead")), (6, _("6 months ahead")), (12, _("a year ahead")))


class Due(NamedTuple):
    """One unit with the day by which it must have elected anew."""

    unit: Unit
    ends: dt.date
    is_overdue: bool
    is_deferred: bool
    days: int  # left, or since then


class TermFilter(forms.Form):
    """How far ahead, which sort of unit, on which day."""

    ahead = forms.TypedChoiceField(label=_("How far ahead"), choices=AHEAD, coerce=int, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of unit"), required=False, choices=[("", _("all")), *UnitKind.choices]
    )
    on = forms.DateField(label=_("As it stood on"), required=False, widget=Day)

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__({"ahead": "6", **asked.dict()})
        self.reach = reach
        self.full_clean()

    @property
    def day(self) -> dt.date:
        return self.cleaned_data.get("on") or self.reach.on

    @cached_property
    def rows(self) -> list[Due]:
        """Every unit within reach whose term has ended or ends so soon, the earliest first."""
        ahead = self.cleaned_data.get("ahead")
        until = months_after(self.day, 6 if ahead in (None, "") else int(ahead))
        found = [
            Due(unit, ends, ends < self.day, unit.deferred_to == ends, abs((ends - self.day).days))
            for unit in self._units()
            if (ends := self._health.due.get(unit.pk)) is not None and ends <= until
        ]
        if ahead == 0:
            found = [one for one in found if one.is_overdue]
        return sorted(found, key=lambda one: (one.ends, one.unit.protocol_order, one.unit.code))

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.rows)

    @cached_property
    def _health(self) -> Health:
        return Health(self._units(), self.day)

    def _units(self) -> Any:
        units = self.reach.units("unit.see").active(self.day)
        kind = self.cleaned_data.get("kind")
        return units.filter(kind=kind) if kind else units
