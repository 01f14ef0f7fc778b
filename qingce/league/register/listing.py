"""The differences of one reconciliation as its page lists them: filtered, counted, paged."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingce.foundation.ui.numbers import short_day
from qingce.foundation.words import folded
from qingce.league.access.reach import Reach
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import Membership, Unit
from qingce.league.people.models import Person, Sex
from qingce.league.register.comparing import ELSEWHERE, IN_FILE, ON_REGISTER
from qingce.league.register.deciding import BY_RULE
from qingce.league.register.models import Decision, Difference, Reconciliation, Sort

DECIDED = "decided"
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def field_label(name: str) -> str:
    """What a column of the person or of the membership is called."""
    if name == "unit":
        return str(_("Branch"))
    model: Any = Person if any(one.name == name for one in Person._meta.concrete_fields) else Membership
    return str(model._meta.get_field(name).verbose_name) if name else ""


class DifferenceFilter(forms.Form):
    """Which sort, which column, which branch, which name; open ones unless asked otherwise."""

    q = forms.CharField(label=_("Name"), required=False, max_length=60)
    unit = UnitField(label=_("Branch or body"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    field = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, made: Reconciliation, reach: Reach) -> None:
        super().__init__(asked)
        self.made = made
        self.reach = reach
        self.fields["unit"].among = Unit.objects.beneath(made.unit, day=reach.on)  # type: ignore[attr-defined]
        self.full_clean()

    def rows(self) -> QuerySet[Difference]:
        rows = self._of_state(self._narrowed(self.made.differences.all()))
        if sort := self.cleaned_data.get("sort"):
            rows = rows.filter(sort=sort)
        if field := self.cleaned_data.get("field"):
            rows = rows.filter(field=field)
        return rows.select_related("branch", "decided_by", "reconciliation").order_by("sort", "name", "pk")

    @cached_property
    def sorts(self) -> list[tuple[str, str]]:
        """Each sort with how many of it there are in this state."""
        rows = self._of_state(self._narrowed(self.made.differences.all()))
        counts = dict(rows.order_by().values_list("sort").annotate(Count("pk")))
        return [(code, f"{label} {counts[code]}") for code, label in Sort.choices if counts.get(code)]

    @cached_property
    def columns(self) -> list[tuple[str, str]]:
        """The columns in which the chosen sort differs, with how often."""
        sort = self.cleaned_data.get("sort")
        if sort not in (Sort.CHANGED, Sort.CONFLICT):
            return []
        rows = self._of_state(self._narrowed(self.made.differences.filter(sort=sort)))
        counts = rows.order_by("field").values_list("field").annotate(Count("pk"))
        return [(field, f"{field_label(field)} {count}") for field, count in counts]

    @cached_property
    def states(self) -> dict[str, int]:
        """How many are still undecided, and how many are settled."""
        counts: dict[str, int] = self.made.differences.aggregate(
            open=Count("pk", filter=Q(decision=Decision.OPEN)),
            decided=Count("pk", filter=~Q(decision=Decision.OPEN)),
        )
        return counts

    @property
    def shows_decided(self) -> bool:
        return self.cleaned_data.get("state") == DECIDED

    @property
    def may_be_taken_together(self) -> bool:
        """Whether what is listed may be accepted by one rule; contradictions are looked at one by one."""
        return not self.shows_decided and self.cleaned_data.get("sort") in BY_RULE

    def _of_state(self, rows: QuerySet[Difference]) -> QuerySet[Difference]:
        undecided = Q(decision=Decision.OPEN)
        return rows.filter(~undecided if self.shows_decided else undecided)

    def _narrowed(self, rows: QuerySet[Difference]) -> QuerySet[Difference]:
        words, unit = folded(self.cleaned_data.get("q", "")), self.cleaned_data.get("unit")
        if words:
            rows = rows.filter(name__contains=words)
        if unit:
            rows = rows.filter(branch__in=Unit.objects.beneath(unit, day=self.reach.on))
        return rows


class Line:
    """One difference with its words, for the template."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        self.what = field_label(difference.field) if difference.field else str(difference.get_sort_display())

    @property
    def may_be_accepted(self) -> bool:
        return not self.difference.decision and self.difference.sort not in (Sort.NUMBER, Sort.FAULT)

    @property
    def held(self) -> str:
        """What the register says, in the reader's words."""
        one = self.difference
        if one.sort == Sort.GONE:
            return gettext("member since %s") % _worded(one.held)
        if one.sort == Sort.NUMBER:
            return str(HOLDERS.get(one.held, one.held))
        if one.sort == Sort.NEW and one.person_id:
            since = gettext("in no branch since %s") % _worded(one.held)
            return since if one.held else gettext("in no branch")
        if one.field == "unit":
            return gettext("member of another body") if one.held == ELSEWHERE else gettext("member here")
        return _worded(one.held)

    @property
    def said(self) -> str:
        """What the export says."""
        one = self.difference
        return gettext("joined on %s") % _worded(one.said) if one.sort == Sort.NEW else _worded(one.said)


HOLDERS = {
    ON_REGISTER: _("held by another member of the register"),
    IN_FILE: _("given to another row of the export"),
}


def _worded(kept: str) -> str:
    """A day or a code in words; anything else as it is."""
    day, space, rest = kept.partition(" ")
    if A_DAY.fullmatch(day):
        return short_day(dt.date.fromisoformat(day)) + space + rest
    return str(dict(Sex.choices).get(kept, kept))
