"""My account with my posts and sessions; and who may do what, for everybody to read."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingce.foundation.accounts.models import User
from qingce.foundation.accounts.state import has_second_factor
from qingce.league.access.doors import SIGNED_IN, page
from qingce.league.access.matrix import matrix
from qingce.league.access.models import StandIn
from qingce.league.access.reach import Reach
from qingce.league.access.roles import DUTIES, roles
from qingce.league.organisations.models import Post


@page(SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here: posts and stand-ins, how I sign in, where I am signed in."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    posts = Post.objects.filter(person__user=user).select_related("unit").order_by("-since")
    stand_ins = StandIn.objects.filter(person__user=user).select_related("post__unit", "post__person")
    said = {
        "account": user,
        "posts": [(one, roles().get(one.role, one.role), _holds(one, reach)) for one in posts],
        "stand_ins": [(one, roles().get(one.post.role), _holds(one, reach)) for one in stand_ins],
        "sessions": UserSession.objects.filter(user=user).count(),
        "second_factor": has_second_factor(user),
        "second_factor_asked": reach.needs_second_factor and settings.SECOND_FACTOR_REQUIRED,
        "outside": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    return render(request, "access/account.html", said)


def _holds(one: Post | StandIn, reach: Reach) -> bool:
    return one.since <= reach.on and (one.until is None or one.until > reach.on)


@page(SIGNED_IN)
def roles_matrix(request: HttpRequest) -> HttpResponse:
    """Rows: what can be permitted, in words; columns: roles."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    said = {
        "roles": [(role, DUTIES.get(role.duty)) for role in roles().values()],
        "nouns": matrix(),
        "mine": {held.role for held in reach.holdings},
    }
    return render(request, "access/roles.html", said)
