"""From where something was done: the client's address, or the command; nothing more is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LONGEST = 60
_origin: ContextVar[str] = ContextVar("origin", default="")


def origin() -> str:
    """Where the present action comes from; empty when nobody said."""
    return _origin.get()


@contextmanager
def coming_from(where: str) -> Iterator[None]:
    """Everything told inside was done from `where`."""
    token = _origin.set(where[:LONGEST])
    try:
        yield
    finally:
        _origin.reset(token)


class KnowsTheOrigin:
    """Tells the log from which address each request came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(address_of(request)):
            return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """The client's address as the outermost of our own proxies saw it."""
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(passed) >= settings.PROXIES:
        # Whatever stands further left was written by the client and proves nothing.
        return passed[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
