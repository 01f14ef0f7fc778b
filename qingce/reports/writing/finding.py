"""Finding an indicator as a writer types it: words, pinyin or initials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.foundation.words import folded, initials, pinyin

AT_MOST = 12


@dataclass(frozen=True)
class Entry:
    """One indicator with everything by which it may be called."""

    indicator: Indicator
    label: str
    english: str
    initials: str
    pinyin: str
    note: str


def called(said: str) -> list[Indicator]:
    """Indicators that every word of `said` fits, the nearest first; the first ones when nothing is said."""
    words = folded(said).lower().split()
    if not words:
        return list(indicators().values())[:AT_MOST]
    ranked = [(_rank(entry, words), place, entry) for place, entry in enumerate(_entries())]
    found = sorted((rank, place, entry.indicator) for rank, place, entry in ranked if rank is not None)
    return [indicator for _rank_, _place, indicator in found[:AT_MOST]]


def _rank(entry: Entry, words: list[str]) -> int | None:
    ranks = [_rank_of(entry, word) for word in words]
    return None if None in ranks else sum(rank for rank in ranks if rank is not None)


def _rank_of(entry: Entry, word: str) -> int | None:
    """0 for the beginning of the name; the further from it, the higher; None when nothing fits."""
    ways = [
        entry.label.startswith(word) or entry.initials.startswith(word) or entry.indicator.code == word,
        word in entry.label or entry.pinyin.startswith(word),
        word in entry.initials or word in entry.pinyin,
        word in entry.english or word in entry.indicator.code,
        word in entry.note,
    ]
    return next((rank for rank, fits in enumerate(ways) if fits), None)


@cache
def _entries() -> list[Entry]:
    return [_entry(one) for one in indicators().values()]


def _entry(one: Indicator) -> Entry:
    label, english = one.label.lower(), one.label_en.lower()
    return Entry(one, label, english, initials(one.label), pinyin(folded(one.label)), one.note)
