"""The tree of one day with what stands beneath each unit, and the list of a unit's members."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Substr
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingce.foundation.dates import age, in_force
from qingce.foundation.prepared import ANYWHERE, BEYOND, NEVER, Prepared
from qingce.foundation.ui.widgets import Day
from qingce.foundation.words import folded
from qingce.league.access.reach import Reach
from qingce.league.organisations.chronicle import names_on
from qingce.league.organisations.health import Worry
from qingce.league.organisations.models import (
    BRANCHES,
    STEP,
    Membership,
    Placement,
    Unit,
    UnitQuerySet,
    beyond,
    under,
)
from qingce.league.organisations.past import FormerName
from qingce.league.people.models import Person, Sex


@dataclass
class Line:
    """A unit as the tree shows it: where it stood, and how much stood beneath it."""

    unit: Unit
    path: str
    units: int = 0
    branches: int = 0
    members: int = 0
    below: list[Line] = field(default_factory=list)
    called: str = ""  # on the day, when it was not what it is called now
    worries: list[Worry] = field(default_factory=list)

    def __str__(self) -> str:
        return self.called or str(self.unit)

    @property
    def opens(self) -> bool:
        """Whether other units stand beneath it."""
        return self.units > 1


class TreeFilter(forms.Form):
    """Which day, and which units; both may be left out."""

    q = forms.CharField(label=_("Name or initials"), required=False, max_length=60)
    on = forms.DateField(label=_("As it stood on"), required=False, widget=Day)

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.reach = reach
        self.full_clean()

    @property
    def day(self) -> dt.date:
        return self.cleaned_data.get("on") or self.reach.on

    @property
    def words(self) -> str:
        return folded(self.cleaned_data.get("q", ""))

    def found(self) -> UnitQuerySet:
        """Units within reach, dissolved ones too, that are or once were called so."""
        said = _called(self.words)
        former = FormerName.objects.filter(Q(name__contains=self.words) | Q(short_name__contains=self.words))
        return self.reach.units("unit.see").filter(said | Q(pk__in=former.values("unit")))


def _called(words: str) -> Q:
    named = Q(name__contains=words) | Q(short_name__contains=words) | Q(code=words)
    return named | Q(initials__contains=words.lower()) if words.isascii() else named


def tree(reach: Reach, *, day: dt.date) -> list[Line]:
    """The units at which the reader holds a post, each with the level directly beneath it."""
    tops = [held.unit_id for held in _highest(reach)]
    lines = []
    for placement in _placed(day).filter(unit__in=tops).order_by("path"):
        below_it = _placed(day).filter(parent=placement.unit_id, unit__in=reach.units("unit.see"))
        level = [placement, *below_it]
        top, *below = _counted(level, placement.path, day=day)
        top.below = below
        lines.append(top)
    return lines


def level_below(unit: Unit, reach: Reach, *, day: dt.date) -> list[Line]:
    """The units directly beneath `unit` on `day`, in protocol order, as far as today's reach goes.

    A unit that has moved away since is its new body's to see.
    """
    level = _placed(day).filter(parent=unit, unit__in=reach.units("unit.see"))
    return _counted(list(level), unit.path(day=day), day=day)


def _highest(reach: Reach) -> list[Any]:
    """The posts that show the tree, without those that stand beneath another of them."""
    shown = reach.paths("unit.see")
    return [
        held
        for held in reach.holdings
        if held.path in shown and not any(held.path.startswith(one) and held.path != one for one in shown)
    ]


def _placed(day: dt.date) -> QuerySet[Placement]:
    """Places in force on `day` of units that existed then."""
    existing = in_force(day, since="unit__founded_on", until="unit__dissolved_on")
    placements: QuerySet[Placement] = Placement.objects.on(day).filter(existing).select_related("unit")
    return placements.order_by("unit__protocol_order", "unit__code")


def _counted(placements: list[Placement], top: str, *, day: dt.date) -> list[Line]:
    """Lines for `top` itself and for places one level beneath it, counted in three queries."""
    width = len(top) + STEP
    lines = {placement.path: Line(placement.unit, placement.path) for placement in placements}
    for pk, name in names_on([line.unit for line in lines.values()], day).items():
        next(line for line in lines.values() if line.unit.pk == pk).called = name
    for path, units, branches in _units_by_path(top, width, day):
        for line in _holding(lines, path, top):
            line.units += units
            line.branches += branches
    for path, members in _members_by_path(top, width, day):
        for line in _holding(lines, path, top):
            line.members += members
    return list(lines.values())


def _holding(lines: dict[str, Line], path: str, top: str) -> list[Line]:
    return [lines[one] for one in {path, top} if one in lines]


def _units_by_path(top: str, width: int, day: dt.date) -> Any:
    grouped = _placed(day).filter(under(top)).order_by().values_list(Substr("path", 1, width))
    return grouped.annotate(units=Count("pk"), branches=Count("pk", filter=Q(unit__kind__in=BRANCHES)))


def _members_by_path(top: str, width: int, day: dt.date) -> Any:
    placed = in_force(day, since="unit__placements__since", until="unit__placements__until")
    rows = Membership.objects.on(day).filter(placed, under(top, column="unit__placements__path"))
    grouped = rows.order_by().values_list(Substr("unit__placements__path", 1, width))
    return grouped.annotate(members=Count("pk"))


MEMBER_SORTS = {
    "name": "person__initials",
    "born": "person__born_on",
    "unit": "unit__code",
    "joined": "joined_on",
}
MEMBER_COLUMNS = (
    "person",
    "person__name",
    "person__sex",
    "person__born_on",
    "unit__code",
    "unit__short_name",
    "joined_on",
    "development_number",
)


class Member(NamedTuple):
    """One member as the list shows it; ID number and phone are never part of it."""

    person: int
    name: str
    sex_label: str
    age: int | str
    unit_code: str
    unit_name: str
    joined_on: dt.date | str
    number: str


class PageRows:
    """Rows of members that can be counted and cut.

    Without words to search for, the questions are written in advance: this list is leafed through a lot.
    """

    def __init__(self, asked: MemberFilter) -> None:
        self.asked = asked
        path = asked.reach.path(asked.unit.pk)
        self.said = {ANYWHERE: path, BEYOND: beyond(path), NEVER: asked.reach.on} if path else {}
        self.is_plain = bool(path) and not asked.words

    def count(self) -> int:
        if not self.is_plain:
            return self.asked.chosen.count()  # nobody has two stays in force: the roster refuses that
        return int(_number().ask(self.said)[0][0])

    def __getitem__(self, part: slice) -> Any:
        if not self.is_plain:
            return _page(self.asked.chosen, self.asked.order, part)
        return _written(self.asked.order, part.start, part.stop).ask(self.said)


def _page(chosen: QuerySet[Any, Any], order: tuple[str, ...], part: slice) -> QuerySet[Any, Any]:
    """By name, people are walked along the index of their initials until the page is full.

    Sorting the stays would read every one of them for every page.
    """
    rows: QuerySet[Any, Any] = chosen.order_by(*order).values_list(*MEMBER_COLUMNS)
    if order[0] != MEMBER_SORTS["name"]:
        return rows[part]
    staying = Exists(chosen.filter(person=OuterRef("pk")))
    people = Person.objects.filter(staying).order_by("initials", "pk").values_list("pk", flat=True)
    return rows.filter(person__in=people[part])


@lru_cache(maxsize=200)
def _written(order: tuple[str, ...], start: int, stop: int) -> Prepared:
    return Prepared(_page(_somebody(), order, slice(start, stop)))


@cache
def _number() -> Prepared:
    one_group = _somebody().order_by().annotate(all=Value(1)).values("all")
    return Prepared(one_group.annotate(n=Count("pk")).values_list("n"))


def _somebody() -> QuerySet[Any, Any]:
    return _staying(Placement.objects.on(NEVER).filter(under(ANYWHERE)), NEVER)


def _staying(places: QuerySet[Any, Any], day: dt.date) -> QuerySet[Any, Any]:
    """Stays in force on `day` at these places."""
    return Membership.objects.filter(in_force(day), unit__in=places.values("unit"))


class MemberFilter(forms.Form):
    """Members of a unit and of all beneath it on the day of the reach, by name or initials."""

    q = forms.CharField(label=pgettext_lazy("person", "Name or initials"), required=False, max_length=60)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, unit: Unit, reach: Reach) -> None:
        super().__init__(asked)
        self.unit = unit
        self.reach = reach
        self.full_clean()

    def rows(self) -> QuerySet[Any, Any]:
        """Tuples for `members`, by name unless sorted otherwise."""
        return self.chosen.order_by(*self.order).values_list(*MEMBER_COLUMNS)

    def page_rows(self) -> PageRows:
        """The same for one page at a time."""
        return PageRows(self)

    @property
    def words(self) -> str:
        return folded(self.cleaned_data.get("q", ""))

    @cached_property
    def chosen(self) -> QuerySet[Any, Any]:
        rows = _staying(self.reach.placed_beneath(self.unit), self.reach.on)
        return rows.filter(_named(self.words)) if self.words else rows

    def members(self, rows: Any) -> list[Member]:
        sexes = {code: str(label) for code, label in Sex.choices}
        return [
            Member(
                person,
                name,
                sexes.get(sex, ""),
                age(born, on=self.reach.on) if born else "",
                code,
                unit,
                joined or "",
                number,
            )
            for person, name, sex, born, code, unit, joined, number in rows
        ]

    @property
    def order(self) -> tuple[str, ...]:
        asked = self.cleaned_data.get("sort", "")
        column = MEMBER_SORTS.get(asked.lstrip("-"), MEMBER_SORTS["name"])
        return f"-{column}" if asked.startswith("-") else column, "person"


def _named(words: str) -> Q:
    said = Q(person__name__contains=words)
    return said | Q(person__initials__startswith=words.lower()) if words.isascii() else said
