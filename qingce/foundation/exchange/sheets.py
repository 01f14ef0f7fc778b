"""What upper apps describe: a sheet with its columns, rules and the verb that saves its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qingce.foundation.exchange.columns import Column


class Fault(NamedTuple):
    """A rule that a row breaks. With `stops` false it is only remarked upon and the row is kept."""

    column: str | None
    because: Any
    stops: bool = True


@dataclass(frozen=True)
class Pending:
    """A reference to something that an earlier sheet of the same batch is about to bring."""

    what: str
    text: str


@dataclass(frozen=True)
class Answers:
    """What a resolver found for the texts it was given.

    `names` lists what could have been meant; it is asked for only when a text is unknown.
    """

    found: Mapping[str, Any]
    names: Callable[[], Collection[str]] = tuple
    ambiguous: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass
class Outcome:
    """How many rows a save created, updated and left as they were; `details` are sentences."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    details: list[str] = field(default_factory=list)


class Heads:
    """Where each field stands in a row, and which fields the file has a column for."""

    __slots__ = ("at", "present")

    def __init__(self, names: Sequence[str], present: Iterable[str]) -> None:
        self.at = {name: slot for slot, name in enumerate(names)}
        self.present = frozenset(present)


class Row:
    """One row that was read: `row["unit"]`; `"unit" in row` asks whether the file has the column."""

    __slots__ = ("heads", "number", "values")

    def __init__(self, number: int, values: list[Any], heads: Heads) -> None:
        self.number = number  # as the spreadsheet program counts
        self.values = values
        self.heads = heads

    def __getitem__(self, name: str) -> Any:
        return self.values[self.heads.at[name]]

    def __contains__(self, name: str) -> bool:
        return name in self.heads.present

    def said(self) -> dict[str, Any]:
        """The fields that the file has a column for; an update leaves all others alone."""
        return {name: self[name] for name in self.heads.at if name in self.heads.present}


class Sheet:
    """One kind of sheet. Subclasses name their columns and say how rows are checked and saved."""

    code: str
    label: Any
    order: int = 100  # sheets of one workbook are saved in this order
    key: tuple[str, ...] = ()  # two rows of a file must not agree in all of these
    columns: Sequence[Column]
    waits_for: tuple[str, ...] = ()  # sheets that its rules look at: of one upload, these are saved first
    provides: Mapping[str, Sequence[str]] = {}  # resolver → columns whose texts it will know

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Any:
        """Everything `check` needs to look up, fetched once for all rows."""
        return None

    def check(self, row: Row, look: Any) -> Iterable[Fault]:
        """Rules across columns; `look` is what `prepare` returned."""
        return ()

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        """Create or update by natural key, inside the transaction of the file."""
        raise NotImplementedError

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


Resolver = Callable[[Collection[str], Any], Answers]

_sheets: dict[str, Sheet] = {}
_resolvers: dict[str, Resolver] = {}


def register(sheet: Sheet) -> Sheet:
    """Offer `sheet` for import; a code is registered once."""
    if sheet.code in _sheets:
        raise ValueError(f"the sheet “{sheet.code}” is registered twice")
    _sheets[sheet.code] = sheet
    return sheet


def sheets() -> list[Sheet]:
    """All registered sheets, in the order in which they are saved."""
    return sorted(_sheets.values(), key=lambda sheet: (sheet.order, sheet.code))


def sheet(code: str) -> Sheet | None:
    return _sheets.get(code)


def resolver(what: str) -> Callable[[Resolver], Resolver]:
    """Register a function `(texts, by) -> Answers` that finds things by name or code."""

    def keep(function: Resolver) -> Resolver:
        _resolvers[what] = function
        return function

    return keep


def resolve(what: str, texts: Collection[str], *, by: Any) -> Answers:
    return _resolvers[what](texts, by)
