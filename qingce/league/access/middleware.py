"""Gives every request its reach, and refuses a route that nobody gave a lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from qingce.league.access.doors import OPEN_TO_PUBLIC
from qingce.league.access.reach import Reach

API = "ninja"  # the namespace under which the API's addresses stand


class EveryDoorHasALock:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reach = Reach(request.user, on=timezone.localdate())
        request.reach = reach  # type: ignore[attr-defined]
        request.holds = reach.holds  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        name = match.view_name if match else ""
        # Operations of the API carry their own lock each; tests/test_doors.py walks them.
        by_api = match is not None and API in match.app_names
        if not by_api and name not in OPEN_TO_PUBLIC and not hasattr(view, "permission"):
            raise ImproperlyConfigured(f"the route {name!r} states no permission")
