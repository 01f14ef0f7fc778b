"""The columns that a sheet may have; each compiles into one function that reads its cells."""

from __future__ import annotations

import datetime as dt
import decimal
import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from qingce.foundation.exchange import cells
from qingce.foundation.exchange.cells import Misread

KEPT_WORDS = 1000  # different words of one column that are kept once

# What a sample row says where a column names nothing better; no office numbers its work like this.
SAMPLE_NUMBER = "样例-0001"
SAMPLE_WORDS = "样例"
SAMPLE_NAME = "张小明"
SAMPLE_DAY = dt.date(2023, 5, 4)

Reader = Callable[[Any], Any]
Choices = Mapping[str, Any] | Callable[[], Mapping[str, Any]]  # label → code


@dataclass(frozen=True)
class Column:
    """One column; a reader returns None for a cell that says nothing."""

    name: str
    label: Any
    _: KW_ONLY
    synonyms: Collection[str] = ()
    required: bool = False
    sample: Any = ""
    note: Any = ""
    asked: bool = True  # False: read where an export has it, but no template of ours asks for it

    empty: ClassVar[Any] = None

    @property
    def as_text(self) -> bool:
        """Whether a template formats the column as text, so that no digit gets lost."""
        return False

    def reader(self) -> Reader:
        """The function that turns a cell into a value; raises `Misread`."""
        raise NotImplementedError

    def options(self) -> list[str]:
        """The words a drop-down offers; empty when any value may be written."""
        return []

    @property
    def example(self) -> Any:
        """What the sample row of a template says here; "" for nothing."""
        return self.sample if self.sample != "" or not self.required else self.usual

    @property
    def usual(self) -> Any:
        """What a sample row says in a column that must be filled in and has no sample of its own."""
        return ""


@dataclass(frozen=True)
class Text(Column):
    """One line of text, or several with `multiline`; a code when digits must survive as typed."""

    max_length: int = 200
    multiline: bool = False
    code: bool = False

    empty: ClassVar[Any] = ""

    @property
    def as_text(self) -> bool:
        return self.code

    @property
    def usual(self) -> Any:
        return SAMPLE_NUMBER if self.code else SAMPLE_WORDS

    def reader(self) -> Reader:
        clean = cells.lines if self.multiline else cells.code if self.code else cells.text
        return _no_longer_than(self.max_length, clean)


@dataclass(frozen=True)
class Name(Column):
    """A person's name."""

    max_length: int = 60

    empty: ClassVar[Any] = ""

    @property
    def usual(self) -> Any:
        return SAMPLE_NAME

    def reader(self) -> Reader:
        return _no_longer_than(self.max_length, cells.name)


@dataclass(frozen=True)
class Choice(Column):
    """One word of a dictionary; its label or its code may be written."""

    choices: Choices

    empty: ClassVar[Any] = ""

    def options(self) -> list[str]:
        """The first label of each code; its further labels are only read."""
        first: dict[Any, str] = {}
        for label, code in _listed(self.choices).items():
            first.setdefault(code, label)
        return list(first.values())

    def label_of(self, code: Any) -> str:
        """The label of a code, or the code itself."""
        return _label(self.choices, code)

    @property
    def usual(self) -> Any:
        return next(iter(self.options()), "")

    def reader(self) -> Reader:
        known = _readable(_listed(self.choices))
        labels = self.options()

        def read(value: Any) -> Any:
            found = known.get(value)
            if found is not None:
                return found
            said = cells.text(value)
            if not said:
                return None
            found = known.get(cells.bare(said))
            if found is None:
                raise Misread(_not_an_option(said, labels))
            known[value] = found
            return found

        return read


@dataclass(frozen=True)
class Many(Column):
    """Several words of a dictionary in one cell; without `choices` any words. Gives a tuple."""

    choices: Choices | None = None
    separators: str = "、，,;；|"

    empty: ClassVar[Any] = ()

    def options(self) -> list[str]:
        return []

    def label_of(self, code: Any) -> str:
        """The label of one of the codes; of a free word the word itself."""
        return str(code) if self.choices is None else _label(self.choices, code)

    def reader(self) -> Reader:
        known = None if self.choices is None else _readable(_listed(self.choices))
        labels = [] if self.choices is None else list(_listed(self.choices))
        one_separator = self.separators[0]
        others = {ord(mark): one_separator for mark in self.separators[1:] + "\n"}

        def read(value: Any) -> Any:
            whole = value if value.__class__ is str else cells.text(value)
            said = [cells.text(part) for part in whole.translate(others).split(one_separator)]
            words = [word for word in said if word]
            if not words:
                return None
            if known is None:
                return tuple(dict.fromkeys(words))
            if strange := [word for word in words if cells.bare(word) not in known]:
                raise Misread(_not_an_option(strange[0], labels))
            return tuple(dict.fromkeys(known[cells.bare(word)] for word in words))

        return read


@dataclass(frozen=True)
class Date(Column):
    """A day; with `month_only`, a month alone stands for its first day."""

    month_only: bool = False
    min: dt.date | None = None
    max: dt.date | None = None

    @property
    def usual(self) -> Any:
        return SAMPLE_DAY

    def reader(self) -> Reader:
        known: dict[Any, dt.date] = {}
        month_only = self.month_only
        within = _within(self.min, self.max)

        def read(value: Any) -> Any:
            found = known.get(value)
            if found is None:
                found = cells.date(value, month_only=month_only)
                if found is not None:
                    within(found)
                    known[value] = found
            return found

        return read


