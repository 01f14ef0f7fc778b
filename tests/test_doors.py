"""No door without a lock: every route and every API operation states who may enter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from config.api import api
from qingce.league.access.doors import OPEN_TO_PUBLIC, SIGNED_IN
from qingce.league.access.roles import PERMISSIONS


def routes(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != api.urls_namespace:
                yield from routes(pattern)
        else:
            yield pattern


def operations() -> Iterator[tuple[str, Any]]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield f"{operation.methods[0]} {prefix}{path}", operation.view_func


ROUTES = list(routes())
OPERATIONS = list(operations())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_states_who_may_enter(route):
    assert route.name, route
    stated = getattr(route.callback, "permission", None)
    assert route.name in OPEN_TO_PUBLIC or stated in {*PERMISSIONS, SIGNED_IN}


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _view in OPERATIONS])
def test_every_operation_of_the_api_states_who_may_call_it(name, operation):
    assert operation.permission in PERMISSIONS


def test_the_public_doors_are_those_on_the_list():
    assert {route.name for route in ROUTES if not hasattr(route.callback, "permission")} <= OPEN_TO_PUBLIC
