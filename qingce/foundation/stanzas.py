"""Reading the catalogue: TOML stanzas, checked word by word, with the complaint of a careful clerk.

Every complaint names the file, the stanza, the wrong word and what it could have been; all
complaints are gathered and shown together before the program stops.
"""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import get_language


class CatalogueRefused(SystemExit):
    """Start-up stops: the catalogue says something that cannot be understood."""

    def __init__(self, complaints: Collection[str]) -> None:
        self.complaints = list(complaints)
        lines = "\n".join(f"  - {complaint}" for complaint in self.complaints)
        super().__init__(f"qingce: the catalogue needs correcting:\n{lines}")


@dataclass(frozen=True)
class Labelled:
    """Something with a Chinese and an English name; printing it gives the reader's."""

    code: str
    label: str
    label_en: str

    def __str__(self) -> str:
        return self.label_en if (get_language() or "").startswith("en") else self.label


@dataclass
class Stanza:
    """One table of a catalogue file. Asking for a key checks it; `finish` finds keys nobody asked."""

    file: str
    name: str
    table: Mapping[str, Any]
    complaints: list[str]
    asked: set[str] = field(default_factory=set)

    def complain(self, sentence: str) -> None:
        self.complaints.append(f"{self.file} [{self.name}] {sentence}")

    def has(self, key: str) -> bool:
        return key in self.table

    def text(self, key: str, default: str | None = None) -> str:
        return self._typed(key, str, default if default is not None else None) or ""

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._typed(key, bool, default))

    def number(self, key: str, default: int | None = None) -> int:
        return self._typed(key, int, default) or 0

    def table_of(self, key: str) -> dict[str, Any]:
        return dict(self._typed(key, dict, {}) or {})

    def tables(self, key: str) -> list[Stanza]:
        """The tables of a list, each to be asked and finished like a stanza of its own."""
        tables = self._typed(key, list, None) or []
        if not all(isinstance(one, dict) for one in tables):
            self.complain(f"{key}: write each as a table of its own, [[{self.name}.{key}]]")
            return []
        return [
            Stanza(self.file, f"{self.name}.{key} {number}", one, self.complaints)
            for number, one in enumerate(tables, 1)
        ]

    def day(self, key: str, default: dt.date | None) -> dt.date | None:
        """A date, written without quotation marks; it may be left out."""
        self.asked.add(key)
        day = self.table.get(key, default)
        if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
            self.complain(f"{key}: {day!r} should be a date such as 2023-08-01")
            return default
        return day

    def anything(self, key: str) -> Any:
        """A value of any sort, which the caller checks."""
        return self._typed(key, object, None)

    def word(self, key: str, among: Collection[str], default: str | None = None) -> str:
        """One word that must be known."""
        word = self._typed(key, str, default) or ""
        if word:
            self.check_word(key, word, among)
        return word

    def words(
        self, key: str, among: Collection[str] | None = None, default: Collection[str] | None = ()
    ) -> tuple[str, ...]:
        """A list of words, each of which must be known when `among` is given."""
        words = self._typed(key, list, None if default is None else list(default)) or []
        for word in words:
            if not isinstance(word, str):
                self.complain(f"{key}: {word!r} should be a text")
            elif among is not None:
                self.check_word(key, word, among)
        return tuple(word for word in words if isinstance(word, str))

    def check_word(self, key: str, word: str, among: Collection[str]) -> bool:
        if word in among:
            return True
        self.complain(f"{key}: “{word}” is not known{could_be(word, among)}")
        return False

    def finish(self) -> None:
        """Complain of keys that nothing asked for: they are misspelt or have no meaning here."""
        for key in self.table:
            if key not in self.asked:
                self.complain(f"“{key}” is not a key of this stanza{could_be(key, self.asked)}")

    def _typed(self, key: str, sort: type, default: Any) -> Any:
        self.asked.add(key)
        value = self.table.get(key, default)
        if value is None:
            self.complain(f"“{key}” is missing")
        elif not isinstance(value, sort) or (sort is int and isinstance(value, bool)):
            self.complain(f"{key}: {value!r} should be a {sort.__name__}")
            return default
        return value


def could_be(word: str, among: Collection[str]) -> str:
    """A clause naming what `word` could have been: near words first, else all of a short list."""
    near = difflib.get_close_matches(word, list(among), n=3, cutoff=0.55)
    if near:
        return "; perhaps " + " or ".join(f"“{one}”" for one in near)
    if len(among) <= 12:
        return "; it could be " + ", ".join(f"“{one}”" for one in sorted(among))
    return ""


def stanzas(catalogue: Path, folder: str, complaints: list[str]) -> Iterator[Stanza]:
    """Every stanza of every .toml file of `folder`, in order of file names and then as written.

    A file is named as it is found within `catalogue`.
    """
    seen: dict[str, str] = {}
    for path in sorted((catalogue / folder).glob("*.toml")):
        file = f"{folder}/{path.name}"
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as problem:
            complaints.append(f"{file}: {problem}")
            continue
        for name, table in tables.items():
            if not isinstance(table, dict):
                complaints.append(f"{file}: “{name}” stands outside any [stanza]")
                continue
            if name in seen:
                complaints.append(f"{file} [{name}] stands already in {seen[name]}")
            seen[name] = file
            yield Stanza(file, name, table, complaints)