@dataclass(frozen=True)
class Integer(Column):
    """A whole number; `unit` may follow the digits (“12人”)."""

    min: int | None = None
    max: int | None = None
    unit: str = ""

    @property
    def usual(self) -> Any:
        return max(self.min or 1, 1)

    def reader(self) -> Reader:
        unit = self.unit
        within = _within(self.min, self.max)

        def read(value: Any) -> Any:
            number = cells.whole(value, unit)
            if number is not None:
                within(number)
            return number

        return read


@dataclass(frozen=True)
class Decimal(Column):
    """An exact number with at most `places` decimals."""

    places: int = 2
    min: float | decimal.Decimal | None = None
    max: float | decimal.Decimal | None = None
    unit: str = ""

    @property
    def usual(self) -> Any:
        return 2

    def reader(self) -> Reader:
        unit = self.unit
        return self._checked(lambda value: cells.decimal_number(value, unit))

    def _checked(self, parse: Reader) -> Reader:
        places = self.places
        step = decimal.Decimal(1).scaleb(-places)
        within = _within(self.min, self.max)

        def read(value: Any) -> Any:
            number = parse(value)
            if number is None:
                return None
            within(number)
            try:
                exact = number.quantize(step)
            except decimal.InvalidOperation:
                raise Misread(_("“%s” is too large a number.") % cells.text(value)) from None
            if exact != number:
                raise Misread(
                    _("“%(value)s” has more than %(places)d decimals.")
                    % {"value": cells.text(value), "places": places}
                )
            return exact

        return read


@dataclass(frozen=True)
class Money(Decimal):
    """An amount in yuan."""

    @property
    def usual(self) -> Any:
        return 2000

    def reader(self) -> Reader:
        return self._checked(cells.money)


@dataclass(frozen=True)
class YesNo(Column):
    """Yes or no."""

    def options(self) -> list[str]:
        return [_("Yes"), _("No")]

    def reader(self) -> Reader:
        return cells.yes_no


@dataclass(frozen=True)
class IdNumber(Column):
    """A resident identity number; never quoted in a refusal."""

    empty: ClassVar[Any] = ""

    @property
    def as_text(self) -> bool:
        return True

    def reader(self) -> Reader:
        return cells.id_number


@dataclass(frozen=True)
class Phone(Column):
    """A telephone number; never quoted in a refusal."""

    empty: ClassVar[Any] = ""

    @property
    def as_text(self) -> bool:
        return True

    def reader(self) -> Reader:
        return cells.phone


@dataclass(frozen=True)
class Reference(Column):
    """The name or code of something kept elsewhere; all cells are resolved together.

    `resolve` names a resolver (see `sheets.resolver`). The row first holds the text, then the
    found thing, or a `Pending` when an earlier sheet of the same batch is about to bring it.
    """

    resolve: str

    @property
    def as_text(self) -> bool:
        return True

    @property
    def usual(self) -> Any:
        return SAMPLE_NUMBER

    def reader(self) -> Reader:
        def read(value: Any) -> Any:
            return cells.code(value) or None

        return read


def could_mean(said: str, words: Collection[str]) -> str:
    """A clause that names the nearest words, or all of a short list; else nothing."""
    near = difflib.get_close_matches(said, list(words), n=3, cutoff=0.5)
    if near:
        return _("Perhaps %s is meant.") % "、".join(f"“{word}”" for word in near)
    if 0 < len(words) <= 12:
        return _("It may be %s.") % "、".join(words)
    return ""


def with_hint(problem: str, hint: str) -> str:
    """Two sentences, set as the language sets them."""
    return _("%(problem)s %(hint)s") % {"problem": problem, "hint": hint} if hint else problem


def _no_longer_than(limit: int, clean: Callable[[Any], str]) -> Reader:
    """Reads a text; words that come again and again are read once and kept in memory once."""
    kept: dict[Any, str] = {}

    def read(value: Any) -> Any:
        if value in kept:
            return kept[value]
        said = clean(value)
        if len(said) > limit:
            raise Misread(
                _("The text has %(count)d characters; at most %(limit)d fit here.")
                % {"count": len(said), "limit": limit}
            )
        if said and said == value and len(kept) < KEPT_WORDS:
            kept[said] = said
        return kept.get(said, said) or None

    return read


def _within(least: Any, most: Any) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if least is not None and value < least:
            raise Misread(
                _("%(value)s is too small; at least %(least)s is expected.")
                % {"value": value, "least": least}
            )
        if most is not None and value > most:
            raise Misread(
                _("%(value)s is too large; at most %(most)s is expected.") % {"value": value, "most": most}
            )

    return check


def _label(choices: Choices, code: Any) -> str:
    labels = (label for label, known in _listed(choices).items() if known == code)
    return str(next(labels, code))


def _listed(choices: Choices) -> Mapping[str, Any]:
    return choices() if callable(choices) else choices


def _readable(choices: Mapping[str, Any]) -> dict[Any, Any]:
    """Codes and labels, codes first so that a label never hides a code's own meaning."""
    by_label = {cells.bare(str(label)): code for label, code in choices.items()}
    return {**{cells.bare(str(code)): code for code in choices.values()}, **by_label}


def _not_an_option(said: str, labels: Collection[str]) -> str:
    problem = _("“%s” is not one of the words used here.") % said[:40]
    return with_hint(problem, could_mean(said, labels))
