"""Outlines of documents, read from `catalogue/documents/`: headings, paragraphs, slots.

An outline is data. A figure stands in it only as a slot, `{{code}}` or `{{code|form}}`; a claim
without a number as `{{fact:code}}` or `{{fact:code|words}}`; a claim of completeness as
`{{all:rate|words when all|words when not}}`. Settings of the year and the unit's name stand in
single braces. Anything else that looks like a figure stops the program. What stands around the
text (head, addressee, signature, imprint) is the outline's `paper`; see `paper.py`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import FORMS
from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, could_be, stanzas
from qingce.reports.facts import Fact, read_fact
from qingce.reports.paper import FLAGS, LISTS, PARTS
from qingce.reports.paper import FORMS as PAPER_FORMS

FACTS_FILE = "documents/facts.toml"
KNOWN_SETTINGS = {
    "year", "next_year", "unit_name", "above_name", "period_name", "first_day", "last_day", "issue",
}  # fmt: skip
OWN_SETTINGS = {"above"}  # that the program itself asks an outline for
KINDS = {
    "summary": _("Summary"),
    "points": _("Work points"),
    "briefing": _("Briefing"),
    "notice": _("Public notice"),
    "request": pgettext_lazy("document", "Request"),
    "reply": pgettext_lazy("document", "Reply"),
    "minutes": pgettext_lazy("document", "Minutes"),
    "certificate": pgettext_lazy("document", "Certificate"),
    "table": _("Statistical table"),
    "answers": _("Answers to the level above"),
}
TABLES = ("figures", "units", "months", "records")
PERIODS = ("year", "half", "quarter", "month")
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
class Table:
    """A table of a document: a row a figure, a unit beneath, a month, or a record."""

    sort: str  # one of TABLES
    codes: tuple[str, ...] = ()  # indicators: the rows of figures, the columns of units and months
    fact: str = ""  # of records: whose rows are listed
    caption: str = ""
    column: str = ""  # of records: what the column of names is called


@dataclass(frozen=True)
class Section:
    """A heading, what stands directly under it, and the points beneath."""

    heading: str
    paragraphs: tuple[Pieces, ...]
    points: tuple[Section, ...] = ()
    items: tuple[Pieces, ...] = ()  # numbered 1. 2. 3.
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Outline(Labelled):
    title: tuple[str, ...]
    opening: tuple[Pieces, ...]
    chapters: tuple[Section, ...]
    plan: Section | None
    settings: Mapping[str, str]
    facts: Mapping[str, Fact]
    kind: str = "summary"  # one of KINDS
    form: str = "official"  # of the paper
    limit: int = 0  # characters; 0: no limit
    period: str = "year"  # the length of time it is usually written for
    subtitle: str = ""
    items: tuple[Pieces, ...] = ()  # numbered, directly under the opening
    tables: tuple[Table, ...] = ()
    closing: tuple[Pieces, ...] = ()  # after everything else, such as 特此批复。
    paper: Mapping[str, Any] = field(default_factory=dict)  # parts of the paper, with settings in braces
    asks: tuple[str, ...] = ()  # parts that an editor is asked for

    @property
    def address(self) -> str:
        """The outline's name in addresses and commands."""
        return self.code.replace("_", "-")

    def slots(self) -> list[Slot]:
        """Every slot in reading order, as often as it occurs."""
        return [piece for pieces in self._paragraphs() for piece in pieces if isinstance(piece, Slot)]

    def codes(self) -> list[str]:
        """The indicators that the outline speaks of, in reading order, each once."""
        in_text = [slot.code for slot in self.slots() if slot.sort != "fact"]
        in_tables = [code for table in self.all_tables() for code in table.codes]
        return list(dict.fromkeys([*in_text, *in_tables]))

    def sections(self) -> Iterator[Section]:
        """Every section in reading order: chapters with their points, then the plan."""
        for chapter in (*self.chapters, *([self.plan] if self.plan else [])):
            yield chapter
            yield from chapter.points

    def all_tables(self) -> Iterator[Table]:
        yield from self.tables
        for section in self.sections():
            yield from section.tables

    def _paragraphs(self) -> Iterator[Pieces]:
        yield from self.opening
        yield from self.items
        for section in self.sections():
            yield from section.paragraphs
            yield from section.items
        yield from self.closing


@cache
def outlines() -> dict[str, Outline]:
    """Every outline of the catalogue by its name in addresses."""
    return read_outlines(settings.CATALOGUE)


def read_outlines(catalogue: Path) -> dict[str, Outline]:
    complaints: list[str] = []
    read = list(stanzas(catalogue, "documents", complaints))
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
        plan=reader.section(_part(stanza, "plan", stanza.table_of("plan"))) if stanza.has("plan") else None,
        settings=own,
        facts=facts,
        kind=stanza.word("kind", among=KINDS),
        form=stanza.word("form", among=PAPER_FORMS, default="official"),
        limit=stanza.number("limit", 0),
        period=stanza.word("period", among=PERIODS, default="year"),
        subtitle=reader.heading(stanza, stanza.text("subtitle", "")),
        items=reader.paragraphs(stanza, "items"),
        tables=tuple(reader.tables(stanza)),
        closing=reader.paragraphs(stanza, "closing"),
        paper=reader.paper(_part(stanza, "paper", stanza.table_of("paper"))),
        asks=stanza.words("asks", among=PARTS),
    )
    stanza.asked.add("plan")
    stanza.finish()
    for name in own.keys() - reader.used - OWN_SETTINGS:
        stanza.complain(f"settings: “{name}” is used by no text here{could_be(name, OWN_SETTINGS)}")
    return outline


@dataclass(frozen=True)
class _Reader:
    """Checks texts against what is known: indicators, facts, settings, names with digits."""

    facts: Mapping[str, Fact]
    settings: set[str]
    names: tuple[str, ...]
    used: set[str] = field(default_factory=set)  # settings that some text speaks of

    def sections(self, stanza: Stanza, key: str) -> Iterator[Section]:
        stanza.asked.add(key)
        for number, table in enumerate(stanza.table.get(key, []), 1):
            yield self.section(_part(stanza, f"{key}.{number}", table))

    def section(self, part: Stanza) -> Section:
        section = Section(
            self.heading(part, part.text("heading")),
            self.paragraphs(part, "text"),
            tuple(self.sections(part, "points")),
            self.paragraphs(part, "items"),
            tuple(self.tables(part)),
        )
        part.finish()
        return section

    def tables(self, stanza: Stanza) -> Iterator[Table]:
        stanza.asked.add("tables")
        for number, table in enumerate(stanza.table.get("tables", []), 1):
            part = _part(stanza, f"tables.{number}", table)
            sort = part.word("of", among=TABLES)
            yield Table(
                sort,
                codes=part.words("codes", among=indicators()) if sort != "records" else (),
                fact=part.word("fact", among=self.facts) if sort == "records" else "",
                caption=self.heading(part, part.text("caption", "")),
                column=part.text("column", "名称"),
            )
            part.finish()

    def paper(self, part: Stanza) -> dict[str, Any]:
        """The parts of the paper that the outline says beforehand."""
        said: dict[str, Any] = {}
        for name in PARTS:
            if not part.has(name):
                continue
            if name in FLAGS:
                said[name] = part.flag(name)
            elif name in LISTS:
                said[name] = tuple(self.heading(part, one) for one in part.words(name))
            else:
                said[name] = self.heading(part, part.text(name))
        part.asked.update(PARTS)
        part.finish()
        return said

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
        self.used.update(names)
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
