"""All records in one list: one filter object for page, address, export and API.

The six tables give the same columns and are joined by UNION ALL; the filter is applied to each of
them before the union, and only the family asked for is read when a kind or family is chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import BooleanField, CharField, DateField, F, Field, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingce.foundation.refusals import Refused
from qingce.foundation.words import folded
from qingce.league.access.reach import Reach, within
from qingce.league.organisations.fields import UnitField
from qingce.league.organisations.models import Unit
from qingce.league.people.veil import Subject, Veil, is_minor
from qingce.ledger.kinds.catalogue import FAMILIES, Kind, taxonomy
from qingce.ledger.periods import Period
from qingce.ledger.records.families import Family, families
from qingce.ledger.records.models import Grade, State

COLUMNS = (
    "number",
    "kind",
    "stage",
    "title",
    "happened_on",
    "state",
    "grade",
    "paper_missing",
    "series",
    "place",
)
# What decides how a name in a title is shown, with the sort of column where a family knows nobody.
PERSONAL: dict[str, Field[Any, Any]] = {
    "name": CharField(),
    "born_on": DateField(),
    "waiting_name": BooleanField(),
}
PEOPLE = ("person", "helper")  # columns that say whom a record is about, where its family has them
NUMBER, DAY = COLUMNS.index("number"), COLUMNS.index("happened_on")
SORTS = {"day": "happened_on", "number": "number", "unit": "unit__short_name", "title": "title"}


NEWEST = ["-happened_on", "-number"]
DEEP = 2000  # further down a page is found by the union, above it by merging the tables' own orders


@dataclass(frozen=True)
class Line:
    """One record as the list shows it."""

    number: str
    kind: str
    stage: str
    title: str
    happened_on: dt.date
    state: str
    grade: str
    paper_missing: bool
    series: str
    place: str
    unit_name: str

    @property
    def kind_of_work(self) -> Kind:
        return taxonomy().kinds[self.kind]

    @property
    def state_label(self) -> Any:
        return State(self.state).label

    @property
    def grade_label(self) -> Any:
        return Grade(self.grade).label

    @property
    def stage_label(self) -> str:
        return taxonomy().word("stage", self.stage)


class Lines:
    """Records of several tables as one list that can be counted, cut and walked.

    A page near the top takes each table's own newest rows by its index and merges them; the union
    would sort every record for every page.
    """

    def __init__(self, tables: Sequence[QuerySet[Any]], order: list[str], reach: Reach) -> None:
        self.tables = tables
        self.order = order
        self.reach = reach

    def count(self) -> int:
        return sum(table.count() for table in self.tables)

    def __iter__(self) -> Iterator[Line]:
        return (_line(row, self.reach) for row in (self._union() if self.tables else []))

    def __getitem__(self, part: slice) -> list[Line]:
        if not self.tables:
            return []
        if self.order is NEWEST and part.stop <= DEEP:
            return [_line(row, self.reach) for row in self._newest(part.stop)[part]]
        return [_line(row, self.reach) for row in self._union()[part]]

    def _newest(self, many: int) -> list[Sequence[Any]]:
        rows = (row for table in self.tables for row in table.order_by("-happened_on", "-id")[:many])
        return sorted(rows, key=lambda row: (row[DAY], row[NUMBER]), reverse=True)

    def _union(self) -> QuerySet[Any]:
        first, *rest = self.tables
        return (first.union(*rest, all=True) if rest else first).order_by(*self.order)


def _kinds() -> list[tuple[str, Any]]:
    grouped = [
        (str(_family_label(code)), [(kind.code, str(kind)) for kind in taxonomy().family(code)])
        for code in FAMILIES
    ]
    return [("", _("All kinds")), *grouped]


def _family_label(code: str) -> Family:
    return next(family for family in families() if family.code == code)


def _series() -> list[tuple[str, Any]]:
    return [("", _("All series")), *((code, str(one)) for code, one in taxonomy().series.items())]


class Filter(forms.Form):
    """What is asked of the ledger. Every field may be left out; what is not understood is said."""

    q = forms.CharField(label=_("Text or initials"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_kinds)
    period = forms.CharField(label=_("Period"), required=False, max_length=30)
    unit = UnitField(label=_("Unit"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=lambda: [("", _("All states")), *State.choices]
    )
    family = forms.ChoiceField(
        label=_("Family"),
        required=False,
        choices=lambda: [("", _("All families")), *((one.code, str(one)) for one in families())],
    )
    series = forms.ChoiceField(label=_("Series"), required=False, choices=_series)
    grade = forms.ChoiceField(
        label=_("Evidence"), required=False, choices=lambda: [("", _("All evidence")), *Grade.choices]
    )
    missing = forms.BooleanField(label=_("Only where a required paper is missing"), required=False)
    alone = forms.BooleanField(label=_("Without the units beneath"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    FOLDED = ("family", "series", "grade", "missing", "alone")

    def __init__(self, asked: QueryDict, reach: Reach) -> None:
        super().__init__(asked)
        self.reach = reach
        self.fields["unit"].among = reach.units("record.see")  # type: ignore[attr-defined]

    def clean_period(self) -> Period | None:
        said = self.cleaned_data["period"].strip()
        try:
            return Period.parse(said) if said else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    @property
    def is_folded_open(self) -> bool:
        return any(self.data.get(name) for name in self.FOLDED)

    def plain_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("q", "kind", "period", "unit", "state")]

    def folded_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FOLDED]

    def lines(self) -> Lines:
        """The records asked for, newest first unless sorted otherwise; none when not understood."""
        if not self.is_valid():
            return Lines([], NEWEST, self.reach)
        asked = self.cleaned_data
        conditions = self._conditions(asked)
        tables = [_columns(family).filter(conditions) for family in self._families(asked)]
        return Lines(tables, self._order(asked["sort"]), self.reach)

    def _families(self, asked: dict[str, Any]) -> Sequence[Family]:
        chosen = families()
        if asked["family"]:
            chosen = [family for family in chosen if family.code == asked["family"]]
        if asked["kind"]:
            home = taxonomy().kinds[asked["kind"]].family
            chosen = [family for family in chosen if family.code == home] or chosen[:1]
        return chosen

    def _conditions(self, asked: dict[str, Any]) -> Q:
        conditions = Q(unit__in=self.reach.units("record.see"))
        if unit := asked["unit"]:
            conditions &= _at(unit, alone=asked["alone"])
        if period := asked["period"]:
            conditions &= Q(happened_on__gte=period.first, happened_on__lte=period.last)
        for name in ("kind", "state", "series", "grade"):
            if asked[name]:
                conditions &= Q(**{name: asked[name]})
        if asked["missing"]:
            conditions &= Q(paper_missing=True)
        return conditions & _saying(folded(asked["q"]))

    def _order(self, sort: str) -> list[str]:
        column = SORTS.get(sort.lstrip("-"), "")
        if not column:
            return NEWEST
        column = "unit_name" if column.startswith("unit") else column
        return [f"-{column}" if sort.startswith("-") else column, "-number"]


def _at(unit: Unit, *, alone: bool) -> Q:
    """Records of the unit, and of all that stood beneath it on the record's own day."""
    if alone:
        return Q(unit=unit)
    return within(list(unit.placements.values_list("path", flat=True)), column="place")


