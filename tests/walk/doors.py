"""Every door with real things in its address: pages by their routes, the API by its operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, URLPattern, reverse
from django.urls.resolvers import RegexPattern

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.exchange.sheets import sheets
from qingce.league.access.doors import OPEN_TO_PUBLIC, SIGNED_IN
from qingce.league.rules.catalogue import rules
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.models import Evidence
from qingce.reports.outline import outlines
from tests.full_year import YEAR
from tests.test_doors import OPERATIONS, ROUTES
from tests.walk.ground import POSITIONS, Ground

NOBODYS = UUID(int=7)
ENDINGS = ("xlsx", "csv", "md", "html", "docx", "json", "pdf", "txt")


@dataclass(frozen=True)
class Door:
    """One address; `position` is empty where it leads to nothing of any unit's."""

    name: str
    address: str
    permission: str  # "" for the public
    position: str = ""
    found: bool = False  # whether the thing itself is in the address and fetched within reach
    methods: tuple[str, ...] = ("GET", "POST", "HX")


def page_doors(ground: Ground) -> Iterator[Door]:
    for route in ROUTES:
        permission = getattr(route.callback, "permission", "")
        finder = getattr(route.callback, "finder", None)
        if route.name in OPEN_TO_PUBLIC or (permission == SIGNED_IN and finder is None):
            yield Door(str(route.name), _address(route, {}), permission)
            continue
        for position in POSITIONS:
            unit = ground.units[position]
            thing = ground.example(sort_found(finder), unit) if finder else None
            query = _query(str(route.name), thing) if thing else f"?unit={unit.code}&period={YEAR}"
            where = _address(route, vars_of(thing, route)) + query
            yield Door(str(route.name), where, permission, position, found=thing is not None)


def api_doors(ground: Ground) -> Iterator[Door]:
    for name, operation in OPERATIONS:
        method, path = name.split(" ", 1)
        finder = getattr(operation, "finder", None)
        for position in POSITIONS if finder else ("",):
            thing = ground.example(sort_found(finder), ground.units[position]) if finder else None
            words = {one: _word("", one, thing) for one in re.findall(r"{(\w+)}", path)}
            where = f"/api{path.format(**words)}?period={YEAR}"
            yield Door(name, where, operation.permission, position, thing is not None, (method,))


def sort_found(finder: Any) -> str:
    """The name of what a finder returns: its annotation, or the word in front of `_within_reach`."""
    said = str(getattr(finder, "__annotations__", {}).get("return", "")).partition(" |")[0]
    return said or "Snapshot"


def _query(route: str, thing: Any) -> str:
    """The part of a thing that some doors ask for beside it."""
    if route == "document-forms":
        return f"?figure={_open_indicator()}"
    if route != "record-papers":
        return ""
    return f"?paper={Evidence.objects.filter(record=thing.number).values_list('pk', flat=True)[0]}"


def vars_of(thing: Any, route: URLPattern) -> dict[str, Any]:
    return {name: _word(str(route.name), name, thing) for name in _captured(route)}


def _captured(route: URLPattern) -> list[str]:
    pattern = route.pattern
    if isinstance(pattern, RegexPattern):
        return list(pattern.regex.groupindex)
    return list(pattern.converters)


def _address(route: URLPattern, words: dict[str, Any]) -> str:
    words = words or vars_of(None, route)
    for ending in ENDINGS:
        try:
            return reverse(str(route.name), kwargs=words | ({"ending": ending} if "ending" in words else {}))
        except NoReverseMatch:
            continue
    return reverse(str(route.name), kwargs=dict.fromkeys(words, "1"))


def _word(route: str, name: str, thing: Any) -> Any:
    """What stands for the captured word `name`: the thing's own, else something there is."""
    if thing is not None and hasattr(thing, name):
        return getattr(thing, name)
    indicator = _open_indicator()
    return {
        "kind": next(kind.code for kind in taxonomy().kinds.values() if kind.short_form),
        "document": next(iter(outlines().values())).address,
        "indicator": indicator,
        "code": sheets()[0].code if route.startswith("import") else indicator,
        "key": NOBODYS,
        "rule": next(iter(rules())),
        "ending": "",
    }.get(name, 999999)


def _open_indicator() -> str:
    return next(code for code, one in indicators().items() if not one.is_formula and not one.sensitive)
