"""The API is another door to the same room: a token gives a reach, and the same lock asks for it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer

from qingce.foundation.accounts.state import has_second_factor
from qingce.league.access.doors import Finder
from qingce.league.access.models import Token, digest_of
from qingce.league.access.reach import Reach
from qingce.league.access.roles import PERMISSIONS


class TokenAuth(HttpBearer):
    """`Authorization: Bearer qc_…`; the request then acts for the token's owner, within its scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        today = timezone.localdate()
        found = Token.objects.select_related("user").filter(digest=digest_of(token)).first()
        if found is None or not found.is_valid(on=today):
            return None
        reach = Reach(found.user, on=today, scopes=found.scopes)
        if _owner_has_to_act(reach):
            raise HttpError(
                403, _("This token's owner must first choose a password and a second factor on the site.")
            )
        request.user = found.user
        request.reach = reach  # type: ignore[attr-defined]
        return found


def _owner_has_to_act(reach: Reach) -> bool:
    """What stands between the owner and every page stands before the owner's tokens too."""
    user: Any = reach.user
    asked = settings.SECOND_FACTOR_REQUIRED and reach.needs_second_factor
    return user.must_change_password or (asked and not has_second_factor(user))


def endpoint(permission: str, *, on: Finder | None = None) -> Callable[..., Any]:
    """An API operation behind a lock; with `on`, it gets the object found within reach.

    The words that `on` needs become the operation's path parameters.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"no such permission: {permission}")

    def lock(operation: Callable[..., Any]) -> Callable[..., Any]:
        captured = _captured(on)

        @functools.wraps(operation)
        def door(request: HttpRequest, **asked: Any) -> Any:
            reach: Reach = request.reach  # type: ignore[attr-defined]
            if not reach.holds(permission):
                raise HttpError(403, _("This token or its owner may not do this: %s.") % permission)
            if on is None:
                return operation(request, **asked)
            thing = on(reach, **{name: asked.pop(name) for name in captured})
            if thing is None:
                raise Http404
            if not reach.may(permission, thing):
                raise HttpError(403, _("This token or its owner may not do this here."))
            return operation(request, thing, **asked)

        door.__signature__ = _signature(operation, captured)  # type: ignore[attr-defined]
        door.permission = permission  # type: ignore[attr-defined]
        door.finder = on  # type: ignore[attr-defined]
        return door

    return lock


def _captured(on: Finder | None) -> dict[str, Any]:
    """The words a finder needs beside the reach, with their types."""
    if on is None:
        return {}
    names = list(inspect.signature(on).parameters)[1:]
    hints = get_type_hints(on, localns={"Reach": Reach, "Record": object, "Unit": object})
    return {name: hints[name] for name in names}


def _signature(operation: Callable[..., Any], captured: dict[str, Any]) -> inspect.Signature:
    """The operation's own signature with the found object replaced by the captured words."""
    hints = get_type_hints(operation)
    request, *others = inspect.signature(operation).parameters.values()
    if captured:
        others = others[1:]
    keyword = inspect.Parameter.KEYWORD_ONLY
    words = [inspect.Parameter(name, keyword, annotation=sort) for name, sort in captured.items()]
    rest = [one.replace(kind=keyword, annotation=hints[one.name]) for one in others]
    return inspect.Signature([request.replace(annotation=HttpRequest), *words, *rest])
