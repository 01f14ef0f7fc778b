"""The words by which summaries are read, from `catalogue/reading/`: measures, names, cues, kinds of work.

Words are data and general: the vocabulary of League work anywhere, never a phrase of one text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, stanzas

WEIGHTS = {"deciding": 7.0, "strong": 5.0, "usual": 2.5, "weak": 0.8}
EMPTY = re.compile(r"(?!)")  # matches nothing, where no word was given
# The cues that the rules of reading ask for, and where each of their lists of words stands.
AROUND = ("before", "after")
CUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("more_than", "nearly", "at_least", "approx", "at_most", "criterion", "change"), AROUND),
    **dict.fromkeys(("not_a_qualifier", "not_a_measure", "not_more", "annex"), ("words",)),
    **dict.fromkeys(("per_unit", "duration", "age", "target", "plan_until", "plan_ahead"), ("before",)),
    **dict.fromkeys(("level", "subset", "total", "stock", "context", "no_measure"), ("before",)),
    **dict.fromkeys(("enumeration", "enumeration_arabic", "grade", "vague"), ("after",)),
    **dict.fromkeys(("plan_heading", "plan_title"), ("words", "past")),
    "plan": ("before", "past"),
    "rank": ("before", "scope"),
    "scope": ("before", "nouns"),
    "figurative": ("before", "one", "one_event", "events"),
}
PARTS = ("measures", "names", "cues", "kinds", "ties")  # folders of catalogue/reading


@dataclass(frozen=True)
class Kind(Labelled):
    """A kind of work that a figure may be about, with the words that speak for it."""

    words: Mapping[str, float]
    units: frozenset[str]
    frames: tuple[tuple[str, str], ...] = ()  # what stands at once before and after: 全县 # 团员


@dataclass(frozen=True)
class Tie:
    """What a claim must say to be tied to an indicator."""

    code: str
    systems: frozenset[str]
    units: frozenset[str]
    needed: tuple[tuple[str, ...], ...]
    leaning: tuple[str, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    measures: Mapping[str, str]  # measure word → what it measures
    sure: frozenset[str]  # measures that make a Chinese numeral before them a number
    names: tuple[str, ...]
    words: tuple[str, ...]  # in which a numeral is no number
    cues: Mapping[str, Mapping[str, tuple[str, ...]]]
    kinds: Mapping[str, Kind]
    ties: Mapping[str, Tie]
    _patterns: dict[Any, re.Pattern[str]] = field(default_factory=dict)

    def cue(self, name: str, place: str = "before") -> tuple[str, ...]:
        return self.cues[name].get(place, ())

    def pattern(self, name: str, place: str = "before") -> re.Pattern[str]:
        """The words of a cue as one expression, the longest heard first."""
        return self.once((name, place), lambda: any_of(self.cue(name, place)))

    def ending(self, name: str, place: str = "before") -> re.Pattern[str]:
        """The words of a cue at the very end of what stands before a number."""
        words = self.cue(name, place)
        return self.once((name, place, "end"), lambda: _at_end(words))

    def once(self, key: Any, make: Callable[[], re.Pattern[str]]) -> re.Pattern[str]:
        """An expression made of these words, made once."""
        if key not in self._patterns:
            self._patterns[key] = make()
        return self._patterns[key]


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(settings.CATALOGUE)


def read_vocabulary(catalogue: Path) -> Vocabulary:
    complaints: list[str] = []
    read = {part: list(stanzas(catalogue, f"reading/{part}", complaints)) for part in PARTS}
    kinds = {one.name: _kind(one) for one in read["kinds"]}
    measures: dict[str, str] = {}
    sure: set[str] = set()
    for one in read["measures"]:
        words = one.words("words")
        measures.update(dict.fromkeys(words, one.name))
        sure |= set(words) if one.flag("sure") else set()
        one.finish()
    names = {one.name: _names(one) for one in read["names"]}
    found = Vocabulary(
        measures=measures,
        sure=frozenset(sure),
        names=tuple(word for name, words in names.items() if name != "words" for word in words),
        words=names.get("words", ()),
        cues={one.name: _cues(one) for one in read["cues"]},
        kinds=kinds,
        ties={one.name: _tie(one, kinds) for one in read["ties"]},
    )
    complaints += _strange_systems(catalogue, kinds)
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def _strange_systems(catalogue: Path, kinds: Collection[str]) -> list[str]:
    """Indicators that belong to a kind of work of which the vocabulary has not heard."""
    complaints: list[str] = []
    if any(one.system and one.system not in kinds for one in indicators().values()):
        for stanza in stanzas(catalogue, "indicators", complaints):
            if system := stanza.text("system", ""):
                stanza.check_word("system", system, kinds)
    return complaints


def _kind(stanza: Stanza) -> Kind:
    words: dict[str, float] = {}
    for sort, weight in WEIGHTS.items():
        for word in stanza.words(sort):
            if word in words:
                stanza.complain(f"{sort}: “{word}” stands in this stanza twice")
            words[word] = weight
    kind = Kind(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        words=words,
        units=frozenset(stanza.words("units")),
        frames=tuple(_frame(stanza, said) for said in stanza.words("frames")),
    )
    stanza.finish()
    return kind


def _frame(stanza: Stanza, said: str) -> tuple[str, str]:
    before, mark, after = said.partition("#")
    if not mark:
        stanza.complain(f"frames: “{said}” should hold # where the figure stands")
    return before, after


def _names(stanza: Stanza) -> tuple[str, ...]:
    stanza.text("label", "")
    words = stanza.words("words")
    stanza.finish()
    return words


def _cues(stanza: Stanza) -> dict[str, tuple[str, ...]]:
    """Every list of the stanza by its key; names and keys are the program's own."""
    if not stanza.check_word("cue", stanza.name, CUES):
        return {}
    said = {key: stanza.words(key) for key in CUES[stanza.name] if stanza.has(key)}
    stanza.asked.update(CUES[stanza.name])
    stanza.finish()
    return said


def _tie(stanza: Stanza, known: Collection[str]) -> Tie:
    indicator = indicators().get(stanza.name)
    if indicator is None:
        stanza.check_word("indicator", stanza.name, indicators())
    stanza.asked.add("all")
    tie = Tie(
        code=stanza.name,
        systems=frozenset(stanza.words("systems", among=known))
        | ({indicator.system} if indicator else set()),
        units=frozenset(stanza.words("units", default=None)),
        needed=tuple(tuple(group) for group in stanza.table.get("all", [])),
        leaning=stanza.words("any"),
        excluded=stanza.words("none"),
    )
    stanza.finish()
    return tie


def alternatives(words: Iterable[str]) -> str:
    """Words for an expression, the longest first, so that the longest that fits is taken."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda one: (-len(one), one)))


def _at_end(words: Collection[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words)})[ \t\x0b]*$") if words else EMPTY


def any_of(words: Collection[str]) -> re.Pattern[str]:
    return re.compile(alternatives(words)) if words else EMPTY
