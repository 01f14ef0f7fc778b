"""What the pages of this app have in common: who asks, and carrying out a verb."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.access.requests import user_of
from qingce.league.organisations.models import Unit


def own_branch(reach: Reach) -> Unit | None:
    """The reader's branch, when the only post held is at a branch."""
    return reach.home if reach.home is not None and reach.home.is_branch else None


def done(request: HttpRequest, verb: Any, *given: Any, said: Any, **facts: Any) -> Any:
    """Call the verb; its answer with a word of success, or None with the refusal's sentence."""
    try:
        answer = verb(*given, by=user_of(request), **facts)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, str(said))
    return answer if answer is not None else True


def recorded(request: HttpRequest, said: str, warnings: list[str]) -> None:
    """A word of success, and what a rule only warns of."""
    messages.success(request, said)
    warned(request, warnings)


def warned(request: HttpRequest, warnings: list[str]) -> None:
    """What a rule only warns of is said, and the act goes on."""
    for sentence in warnings:
        messages.warning(request, _("To be considered: %s") % sentence)


def asking(request: HttpRequest, form: Any, title: Any, act: Any, **said: Any) -> HttpResponse:
    """The page before an act, also as a dialog."""
    known = {"form": form, "title": title, "act": act, **said}
    answer = render(request, "membership/asking.html", known)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
