"""What a rule says on a day, for a unit: the catalogue's value, or what the nearest body above ordered.

    ruling("admission_age_least", on=day, unit=branch).value
    demand(years >= 14, "admission_age_least", _("The applicant is not 14 yet."), on=day, unit=branch)

A record is judged by the rule in force on its own date. `rulings_on` serves a bulk check: two queries,
however many rules, days and units are asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingce.foundation.dates import months_after
from qingce.foundation.refusals import Refused
from qingce.foundation.stanzas import Labelled
from qingce.league.people import working_days
from qingce.league.rules.catalogue import ALWAYS, BINDING, Rule, Version, rules
from qingce.league.rules.values import BOUNDS, Value, loosens, read_value

if TYPE_CHECKING:
    from qingce.league.organisations.models import Placement, Unit
    from qingce.league.rules.models import RuleOverride


@dataclass(frozen=True)
class Ruling:
    """What one rule says on one day at one place."""

    rule: Rule
    value: Any  # of the rule's sort; None when no value was in force
    since: dt.date | None = None
    until: dt.date | None = None
    basis: str = ""
    standing: str = BINDING
    switched_on: bool = False
    ordered_by: str = ""  # the body whose order it is; empty for the catalogue's own value
    on: dt.date | None = None  # the day it was asked for

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def label(self) -> str:
        return str(self.rule)

    @property
    def unit(self) -> str:
        """What the value is measured in."""
        return str(Labelled(self.rule.code, self.rule.unit, self.rule.unit_en))

    @property
    def holds(self) -> bool:
        return self.value is not None

    @property
    def blocks(self) -> bool:
        """Whether what breaks the rule is refused; otherwise it is only warned of."""
        firm = self.standing == BINDING or self.switched_on
        return self.holds and firm and not self.rule.only_warns

    @property
    def shown(self) -> str:
        """The value with what it is measured in."""
        return self.rule.measured(self.value)

    def allows(self, figure: Any) -> bool:
        """Whether `figure` keeps the rule; every figure does where no value is in force."""
        return not self.holds or BOUNDS[self.rule.bound](figure, self.value)

    def after(self, day: dt.date) -> dt.date:
        """The day that lies the rule's years, months or days after `day`."""
        if self.rule.sort == "working_days":
            return working_days.after(day, self.value)
        if self.rule.sort in ("years", "months"):
            return months_after(day, self.value * (12 if self.rule.sort == "years" else 1))
        return day + dt.timedelta(days=self.value)

    def refusal(self, sentence: Any) -> str:
        """`sentence` with the rule's name, its basis and its date."""
        said = {"sentence": sentence, "label": self.label, "value": self.shown, "basis": self.basis}
        if self.since not in (None, ALWAYS):
            since = date_format(self.since, "DATE_FORMAT")
            dated = _("%(sentence)s [Rule: %(label)s, %(value)s; basis: %(basis)s; in force since %(since)s]")
            return dated % {**said, "since": since}
        # A rule without a known beginning is dated by the day on which it was asked.
        asked = _("%(sentence)s [Rule: %(label)s, %(value)s; basis: %(basis)s; in force on %(on)s]")
        return asked % {**said, "on": date_format(self.on or dt.date.max, "DATE_FORMAT")}


def ruling(code: str, *, on: dt.date, unit: Unit | None = None) -> Ruling:
    """What the rule of this code says on a day, for a unit; without a unit, what the catalogue says."""
    return (_held.get() or Rulings()).ruling(code, on=on, unit=unit)


def demand(
    ok: bool,
    code: str,
    sentence: Any,
    *,
    on: dt.date,
    unit: Unit | None = None,
    warnings: list[str] | None = None,
) -> None:
    """Unless `ok`: refuse when the rule blocks, add to `warnings` when it only warns."""
    if ok:
        return
    said = ruling(code, on=on, unit=unit)
    if said.blocks:
        raise Refused(said.refusal(sentence))
    if said.holds and warnings is not None:
        warnings.append(said.refusal(sentence))


def rulings_on(day: dt.date, unit: Unit | None = None) -> dict[str, Ruling]:
    """What every rule says on a day, by code."""
    with rulings_held_still() as held:
        return {code: held.ruling(code, on=day, unit=unit) for code in rules()}


