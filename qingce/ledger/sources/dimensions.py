"""By what a source can be narrowed. A filter is data; each dimension knows the words it takes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Exists, Model, OuterRef, Q

from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period

Condition = Q | Exists
Words = Callable[[], Collection[str]] | None


class Dimension(Protocol):
    """`words` lists what may be asked (None: true or false); `condition` narrows the rows."""

    @property
    def words(self) -> Collection[str] | None: ...

    def condition(self, asked: Any, period: Period) -> Condition: ...


@dataclass(frozen=True)
class Column:
    """Rows whose column holds one of the words asked for."""

    path: str
    known: Callable[[], Collection[str]]

    @property
    def words(self) -> Collection[str]:
        return self.known()

    def condition(self, asked: Collection[str], period: Period) -> Condition:
        return Q(**{f"{self.path}__in": list(asked)})


@dataclass(frozen=True)
class Tagged:
    """Rows whose record carries one of the words of a facet; EXISTS, so that none appears twice."""

    tags: type[Model]
    record: str  # name of the tag's foreign key
    facet: str
    root: str = "pk"  # path from the row to its record

    @property
    def words(self) -> Collection[str]:
        return taxonomy().facets[self.facet].words

    def condition(self, asked: Collection[str], period: Period) -> Condition:
        given = self.tags._default_manager.filter(
            **{self.record: OuterRef(self.root), "facet": self.facet, "word__in": list(asked)}
        )
        return Exists(given)


@dataclass(frozen=True)
class Flag:
    """Rows for which a condition holds, or does not."""

    holds: Q

    @property
    def words(self) -> None:
        return None

    def condition(self, asked: bool, period: Period) -> Condition:
        return self.holds if asked else ~self.holds


@dataclass(frozen=True)
class Asked:
    """Rows chosen by a condition that looks at the period, such as an age on its last day."""

    choose: Callable[[Any, Period], Condition]
    known: Callable[[], Collection[str]] | None = None

    @property
    def words(self) -> Collection[str] | None:
        return self.known() if self.known else None

    def condition(self, asked: Any, period: Period) -> Condition:
        return self.choose(asked, period)


def kinds_of(family: str) -> Callable[[], Collection[str]]:
    return lambda: [kind.code for kind in taxonomy().kinds.values() if kind.family == family]


def stages() -> Collection[str]:
    return taxonomy().facets["stage"].words


def series() -> Collection[str]:
    return taxonomy().series


def words_of(facet: str) -> Callable[[], Collection[str]]:
    return lambda: taxonomy().facets[facet].words