def _saying(words: str) -> Q:
    """Title, number or unit holds the words, or their pinyin initials begin so anywhere."""
    if not words:
        return Q()
    said = Q(title__contains=words) | Q(number=words.upper()) | Q(unit__name__contains=words)
    if words.isascii():
        said |= Q(initials__contains=words.lower()) | Q(unit__initials__contains=words.lower())
    return said


def _columns(family: Family) -> QuerySet[Any]:
    """The common columns, the unit's name, and the names of the people whom the record is about."""
    held = {one.name for one in family.model._meta.get_fields()}
    named: dict[str, Any] = {}
    for one in PEOPLE:
        for fact, empty in PERSONAL.items():
            named[f"{fact}_of_{one}"] = F(f"{one}__{fact}") if one in held else Cast(Value(None), empty)
    rows = family.model._default_manager.annotate(unit_name=F("unit__short_name"), **named)
    return rows.order_by().values_list(*COLUMNS, "unit_name", "unit", *named)


def _line(row: Sequence[Any], reach: Reach) -> Line:
    """A line as the holder of `reach` may see it: a name in a title is masked, never the line left out."""
    width = len(COLUMNS) + 1
    shown = Line(*row[:width])
    unit, *told = row[width:]
    people = [told[start : start + len(PERSONAL)] for start in range(0, len(told), len(PERSONAL))]
    named = [person for person in people if person[0]]
    if not named:
        return shown
    veil, title = Veil.at(reach, shown.place), shown.title
    for name, born, waiting in named:
        subject = Subject(
            unit=unit,
            minor=is_minor(born, on=shown.happened_on),
            sensitive=shown.kind_of_work.sensitive,
            waiting=bool(waiting),
        )
        title = title.replace(name, veil.name(name, subject))
    return replace(shown, title=title)
