"""Whether units are in good order on a day, and what to do where they are not; asked in bulk.

Upper apps add what they can see (`look`), and the pages on which something is done about it (`remedy`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.ui.numbers import short_day
from qingce.league.organisations.models import (
    Membership,
    Post,
    Unit,
    UnitKind,
)
from qingce.league.organisations.past import FormerTerm
from qingce.league.rules import ruling, rulings_held_still

SORTS = {
    "too_few": gettext_lazy("too few members"),
    "too_many": gettext_lazy("too many members"),
    "no_secretary": gettext_lazy("no secretary"),
    "overdue": gettext_lazy("election overdue"),
    "ending": gettext_lazy("term ending soon"),
    "outlived": gettext_lazy("temporary branch over time"),
    "hollow": gettext_lazy("no organised life"),
    "kept": gettext_lazy("kept beyond the time"),
}
SECRETARIES = ("branch_secretary", "body_officer", "district_secretary")


class Remedy(NamedTuple):
    route: str
    label: Any
    permission: str


@dataclass(frozen=True)
class Worry:
    """One thing that is not in order: what, and the page on which it is put right."""

    sort: str
    sentence: str
    unit: Unit

    @property
    def label(self) -> str:
        return str(SORTS[self.sort])

    @property
    def tone(self) -> str:
        return "wait" if self.sort in ("ending", "too_many") else "late"

    @property
    def remedies(self) -> list[tuple[str, Any, str]]:
        """Address, word and permission of what can be done about it."""
        return [
            (reverse(one.route, args=[self.unit.code]), one.label, one.permission)
            for one in _remedies.get(self.sort, ())
        ]


Look = Callable[[list[Unit], dt.date], Mapping[int, str]]  # units and day → sentence by unit
_looks: dict[str, Look] = {}
_remedies: dict[str, list[Remedy]] = {}


def look(sort: str, ask: Look) -> None:
    """Let an upper app say which of some units have a trouble of this sort on a day."""
    _looks[sort] = ask


def remedy(sort: str, *, route: str, label: Any, permission: str) -> None:
    """Name a page (by the unit's code) on which something is done about troubles of this sort."""
    _remedies.setdefault(sort, []).append(Remedy(route, label, permission))


class Health:
    """The troubles of many units on one day, in a handful of queries."""

    def __init__(self, units: Iterable[Unit], day: dt.date) -> None:
        self.units = [unit for unit in units if _exists(unit, day)]
        self.day = day

    def of(self, unit: Unit) -> list[Worry]:
        return self.worries.get(unit.pk, [])

    @cached_property
    def worries(self) -> dict[int, list[Worry]]:
        found: dict[int, list[Worry]] = {}
        with rulings_held_still():
            for unit in self.units:
                said = [Worry(sort, sentence, unit) for sort, sentence in self._said(unit)]
                if said:
                    found[unit.pk] = said
        return found

    def _said(self, unit: Unit) -> Iterable[tuple[str, str]]:
        if unit.is_branch:
            yield from self._size(unit)
        if unit.pk not in self.led:
            yield "no_secretary", _("Nobody leads it: elect or appoint a person in charge.")
        yield from self._term(unit)
        if unit.lasts_until and unit.lasts_until < self.day:
            yield (
                "outlived",
                _("It was set up until %s: dissolve it, or found a proper branch.")
                % short_day(unit.lasts_until),
            )
        for sort, said in self.seen.items():
            if unit.pk in said:
                yield sort, said[unit.pk]

    def _size(self, unit: Unit) -> Iterable[tuple[str, str]]:
        least = ruling("branch_members_least", on=self.day, unit=unit)
        most = ruling("branch_members_most", on=self.day, unit=unit)
        members = self.members.get(unit.pk, 0)
        if not least.allows(members) and unit.kind != UnitKind.TEMPORARY_BRANCH:
            sentence = _("%(n)d members, fewer than %(least)s: set up a joint branch with another, or merge.")
            yield "too_few", sentence % {"n": members, "least": least.shown}
        if not most.allows(members):
            sentence = _("%(n)d members, more than %(most)s: split it, or found a general branch.")
            yield "too_many", sentence % {"n": members, "most": most.shown}

    def _term(self, unit: Unit) -> Iterable[tuple[str, str]]:
        ends = self.due.get(unit.pk)
        if ends is None:
            return
        if ends < self.day:
            yield (
                "overdue",
                _("The term ended on %s: hold the election, or report why it is put off.") % short_day(ends),
            )
            return
        ahead = ruling("term_notice_months", on=self.day, unit=unit)
        if ahead.holds and ends <= ahead.after(self.day):
            yield "ending", _("The term ends on %s: prepare the election.") % short_day(ends)

    @cached_property
    def members(self) -> dict[int, int]:
        rows = Membership.objects.on(self.day).filter(unit__in=self._keys).order_by()
        return dict(rows.values_list("unit").annotate(n=Count("pk")))

    @cached_property
    def led(self) -> set[int]:
        posts = Post.objects.on(self.day).filter(unit__in=self._keys, role__in=SECRETARIES)
        return set(posts.values_list("unit", flat=True))

    @cached_property
    def due(self) -> dict[int, dt.date]:
        """The day by which each unit must have elected anew."""
        return election_due(self.units, self.day)

    @cached_property
    def seen(self) -> dict[str, Mapping[int, str]]:
        return {sort: ask(self.units, self.day) for sort, ask in _looks.items()}

    @cached_property
    def _keys(self) -> Any:
        """All keys, or, of many units, none at all: the question is quicker without them."""
        return [unit.pk for unit in self.units]


def election_due(units: Iterable[Unit], day: dt.date) -> dict[int, dt.date]:
    """By unit: the last day of the term in force on `day`, or the day to which it was put off."""
    former: dict[int, FormerTerm] = {}
    for one in FormerTerm.objects.filter(Q(since__lte=day), until__gt=day):
        former[one.unit_id] = one
    due = {}
    for unit in units:
        term = former.get(unit.pk)
        ends = (term.deferred_to or term.ends_on) if term else (unit.deferred_to or unit.term_end)
        if ends is not None:
            due[unit.pk] = ends
    return due


def _exists(unit: Unit, day: dt.date) -> bool:
    return unit.founded_on <= day and (unit.dissolved_on is None or unit.dissolved_on > day)


__all__ = ["SORTS", "Health", "Worry", "election_due", "look", "remedy"]
