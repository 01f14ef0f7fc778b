"""Outlines of documents, read from `catalogue/documents/`: headings, paragraphs, slots.

An outline is data. A figure stands in it only as a slot, `{{code}}` or `{{code|form}}`; a claim
without a number as `{{fact:code}}` or `{{fact:code|words}}`; a claim of completeness as
`{{all:rate|words when all|words when not}}`. Settings of the year and the unit's name stand in
single braces. Anything else that looks like a figure stops the program.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import FORMS
from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, could_be, stanzas
from qingce.reports.facts import Fact, read_fact

FACTS_FILE = "documents/facts.toml"
KNOWN_SETTINGS = {"year", "next_year", "unit_name", "period_name"}
CHANGE = "change"  # against the same period of last year, in words
SLOT_FORMS = {*FORMS, CHANGE}
SLOT = re.compile(r"\{\{([^{}]+)\}\}")
TYPED = re.compile(r"[0-9０-９]+[%％]?|百分之[一二三四五六七八九十百]+")
COMPLETE = re.compile(r"全覆盖|全面覆盖|全部覆盖|百分之百")
LEANING_BEFORE = re.compile(r"(近|超|超过|达|逾|突破)$")
LEANING_AFTER = re.compile(r"^(余|多|以上|左右)")


@dataclass(frozen=True)
class Slot:
    """A place for a figure, a fact or a claim of completeness."""

    sort: str  # figure, fact, all
    code: str
    form: str = ""  # of a figure; empty: the indicator's own
    words: str = ""  # of a fact or claim, when it holds
    otherwise: str = ""  # of a claim of completeness, when it does not


Pieces = tuple[str | Slot, ...]


@dataclass(frozen=True)
class Section:
    """A heading, what stands directly under it, and the points beneath."""

    heading: str
    paragraphs: tuple[Pieces, ...]
    points: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Outline(Labelled):
    title: tuple[str, ...]
    opening: tuple[Pieces, ...]
    chapters: tuple[Section, ...]
    plan: Section
    settings: Mapping[str, str]
    facts: Mapping[str, Fact]

    @property
    def address(self) -> str:
        """The outline's name in addresses and commands."""
        return self.code.replace("_", "-")

    def slots(self) -> list[Slot]:
        """Every slot in reading order, as often as it occurs."""
        return [piece for pieces in self._paragraphs() for piece in pieces if isinstance(piece, Slot)]

    def codes(self) -> list[str]:
        """The indicators that the outline speaks of, in reading order, each once."""
        return list(dict.fromkeys(slot.code for slot in self.slots() if slot.sort != "fact"))

    def _paragraphs(self) -> Iterator[Pieces]:
        yield from self.opening
        for chapter in (*self.chapters, self.plan):
            yield from chapter.paragraphs
            for point in chapter.points:
                yield from point.paragraphs


@cache
def outlines() -> dict[str, Outline]:
    """Every outline of the catalogue by its name in addresses."""
    return read_outlines(settings.CATALOGUE)


def read_outlines(catalogue: Path) -> dict[str, Outline]:
    complaints: list[str] = []
    read = list(stanzas(catalogue / "documents", complaints))
    facts = {one.name: read_fact(one) for one in read if one.file == FACTS_FILE}
    found = [_outline(one, facts) for one in read if one.file != FACTS_FILE]
    if complaints:
        raise CatalogueRefused(complaints)
    return {outline.address: outline for outline in found}


def _outline(stanza: Stanza, facts: Mapping[str, Fact]) -> Outline:
    own = {name: str(value) for name, value in stanza.table_of("settings").items()}
    names = stanza.words("names_with_digits")
    reader = _Reader(facts, {*KNOWN_SETTINGS, *own}, names)
    outline = Outline(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        title=tuple(reader.heading(stanza, line) for line in stanza.words("title")),
        opening=reader.paragraphs(stanza, "opening"),
        chapters=tuple(reader.sections(stanza, "chapters")),
        plan=reader.section(_part(stanza, "plan", stanza.table_of("plan"))),
        settings=own,
        facts=facts,
    )
    stanza.finish()
    return outline


