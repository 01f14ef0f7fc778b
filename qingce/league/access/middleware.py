"""Gives every request its reach, and refuses a route that nobody gave a lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from qingce.foundation.accounts.state import second_factor_seen
from qingce.league.access.doors import OPEN_TO_PUBLIC
from qingce.league.access.reach import Reach

API = "ninja"  # the namespace under which the API's addresses stand
PROVES_ONESELF = ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
SECOND_FACTOR = (
    "mfa_index",
    "mfa_activate",
    "mfa_list",
    "mfa_add",
    "mfa_view",
    "mfa_generate",
    "mfa_download",
)


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
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        # Operations of the API carry their own lock each; tests/test_doors.py walks them.
        by_api = match is not None and API in match.app_names
        if not by_api and name not in OPEN_TO_PUBLIC and not hasattr(view, "permission"):
            raise ImproperlyConfigured(f"the route {name!r} states no permission")
        if by_api or name in OPEN_TO_PUBLIC or not request.user.is_authenticated:
            return None
        first = _first_of_all(request)
        return (
            None if first is None or name.startswith((*PROVES_ONESELF, *first)) else _led_to(request, first)
        )


def _first_of_all(request: HttpRequest) -> tuple[str, ...] | None:
    """The routes that alone are open until something is done; None when nothing is left to do."""
    if request.user.must_change_password:  # type: ignore[union-attr]
        return ("account_change_password",)
    if settings.SECOND_FACTOR_REQUIRED and request.reach.needs_second_factor:  # type: ignore[attr-defined]
        return None if second_factor_seen(request) else SECOND_FACTOR
    return None


def _led_to(request: HttpRequest, first: tuple[str, ...]) -> HttpResponse:
    """The page on which it is done; a part of a page takes the whole page there."""
    if not request.headers.get("HX-Request"):
        return redirect(first[0])
    return HttpResponse(headers={"HX-Redirect": reverse(first[0])})
