"""Within one request no rule changes under the reader's feet, so that rules are read once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from qingce.league.rules.rulings import rulings_held_still

Answer = Callable[[HttpRequest], HttpResponseBase]


class RulesHeldStill:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with rulings_held_still():
            return self.get_response(request)
