"""Who visits: `request.visitor` is a young person or guardian who confirmed a phone, or false."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from qingce.foundation.accounts.visiting import visitor_of


class Visiting:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Looked up only by the pages that ask.
        request.visitor = SimpleLazyObject(partial(visitor_of, request))  # type: ignore[attr-defined]
        return self.get_response(request)
