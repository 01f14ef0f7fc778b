"""Reading `catalogue/rules/`: one stanza a rule, with the values it had from day to day."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas
from qingce.league.rules.values import BOUNDS, SORTS, Value, WrongSort, read_value, shown_value

ALWAYS = dt.date.min  # a rule whose beginning the catalogue does not name
BINDING = "binding"
STANDINGS = (BINDING, "unconfirmed", "local")  # the last two warn, until a body switches them on


@dataclass(frozen=True)
class Version:
    """One value of a rule, from `since` until the day before `until`."""

    value: Value
    since: dt.date
    until: dt.date | None
    basis: str
    standing: str

    def in_force(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Rule(Labelled):
    """A rule of the catalogue. Only its values are dated; what it is called and measured in is not."""

    chapter: str  # the file it stands in
    unit: str
    unit_en: str
    sort: str
    bound: str
    standing: str
    may_loosen: bool
    only_warns: bool  # a duty whose neglect cannot be mended, or a guide: it never blocks
    note: str
    versions: tuple[Version, ...]

    def version(self, day: dt.date) -> Version | None:
        return next((one for one in self.versions if one.in_force(day)), None)

    def measured(self, value: Value | None) -> str:
        """A value with what it is measured in, in the reader's language."""
        said, unit = shown_value(self.sort, value), str(Labelled(self.code, self.unit, self.unit_en))
        if self.sort == "flag" or not unit or value is None:
            return said
        if value == 1 and unit.isascii():
            unit = unit.removesuffix("s")
        return f"{said} {unit}" if unit.isascii() else said + unit

    @property
    def changes(self) -> list[dt.date]:
        """The days on which another value begins, or none holds any more."""
        days = {one.since for one in self.versions if one.since != ALWAYS}
        return sorted(days | {one.until for one in self.versions if one.until})


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code; stops the program when the catalogue cannot be understood."""
    return read_rules(settings.CATALOGUE)


def read_rules(catalogue: Path) -> Mapping[str, Rule]:
    complaints: list[str] = []
    found = {one.name: _rule(one) for one in stanzas(catalogue, "rules", complaints)}
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def _rule(stanza: Stanza) -> Rule:
    sort = stanza.word("sort", among=SORTS, default="number")
    standing = stanza.word("standing", among=STANDINGS)
    rule = Rule(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        chapter=stanza.file.rpartition("/")[2].removesuffix(".toml"),
        unit=stanza.text("unit", ""),
        unit_en=stanza.text("unit_en", ""),
        sort=sort,
        bound=stanza.word("bound", among=BOUNDS, default="exactly"),
        standing=standing,
        may_loosen=stanza.flag("may_loosen"),
        only_warns=stanza.flag("only_warns"),
        note=stanza.text("note", ""),
        versions=_versions(stanza, sort, standing),
    )
    stanza.finish()
    return rule


def _versions(stanza: Stanza, sort: str, standing: str) -> tuple[Version, ...]:
    tables = stanza.tables("values")
    parts = [part for part in (_version(one, sort, standing) for one in tables) if part]
    for earlier, later in itertools.pairwise(parts):
        if later.since <= earlier.since:
            stanza.complain(f"values: {later.since} does not come after {earlier.since}; write them by date")
        elif earlier.until and earlier.until > later.since:
            stanza.complain(
                f"values: the one until {earlier.until} overlaps the one from {later.since}; "
                "`until` is the first day on which a value no longer holds"
            )
    return tuple(_closed(parts))


def _version(stanza: Stanza, sort: str, standing: str) -> Version | None:
    said = stanza.anything("value")
    since, until = stanza.day("from", ALWAYS), stanza.day("until", None)
    basis = stanza.text("basis")
    standing = stanza.word("standing", among=STANDINGS, default=standing)
    stanza.finish()
    if until and since and until <= since:
        stanza.complain(f"until: {until} is not later than from: {since}")
    try:
        known = sort in SORTS and said is not None
        return Version(read_value(sort, said), since or ALWAYS, until, basis, standing) if known else None
    except WrongSort:
        stanza.complain(f"value: {said!r} is not of the sort “{sort}”")
        return None


def _closed(parts: list[Version]) -> list[Version]:
    """Each value ends where the next begins, unless it ended before."""
    ends = [*(part.since for part in parts[1:]), None][: len(parts)]
    return [
        Version(part.value, part.since, part.until or end, part.basis, part.standing)
        for part, end in zip(parts, ends, strict=True)
    ]