@dataclass(frozen=True)
class _Reader:
    """Checks texts against what is known: indicators, facts, settings, names with digits."""

    facts: Mapping[str, Fact]
    settings: set[str]
    names: tuple[str, ...]

    def sections(self, stanza: Stanza, key: str) -> Iterator[Section]:
        stanza.asked.add(key)
        for number, table in enumerate(stanza.table.get(key, []), 1):
            yield self.section(_part(stanza, f"{key}.{number}", table))

    def section(self, part: Stanza) -> Section:
        section = Section(
            self.heading(part, part.text("heading")),
            self.paragraphs(part, "text"),
            tuple(self.sections(part, "points")),
        )
        part.finish()
        return section

    def paragraphs(self, stanza: Stanza, key: str) -> tuple[Pieces, ...]:
        return tuple(self.pieces(stanza, key, text) for text in stanza.words(key))

    def heading(self, stanza: Stanza, text: str) -> str:
        self.check_text(stanza, "heading", text)
        return text

    def pieces(self, stanza: Stanza, key: str, text: str) -> Pieces:
        """`text` cut at its slots; single texts between them are checked for typed figures."""
        parts = SLOT.split(text)
        pieces: list[str | Slot] = []
        for place, part in enumerate(parts):
            if place % 2:
                pieces.append(self.slot(stanza, key, part))
            elif part:
                self.check_text(stanza, key, part)
                self.check_neighbours(stanza, key, parts, place)
                pieces.append(part)
        return tuple(pieces)

    def slot(self, stanza: Stanza, key: str, said: str) -> Slot:
        head, *rest = said.split("|")
        sort, colon, code = head.rpartition(":")
        sort = sort if colon else "figure"
        if sort == "fact":
            stanza.check_word(key, code, self.facts)
            return Slot(sort, code, words=self.checked(stanza, key, rest, 0))
        if not stanza.check_word(key, code, indicators()):
            return Slot(sort, code)
        if sort == "all":
            if indicators()[code].unit != "%" or len(rest) != 2:
                stanza.complain(f"{key}: “{said}” should be all:rate|words when all|words when not")
            return Slot(sort, code, words=rest[0], otherwise=self.checked(stanza, key, rest, 1))
        form = rest[0] if rest else ""
        if sort != "figure" or (form and form not in SLOT_FORMS):
            wrong, known = (form, SLOT_FORMS) if sort == "figure" else (sort, {"fact", "all"})
            stanza.complain(f"{key}: “{wrong}” in “{said}” is not known{could_be(wrong, known)}")
        return Slot("figure", code, form=form)

    def checked(self, stanza: Stanza, key: str, words: list[str], place: int) -> str:
        if len(words) <= place:
            return ""
        self.check_text(stanza, key, words[place])
        return words[place]

    def check_text(self, stanza: Stanza, key: str, text: str) -> None:
        try:
            names = [part[1] for part in string.Formatter().parse(text) if part[1] is not None]
        except ValueError as problem:
            stanza.complain(f"{key}: “{text[:20]}…” has a brace out of place ({problem})")
            return
        for name in names:
            stanza.check_word(key, name, self.settings)
        plain = re.sub(r"\{\w+\}", "", text)
        for name in self.names:
            plain = plain.replace(name, "")
        if typed := TYPED.search(plain):
            stanza.complain(f"{key}: “{typed.group()}” is typed by hand; put a slot in its place")
        if claim := COMPLETE.search(plain):
            stanza.complain(f"{key}: “{claim.group()}” must be checked; write {{{{all:rate|…|…}}}}")

    def check_neighbours(self, stanza: Stanza, key: str, parts: list[str], place: int) -> None:
        """Complain of words such as 近 or 余 beside a figure: its form decides them."""
        text = parts[place]
        before = place + 1 < len(parts) and LEANING_BEFORE.search(text)
        after = place > 0 and LEANING_AFTER.search(text)
        for found in (before, after):
            if found:
                stanza.complain(f"{key}: “{found.group()}” beside a figure; choose a form instead")


def _part(stanza: Stanza, name: str, table: Mapping[str, Any]) -> Stanza:
    return Stanza(stanza.file, f"{stanza.name}.{name}", table, stanza.complaints)
