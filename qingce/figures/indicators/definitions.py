"""Indicators as the catalogue defines them: data, checked against what the sources can answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from qingce.figures.indicators import formula as formulas
from qingce.figures.indicators.display import FORMS
from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.sources.source import Source, sources

BASES = {"flow": "gathered over the period", "stock": "as it stood on the last day"}


@dataclass(frozen=True)
class Indicator(Labelled):
    """One figure of the committee: what is counted, said once, in words and in data."""

    chapter: str
    unit: str  # the measure word, 场次 or 名
    unit_en: str
    source: str  # empty for a formula
    take: str
    where: Mapping[str, Any]
    formula: str
    basis: str
    adds: bool  # whether the values of the units below sum to the value above
    form: str  # how it is written in a document
    note: str  # the definition in plain words
    note_en: str
    version: int
    system: str  # the kind of work in the vocabulary of written claims
    sensitive: bool
    stated: bool = False  # comes from outside, so that it may be stated by hand with its paper

    @property
    def definition(self) -> str:
        return self.note_en if (get_language() or "").startswith("en") else self.note

    @property
    def measure_word(self) -> str:
        return self.unit_en if (get_language() or "").startswith("en") else self.unit

    @property
    def after_number(self) -> str:
        """The measure word as it follows a number: 13次, 13 events, 13%."""
        word = self.measure_word
        return f" {word}" if word[:1].isascii() and word[:1].isalpha() else word

    @property
    def is_formula(self) -> bool:
        return bool(self.formula)

    @property
    def parts(self) -> list[str]:
        return formulas.names(self.formula) if self.formula else []

    @property
    def chapter_label(self) -> str:
        return taxonomy().word("chapter", self.chapter)

    @property
    def digest(self) -> str:
        """Changes whenever anything that decides the value or its meaning changes."""
        said = [self.source, self.take, dict(self.where), self.formula, self.basis, self.note]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator of the catalogue by code, in the order of the summary's chapters."""
    return read_indicators(settings.CATALOGUE)


def read_indicators(catalogue: Path) -> dict[str, Indicator]:
    complaints: list[str] = []
    read = list(stanzas(catalogue, "indicators", complaints))
    codes = {stanza.name for stanza in read}
    found = {stanza.name: _indicator(stanza, codes) for stanza in read}
    _complain_of_loops(read, found)
    _complain_of_statements(read, found)
    if complaints:
        raise CatalogueRefused(complaints)
    chapters = list(taxonomy().facets["chapter"].words)
    return dict(sorted(found.items(), key=lambda item: chapters.index(item[1].chapter)))


def _indicator(stanza: Stanza, codes: set[str]) -> Indicator:
    is_formula = stanza.has("formula")
    source = None if is_formula else _source(stanza)
    form = "percent" if stanza.text("unit", "%") == "%" else "exact"
    indicator = Indicator(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        chapter=stanza.word("chapter", among=taxonomy().facets["chapter"].words),
        unit=stanza.text("unit"),
        unit_en=stanza.text("unit_en"),
        source=source.code if source else "",
        take="" if source is None else stanza.word("take", among=source.measures),
        where={} if source is None else where_of(stanza, source),
        formula=_formula(stanza, codes) if is_formula else "",
        basis=stanza.word("basis", among=BASES),
        adds=stanza.flag("adds", default=not is_formula),
        form=stanza.word("form", among=FORMS, default=form),
        note=stanza.text("note"),
        note_en=stanza.text("note_en"),
        version=stanza.number("version", 1),
        system=stanza.text("system", ""),
        sensitive=stanza.flag("sensitive"),
        stated=stanza.flag("stated"),
    )
    kinds = [taxonomy().kinds[code] for code in indicator.where.get("kind", ()) if code in taxonomy().kinds]
    if kinds and all(kind.sensitive for kind in kinds):
        indicator = replace(indicator, sensitive=True)
    if source and (indicator.basis == "stock") != source.is_stock:
        should = "stock" if source.is_stock else "flow"
        stanza.complain(f"basis: “{indicator.basis}” does not fit the source; it is a {should}")
    stanza.finish()
    return indicator


def _source(stanza: Stanza) -> Source | None:
    return sources().get(stanza.word("source", among=sources()))


def where_of(stanza: Stanza, source: Source) -> dict[str, Any]:
    """The filter with every value made a list of known words, or true or false."""
    where: dict[str, Any] = {}
    for name, asked in stanza.table_of("where").items():
        if not stanza.check_word("where", name, source.dimensions):
            continue
        known = source.dimensions[name].words
        if known is None:
            if not isinstance(asked, bool):
                stanza.complain(f"where.{name}: {asked!r} should be true or false")
            where[name] = asked
            continue
        words = asked if isinstance(asked, list) else [asked]
        for word in words:
            stanza.check_word(f"where.{name}", word, known)
        where[name] = words
    return where


def _formula(stanza: Stanza, codes: set[str]) -> str:
    formula = stanza.text("formula")
    try:
        for name in formulas.names(formula):
            stanza.check_word("formula", name, codes)
    except formulas.FormulaRefused as problem:
        stanza.complain(f"formula: {problem}")
    return formula


def _complain_of_loops(read: Sequence[Stanza], found: Mapping[str, Indicator]) -> None:
    """A formula that comes back to itself, at once or by way of others, has no value."""
    named = {code: _named(indicator.formula) & found.keys() for code, indicator in found.items()}
    for stanza in read:
        if way := _way_back(stanza.name, named):
            stanza.complain(f"formula: “{stanza.name}” is worked out from itself ({' → '.join(way)})")


def _complain_of_statements(read: Sequence[Stanza], found: Mapping[str, Indicator]) -> None:
    """What is stated by hand is a number from outside: nothing is worked out from it or into it."""
    in_formulas = {name for indicator in found.values() for name in _named(indicator.formula)}
    for stanza in read:
        one = found[stanza.name]
        if one.stated and (one.is_formula or one.sensitive or one.unit == "%" or one.code in in_formulas):
            stanza.complain("stated: not for a formula, a part of one, a rate, or a sensitive matter")


def _named(formula: str) -> set[str]:
    """What a formula speaks of; nothing when it is empty or cannot be read."""
    try:
        return set(formulas.names(formula)) if formula else set()
    except formulas.FormulaRefused:
        return set()


def _way_back(code: str, named: Mapping[str, set[str]]) -> list[str]:
    """The steps by which the formula of `code` comes back to it; empty when it never does."""
    ways = [[code, name] for name in sorted(named[code])]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == code:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, name] for name in sorted(named[way[-1]])]
    return []
