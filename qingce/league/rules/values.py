"""Sorts of value that a rule can have: how each is written, compared and shown."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

Value = int | Fraction | Decimal | bool | tuple[int, ...]

# Whole numbers; the sort says what they measure, so that a day can be worked out from them.
WHOLE = frozenset({"number", "years", "months", "days", "working_days", "hours"})
SORTS = WHOLE | {"share", "money", "flag", "list"}

# How a figure stands to the value when the rule is kept.
BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "least": lambda figure, value: figure >= value,
    "most": lambda figure, value: figure <= value,
    "more": lambda figure, value: figure > value,
    "under": lambda figure, value: figure < value,
    "exactly": lambda figure, value: figure == value,
    "among": lambda figure, value: figure in value,
}
STRICTER = {"least": 1, "more": 1, "most": -1, "under": -1}  # which way a bound grows stricter


class WrongSort(ValueError):
    """A value that is not of its rule's sort."""


def read_value(sort: str, said: Any) -> Value:
    """What `said` means: numbers and lists of the catalogue, texts of the catalogue and of forms."""
    try:
        return _READ[sort](said)
    except (ValueError, TypeError, ZeroDivisionError, InvalidOperation) as problem:
        raise WrongSort(str(said)) from problem


def write_value(value: Value) -> str:
    """`value` as it is kept in an override; `read_value` reads it back."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value)


def shown_value(sort: str, value: Value | None) -> str:
    """As an official writes it: shares as fractions, money in plain decimals."""
    if value is None:
        return ""
    if sort == "flag":
        return _("yes") if value else _("no")
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def loosens(bound: str, before: Any, after: Any) -> bool:
    """Whether `after` asks less than `before`; where no way is stricter, any change does."""
    way = STRICTER.get(bound)
    return bool(before != after) if way is None else (after - before) * way < 0


def _whole(said: Any) -> int:
    if isinstance(said, bool) or (isinstance(said, float) and not said.is_integer()):
        raise ValueError(said)
    return int(said)


def _share(said: Any) -> Fraction:
    if isinstance(said, bool | float):
        raise ValueError(said)
    share = Fraction(said)
    if not 0 <= share <= 1:
        raise ValueError(said)
    return share


def _money(said: Any) -> Decimal:
    if isinstance(said, bool | float):
        raise ValueError(said)
    return Decimal(said)


def _flag(said: Any) -> bool:
    words = {True: True, False: False, "True": True, "False": False}
    if said not in words or (isinstance(said, int) and not isinstance(said, bool)):
        raise ValueError(said)
    return words[said]


def _list(said: Any) -> tuple[int, ...]:
    parts = said.replace("、", ",").replace("，", ",").split(",") if isinstance(said, str) else list(said)
    return tuple(_whole(part) for part in parts)


_READ: dict[str, Callable[[Any], Value]] = {
    **dict.fromkeys(WHOLE, _whole),
    "share": _share,
    "money": _money,
    "flag": _flag,
    "list": _list,
}
