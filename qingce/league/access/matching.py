"""Finding the units that a file names, as far as the reach of the person who imports goes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from qingce.foundation.exchange import Answers
from qingce.league.access.reach import units as within_reach
from qingce.league.organisations.models import Unit, UnitQuerySet

PERMISSION = "file.import"


def importable(by: Any) -> UnitQuerySet:
    """The units whose rows `by` may import; the machine itself (None) may import all."""
    if by is None:
        return Unit.objects.all()
    return within_reach(by, PERMISSION, on=timezone.localdate())


def units_named(texts: Collection[str], by: Any) -> Answers:
    """Units by code, national code, full name or short name; a name that two bear is ambiguous."""
    named: dict[str, dict[int, str]] = {text: {} for text in texts}
    coded: dict[str, int] = {}
    every = importable(by).values_list("pk", "code", "external_code", "name", "short_name")
    for pk, code, external, name, short in every.iterator():
        if code in named:
            coded[code] = pk
        for word in (external, name, short):
            if word in named:
                named[word][pk] = code
    certain = coded | {
        text: next(iter(bearers))
        for text, bearers in named.items()
        if len(bearers) == 1 and text not in coded
    }
    units = Unit.objects.in_bulk(set(certain.values()))
    return Answers(
        {text: units[pk] for text, pk in certain.items()},
        names=lambda: _names(by),
        ambiguous={
            text: [f"{text}（{code}）" for code in sorted(bearers.values())]
            for text, bearers in named.items()
            if len(bearers) > 1 and text not in coded
        },
    )


def _names(by: Any) -> list[str]:
    rows = importable(by).values_list("code", "name", "short_name")
    return sorted({word for row in rows for word in row if word})
