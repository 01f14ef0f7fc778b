"""Suggested sentences, read from `catalogue/documents/sentences/`: our own wording, with live figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.refusals import Refused
from qingce.foundation.stanzas import CatalogueRefused, Stanza, stanzas
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.reports.outline import SLOT_FORMS
from qingce.reports.writing.drawing import facts
from qingce.reports.writing.runs import LIVE, Pieces, from_braces
from qingce.reports.writing.typed import typed_numbers


@dataclass(frozen=True)
class Sentence:
    """One sentence that may be taken into a text, and the chapter in which it belongs."""

    code: str
    chapter: str
    pieces: Pieces


@cache
def sentences() -> dict[str, Sentence]:
    """Every sentence by its code, in the order of the chapters."""
    return read_sentences(settings.CATALOGUE)


def read_sentences(catalogue: Path) -> dict[str, Sentence]:
    complaints: list[str] = []
    found: dict[str, Sentence] = {}
    for stanza in stanzas(catalogue, "documents/sentences", complaints):
        for sentence in _sentences(stanza):
            found[sentence.code] = sentence
    if complaints:
        raise CatalogueRefused(complaints)
    return found


def by_chapter() -> list[tuple[str, str, list[Sentence]]]:
    """Code and name of each chapter that has sentences, with them."""
    words = taxonomy().facets["chapter"].words
    return [
        (chapter, taxonomy().word("chapter", chapter), held)
        for chapter in words
        if (held := [one for one in sentences().values() if one.chapter == chapter])
    ]


def _sentences(stanza: Stanza) -> list[Sentence]:
    stanza.word("chapter", among=taxonomy().facets["chapter"].words)
    found = [
        Sentence(f"{stanza.name}-{number}", stanza.text("chapter"), _pieces(stanza, text))
        for number, text in enumerate(stanza.words("text"), 1)
    ]
    stanza.finish()
    return found


def _pieces(stanza: Stanza, text: str) -> Pieces:
    try:
        pieces = from_braces(text)
    except Refused as problem:
        stanza.complain(f"text: {problem}")
        return ()
    for piece in pieces:
        if piece.sort in LIVE:
            stanza.check_word("text", piece.code, facts() if piece.sort == "fact" else indicators())
            if piece.form:
                stanza.check_word("text", piece.form, SLOT_FORMS)
        elif typed := typed_numbers(piece.text):
            stanza.complain(f"text: “{typed[0].raw}” is typed by hand; put a slot in its place")
    return pieces
