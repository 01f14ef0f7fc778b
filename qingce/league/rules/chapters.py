"""The table of rules as its pages show it: by chapter, as of a day, with who ordered what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.widgets import Day
from qingce.foundation.words import folded, initials
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import Unit
from qingce.league.rules.catalogue import BINDING, Rule
from qingce.league.rules.models import RuleOverride
from qingce.league.rules.rulings import Ruling, as_written, rulings_on

CHAPTERS = {
    "admission": _("Admission and recommendation"),
    "membership": _("Membership"),
    "organisation": _("Units, terms and elections"),
    "matters": _("Matters"),
    "meetings": _("Meetings and lessons"),
    "grading": _("Grading of branches"),
}
STANDINGS = {BINDING: _("binding"), "unconfirmed": _("unconfirmed"), "local": _("differs by place")}


class RuleFilter(forms.Form):
    """Which day, for which unit, which words; all may be left out."""

    q = forms.CharField(label=_("Name or initials"), required=False, max_length=60)
    on = forms.DateField(label=_("As it stood on"), required=False, widget=Day)
    unit = UnitField(label=_("For this unit"), required=False)

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.reach = reach
        self.fields["unit"].among = reach.units("unit.see")  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def day(self) -> dt.date:
        return self.cleaned_data.get("on") or self.reach.on

    @property
    def for_unit(self) -> Unit | None:
        return self.cleaned_data.get("unit") or self.reach.home

    def chapters(self) -> Iterator[tuple[str, list[tuple[Ruling, str]]]]:
        """Each chapter with what its rules say, and the standing of each in words."""
        said = [one for one in rulings_on(self.day, self.for_unit).values() if self._wanted(one.rule)]
        chapters = dict.fromkeys([*CHAPTERS, *(one.rule.chapter for one in said)])
        for chapter in chapters:
            lines = [(one, _standing(one)) for one in said if one.rule.chapter == chapter]
            if lines:
                yield str(CHAPTERS.get(chapter, chapter)), lines

    def _wanted(self, rule: Rule) -> bool:
        words = folded(self.cleaned_data.get("q", "")).lower()
        names = (rule.label, rule.label_en.lower(), rule.code, initials(rule.label))
        return not words or any(words in name for name in names)


def _standing(said: Ruling) -> str:
    """How firm a rule stands, in words."""
    if said.standing == BINDING and said.rule.only_warns:
        return gettext("a duty, warns only")
    return str(STANDINGS[said.standing])


class RulePage:
    """One rule: every value it had, and the orders that the reader may know of."""

    def __init__(self, rule: Rule, reach: Reach) -> None:
        self.rule = rule
        self.reach = reach

    @cached_property
    def now(self) -> Ruling:
        return rulings_on(self.reach.on, self.reach.home)[self.rule.code]

    @property
    def versions(self) -> list[tuple[Ruling, str]]:
        """Every value of the catalogue with its standing in words, the latest first."""
        return [
            (as_written(self.rule, one), str(STANDINGS[one.standing])) for one in self.rule.versions[::-1]
        ]

    @cached_property
    def orders(self) -> list[RuleOverride]:
        """Orders of the bodies above the reader, and of units within reach, the latest first."""
        known = Q(unit__in=self.reach.units("unit.see"))
        if self.reach.home is not None:
            known |= Q(unit__in=self.reach.home.above(day=self.reach.on))
        orders = RuleOverride.objects.filter(known, rule=self.rule.code).select_related("unit", "by")
        return list(orders.order_by("-since", "-pk"))
