"""Rules about words beside a figure, read from `catalogue/documents/wording/`."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from qingce.foundation.stanzas import CatalogueRefused, Stanza, stanzas
from qingce.ledger.kinds.catalogue import taxonomy

SORTS = {
    "above": "the value must be above the number written",
    "below": "the value must be below the number written",
    "whole": "a rate must be the whole",
    "measure": "the measure word must fit",
    "stage": "the stage must fit",
}
BLANKS = ("word", "exact", "label", "stage")  # what a sentence may leave open in single braces


@dataclass(frozen=True)
class Rule:
    """Which words, standing where, ask what of the figure."""

    code: str
    sort: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    clause: tuple[str, ...]
    counted_in: tuple[str, ...]  # measure: of figures that count in these …
    unfit: tuple[str, ...]  # … these measure words are wrong
    stages: tuple[str, ...]
    also: bool
    strict: bool
    say: str
    say_en: str

    @property
    def sentence(self) -> str:
        return self.say_en if (get_language() or "").startswith("en") else self.say


@cache
def rules() -> tuple[Rule, ...]:
    return read_rules(settings.CATALOGUE)


def read_rules(catalogue: Path) -> tuple[Rule, ...]:
    complaints: list[str] = []
    found = tuple(_rule(stanza) for stanza in stanzas(catalogue, "documents/wording", complaints))
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def _rule(stanza: Stanza) -> Rule:
    rule = Rule(
        code=stanza.name,
        sort=stanza.word("sort", among=SORTS),
        before=stanza.words("before"),
        after=stanza.words("after"),
        clause=stanza.words("clause"),
        counted_in=stanza.words("of"),
        unfit=stanza.words("not"),
        stages=stanza.words("stages", among=taxonomy().facets["stage"].words),
        also=stanza.flag("also"),
        strict=stanza.flag("strict", default=True),
        say=stanza.text("say"),
        say_en=stanza.text("say_en"),
    )
    for key in ("say", "say_en"):
        _check_blanks(stanza, key)
    if not (rule.before or rule.after or rule.clause or rule.unfit):
        stanza.complain("no words: give before, after, clause or not")
    stanza.finish()
    return rule


def _check_blanks(stanza: Stanza, key: str) -> None:
    """The sentence is filled in when a text is checked; what cannot be filled in is named now."""
    try:
        blanks = [part[1] for part in string.Formatter().parse(stanza.text(key)) if part[1] is not None]
    except ValueError as problem:
        stanza.complain(f"{key}: a brace is out of place ({problem})")
        return
    for blank in blanks:
        stanza.check_word(key, blank, BLANKS)
