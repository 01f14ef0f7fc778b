"""No door without a lock: every page and every API call passes through here.

`@page` states a permission; `on` fetches the object within reach, so that a view never looks
anything up by itself. Outside reach is 404; inside reach without the permission is 403.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingce.league.access.reach import Reach
from qingce.league.access.roles import PERMISSIONS, granting, roles

# Pages that need no signing in. Every other route states a permission.
OPEN_TO_PUBLIC = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",  # the second step of signing in
        "mfa_login_webauthn",
        "weixin_login",
        "weixin_callback",
        "wecom_login",
        "wecom_callback",
        "dingtalk_login",
        "dingtalk_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "invitation",  # a code of eight digits opens it
        "visitor",  # young people and guardians, by phone and one-time code
        "visitor-code",
        "visitor-sign-out",
        "set_language",
        "patterns",
        "jsi18n",
        "health",
    }
)
SIGNED_IN = "signed.in"  # any account that holds a post

View = Callable[..., HttpResponseBase]
Finder = Callable[..., Any]  # (reach, *, captured words) → the object within reach, or None


def page(
    permission: str, *, on: Finder | None = None, own: bool = False, everywhere: bool = False
) -> Callable[[View], View]:
    """A view behind a lock.

    With `on`, the view gets the found object instead of the captured words. `own` says that the
    finder finds only what is the reader's own, which belongs to no unit. `everywhere` says that the
    page speaks of all units at once, so that the permission must be held over the whole tree.
    """
    if permission != SIGNED_IN and permission not in PERMISSIONS:
        raise ValueError(f"no such permission: {permission}")

    def lock(view: View) -> View:
        @functools.wraps(view)
        def door(request: HttpRequest, **captured: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            reach: Reach = request.reach  # type: ignore[attr-defined]
            if on is None:
                held = reach.holds_everywhere(permission) if everywhere else reach.holds(permission)
                if permission != SIGNED_IN and not held:
                    return closed(request, permission)
                return view(request, **captured)
            thing = on(reach, **captured)
            if thing is None:
                raise Http404
            allowed = reach.holds(permission) if own else reach.may(permission, thing)
            if permission != SIGNED_IN and not allowed:
                return closed(request, permission)
            return view(request, thing)

        door.permission = permission  # type: ignore[attr-defined]
        door.finder = on  # type: ignore[attr-defined]
        return door

    return lock


def closed(request: HttpRequest, permission: str) -> HttpResponse:
    """A colleague sees a closed door, and who holds the key."""
    holders = "、".join(str(roles()[code]) for code in granting(permission))
    because = _("This is done by: %s.") % holders
    return render(request, "403.html", {"because": because}, status=403)