class Rulings:
    """The rules and every order about them, read once; asks the tree once for each unit and day."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        self._orders: dict[str, list[RuleOverride]] | None = None
        self._given: dict[tuple[str, dt.date, str], Ruling] = {}
        self._written: dict[tuple[str, dt.date], Ruling] = {}
        self._places: dict[int, list[Placement]] = {}

    def know(self, units: Iterable[Unit]) -> None:
        """Read where all of `units` stood in one query, if it will matter."""
        if self.orders:
            self._read_places({unit.pk for unit in units} - self._places.keys())

    def ruling(self, code: str, *, on: dt.date, unit: Unit | None = None) -> Ruling:
        path = ""
        if unit is not None and code in (self.orders if self._orders is None else self._orders):
            path = self._path(unit, on)
        key = (code, on, path)
        given = self._given.get(key)
        if given is None:
            given = self._given[key] = self._ruled(rules()[code], on, path)
        return given

    @property
    def orders(self) -> dict[str, list[RuleOverride]]:
        """Every override by the code of its rule."""
        if self._orders is None:
            from qingce.league.rules.models import RuleOverride

            self._orders = {}
            for one in RuleOverride.objects.select_related("unit").order_by("pk"):
                self._orders.setdefault(one.rule, []).append(one)
        return self._orders

    def _ruled(self, rule: Rule, on: dt.date, path: str) -> Ruling:
        version = rule.version(on)
        if version is None:
            return Ruling(rule, None, standing=rule.standing, on=on)
        plain = self._written.get((rule.code, version.since))
        if plain is None:
            plain = self._written[rule.code, version.since] = as_written(rule, version)
        if plain.since == ALWAYS:
            plain = replace(plain, on=on)  # nothing else dates its refusal
        order = self._nearest(rule.code, on, path) if path else None
        return _ordered(plain, order) if order else plain

    def _nearest(self, code: str, on: dt.date, path: str) -> RuleOverride | None:
        """The order of the lowest body at or above `path`; the latest of several."""
        found = [
            (len(above), order.since, order.pk, order)
            for order in self.orders.get(code, ())
            if order.since <= on and (order.until is None or on < order.until)
            if (above := self._path(order.unit, on)) and path.startswith(above)
        ]
        return max(found, key=lambda one: one[:3])[3] if found else None

    def _path(self, unit: Unit, on: dt.date) -> str:
        """Where the unit stood on the day; before its first place, where it first stood."""
        if unit.pk not in self._places:
            ordering = {order.unit_id for orders in self.orders.values() for order in orders}
            self._read_places({unit.pk} | ordering - self._places.keys())
        dated = self._places[unit.pk]
        return next((place.path for place in dated if place.holds(on, on)), dated[0].path if dated else "")

    def _read_places(self, units: set[int]) -> None:
        from qingce.league.organisations.models import Placement

        self._places |= {unit: [] for unit in units}
        for place in Placement.objects.filter(unit__in=units).order_by("since"):
            self._places[place.unit_id].append(place)


def as_written(rule: Rule, version: Version) -> Ruling:
    """The ruling of the catalogue alone."""
    return Ruling(rule, version.value, version.since, version.until, version.basis, version.standing)


def _ordered(plain: Ruling, order: RuleOverride) -> Ruling:
    """The ruling as the body ordered it; a rule of law is not loosened, whatever was ordered."""
    value: Value = read_value(plain.rule.sort, order.value)
    if binds(plain) and loosens(plain.rule.bound, plain.value, value):
        return plain
    return replace(
        plain,
        value=value,
        since=order.since,
        until=order.until,
        basis=order.basis,
        switched_on=order.switched_on,
        ordered_by=str(order.unit),
    )


def binds(said: Ruling) -> bool:
    """Whether the value in force is law that no body may loosen."""
    return said.standing == BINDING and not said.rule.may_loosen


_held: ContextVar[Rulings | None] = ContextVar("rulings_held", default=None)


@contextmanager
def rulings_held_still() -> Iterator[Rulings]:
    """Within this block no body orders anything new, so that orders and places are read once."""
    if outer := _held.get():
        yield outer
        return
    token = _held.set(Rulings())
    try:
        yield _held.get()  # type: ignore[misc]
    finally:
        _held.reset(token)


def forget() -> None:
    """A body ordered something: what was read before is read again."""
    if held := _held.get():
        held.forget()
