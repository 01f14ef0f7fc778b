"""References: names and codes of things kept elsewhere, looked up all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.cells import bare
from qingce.foundation.exchange.columns import Reference, could_mean, with_hint
from qingce.foundation.exchange.examinations import SheetExamination
from qingce.foundation.exchange.sheets import Answers, Pending, Row

SUGGESTED = 50  # unknown texts that get suggestions; comparing words takes long


class Coming:
    """What earlier sheets of the same batch are about to bring, by resolver."""

    def __init__(self) -> None:
        self._texts: dict[str, set[str]] = {}

    def add(self, part: SheetExamination) -> None:
        for what, columns in part.sheet.provides.items():
            texts = self._texts.setdefault(what, set())
            for row in part.rows:
                texts.update(str(row[name]) for name in columns if row[name])

    def has(self, what: str, text: str) -> bool:
        return text in self._texts.get(what, ())

    def names(self, what: str) -> set[str]:
        return self._texts.get(what, set())


def resolve(part: SheetExamination, coming: Coming, *, by: Any) -> None:
    """Put the found thing in place of each reference's text; unknown ones are refused."""
    for column in part.sheet.columns:
        if isinstance(column, Reference):
            _resolve_column(part, column, coming, by)
    part.set_refused_aside()


def resolve_pending(part: SheetExamination, *, by: Any) -> None:
    """Look up again what was pending, now that earlier sheets have been saved.

    What the sheet itself brings stays `Pending`; its own `save` knows those rows.
    """
    own = Coming()
    own.add(part)
    for column in part.sheet.columns:
        if isinstance(column, Reference) and _restore_texts(part.rows, column):
            _resolve_column(part, column, own, by)
    part.set_refused_aside()


def pending(parts: Iterable[SheetExamination]) -> list[tuple[Row, int, Pending]]:
    """Every pending reference with its place."""
    return [
        (row, row.heads.at[column.name], row[column.name])
        for part in parts
        for column in part.sheet.columns
        if isinstance(column, Reference)
        for row in part.rows
        if isinstance(row[column.name], Pending)
    ]


def _restore_texts(rows: Iterable[Row], column: Reference) -> bool:
    restored = False
    for row in rows:
        slot = row.heads.at[column.name]
        value = row.values[slot]
        if isinstance(value, Pending):
            row.values[slot] = value.text
            restored = True
    return restored


def _resolve_column(part: SheetExamination, column: Reference, coming: Coming, by: Any) -> None:
    rows = part.every_row
    if not rows:
        return
    slot = rows[0].heads.at[column.name]
    texts = {row.values[slot] for row in rows if isinstance(row.values[slot], str)}
    if not texts:
        return
    answers = sheets.resolve(column.resolve, texts, by=by)
    known = dict(answers.found)
    for text in texts - known.keys():
        if coming.has(column.resolve, text):
            known[text] = Pending(column.resolve, text)
    known |= _written_otherwise(texts - known.keys() - answers.ambiguous.keys(), column, answers, coming, by)
    sentences = _sentences(texts - known.keys(), column, answers, coming)
    for row in rows:
        text = row.values[slot]
        if isinstance(text, str) and text in sentences:
            part.refuse(row.number, column.name, sentences[text])
        elif isinstance(text, str):
            row.values[slot] = known[text]


def _written_otherwise(
    unknown: Collection[str], column: Reference, answers: Answers, coming: Coming, by: Any
) -> dict[str, Any]:
    """What differs from one name only in width, blanks or capitals is that name: (3)班 is （3）班."""
    if not unknown:
        return {}
    alike: dict[str, set[str]] = {}
    for name in {*answers.names(), *coming.names(column.resolve)}:
        alike.setdefault(bare(name), set()).add(name)
    meant = {text: next(iter(names)) for text in unknown if len(names := alike.get(bare(text), ())) == 1}
    found = sheets.resolve(column.resolve, set(meant.values()), by=by).found if meant else {}
    there = {text: found[name] for text, name in meant.items() if name in found}
    return there | {
        text: Pending(column.resolve, name)
        for text, name in meant.items()
        if name not in found and coming.has(column.resolve, name)
    }


def _sentences(unknown: Iterable[str], column: Reference, answers: Answers, coming: Coming) -> dict[str, str]:
    names = _Names(answers, coming, column)
    return {text: _sentence(text, answers, names) for text in sorted(unknown)}


class _Names:
    """Suggestions for the first unknown texts; the names are fetched only when one is unknown."""

    def __init__(self, answers: Answers, coming: Coming, column: Reference) -> None:
        self._answers, self._coming, self._what = answers, coming, column.resolve
        self._names: list[str] | None = None
        self._left = SUGGESTED

    def near(self, text: str) -> str:
        if self._left <= 0:
            return ""
        self._left -= 1
        if self._names is None:
            self._names = sorted({*self._answers.names(), *self._coming.names(self._what)})
        return could_mean(text, self._names)


def _sentence(text: str, answers: Answers, names: _Names) -> str:
    if text in answers.ambiguous:
        several = "、".join(answers.ambiguous[text])
        return _("“%(text)s” could be any of: %(several)s; write the full name or the code.") % {
            "text": text,
            "several": several,
        }
    return with_hint(_("“%s” is not known.") % text[:60], names.near(text))
