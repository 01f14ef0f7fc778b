"""Which worksheet is which sheet, and which of its columns is which field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from qingce.foundation.exchange import cells
from qingce.foundation.exchange.columns import Column
from qingce.foundation.exchange.reading import Grid
from qingce.foundation.exchange.sheets import Sheet

SEARCHED_LINES = 30  # titles and remarks above the heads take fewer
IGNORED = ""  # in a mapping: this head is no field

# Columns that number the lines or give the reasons of an earlier refusal: nobody misses them.
CLERICAL = re.compile(r"序号|编号|no|#|未导入原因|whynotimported")
BRACKETED = re.compile(r"[(\[【〔].*?[)\]】〕]")
DECORATION = re.compile(r"[\s*:：·_\-/\\、,，。.]+")
NOTES = re.compile(
    r"说明|须知|注意|示例|样例|字典|选项|未导入原因"
    r"|why not imported|readme|notes?|instructions?|options",
    re.I,
)

Mapped = Mapping[str, str]  # normalised head → field


@dataclass
class Recognised:
    """A worksheet, the line of its heads, and what each column was taken for."""

    grid: Grid
    sheet: Sheet | None
    line: int = 0  # of the heads, from 0
    heads: list[str] = field(default_factory=list)
    fields: dict[int, Column] = field(default_factory=dict)  # place in a row → column
    doubled: list[tuple[str, list[str]]] = field(default_factory=list)  # field label, its heads

    @property
    def missing(self) -> list[Column]:
        taken = {column.name for column in self.fields.values()}
        every = self.sheet.columns if self.sheet else ()
        return [column for column in every if column.required and column.name not in taken]

    @property
    def unknown(self) -> list[str]:
        doubled = {head for _label, heads in self.doubled for head in heads}
        known = (place in self.fields or head in doubled for place, head in enumerate(self.heads))
        return [
            head
            for head, is_known in zip(self.heads, known, strict=True)
            if head and not is_known and not CLERICAL.fullmatch(normalised(head))
        ]


def recognise(
    grid: Grid,
    among: Sequence[Sheet],
    saved: Mapping[str, Mapped],
    given: Mapping[str, Mapped],
) -> Recognised:
    """The sheet and head line that explain most of `grid`; `sheet` is None when none does.

    `given` holds mappings by sheet code, `saved` by `signature`; both go before all recognition.
    """
    top = list(islice(grid.rows(), SEARCHED_LINES))
    best = Recognised(grid, None, heads=_widest(top))
    best_score: tuple[Any, ...] = (False, 0)
    for line, row in enumerate(top):
        heads = [cells.text(value) for value in _with_merged_heads(row, line, top, grid)]
        if not any(heads):
            continue
        for sheet in among:
            mapped = given.get(sheet.code) or (saved and saved.get(signature(sheet.code, heads))) or {}
            candidate = _match(grid, sheet, line, heads, mapped)
            score = (bool(mapped), *_score(candidate, sheet))
            if score > best_score:
                best, best_score = candidate, score
    return best


def is_notes(grid: Grid) -> bool:
    """Whether the worksheet's name says that it instructs people and holds no rows."""
    return bool(NOTES.search(grid.title))


def signature(sheet_code: str, heads: Iterable[str]) -> str:
    """The same for the same heads in any order."""
    words = sorted({normalised(head) for head in heads if head})
    return hashlib.sha256("\n".join([sheet_code, *words]).encode()).hexdigest()


@lru_cache(maxsize=4096)
def normalised(head: str) -> str:
    """A head without width, blanks, asterisks and bracketed remarks: “*金额（元）” → “金额”."""
    narrow = head.translate(cells.EVERY_WIDTH).lower()
    bare = DECORATION.sub("", BRACKETED.sub("", narrow))
    return bare or DECORATION.sub("", narrow)


def words_of(column: Column) -> set[str]:
    """Every normalised head that means `column`, in all languages of the interface."""
    words = {normalised(column.name), *(normalised(word) for word in column.synonyms)}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.add(normalised(str(column.label)))
    return words


def _match(grid: Grid, sheet: Sheet, line: int, heads: list[str], mapped: Mapped) -> Recognised:
    candidate = Recognised(grid, sheet, line, heads)
    meanings = _meanings(sheet)
    by_name = {column.name: column for column in sheet.columns}
    places: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        word = normalised(head) if head else ""
        name = mapped.get(word, meanings.get(word, IGNORED)) if word else IGNORED
        if name in by_name:
            places.setdefault(name, []).append(place)
    for name, taken in places.items():
        candidate.fields[taken[0]] = by_name[name]
        if len(taken) > 1:
            label = str(by_name[name].label)
            candidate.doubled.append((label, [heads[place] for place in taken]))
    return candidate


@cache
def _meanings(sheet: Sheet) -> dict[str, str]:
    """Normalised head → field; what an earlier column means is not taken by a later one."""
    meanings: dict[str, str] = {}
    for column in sheet.columns:
        for word in words_of(column):
            meanings.setdefault(word, column.name)
    return meanings


def _score(candidate: Recognised, sheet: Sheet) -> tuple[Any, ...]:
    recognised = len(candidate.fields)
    required = sum(column.required for column in sheet.columns)
    least = 1 if len(sheet.columns) == 1 else 2
    if recognised < least or (required and len(candidate.missing) * 2 > required):
        return (0,)
    named = normalised(candidate.grid.title) in _names(sheet)
    return (
        1,
        not candidate.missing and named,
        not candidate.missing,
        recognised - len(candidate.unknown) / 2,
        named,
        -candidate.line,
    )


@cache
def _names(sheet: Sheet) -> set[str]:
    names = {normalised(sheet.code)}
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.add(normalised(str(sheet.label)))
    return names


def _with_merged_heads(row: Any, line: int, top: list[Any], grid: Grid) -> list[Any]:
    """A head merged with the cell above it stands in the upper cell."""
    heads = list(row)
    for (first, left), (last, right) in grid.merges:
        place = left - grid.left
        covers = first < line <= last and left == right and 0 <= place < len(heads)
        if covers and heads[place] == "":
            heads[place] = top[first][place]
    return heads


def _widest(top: list[Any]) -> list[str]:
    """The line that looks most like heads, for people to map by hand."""
    lines = [[cells.text(value) for value in row] for row in top]
    return max(lines, key=lambda line: sum(map(bool, line)), default=[])


def explain_unknown(recognised: Recognised, among: Sequence[Sheet]) -> str:
    """The sentence for a worksheet that is none of the expected sheets."""
    heads = "、".join(head for head in recognised.heads if head)[:200]
    expected = "、".join(str(sheet.label) for sheet in among)
    return _(
        "The columns of this worksheet (%(heads)s) belong to none of these sheets: %(expected)s. "
        "Use the template of the sheet, or say on the page of imports what each column means."
    ) % {"heads": heads, "expected": expected}
