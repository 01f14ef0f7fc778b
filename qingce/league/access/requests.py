"""What a view asks of its request: who reads, and how far the reader reaches."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from qingce.foundation.accounts.models import User
from qingce.league.access.reach import Reach


def reach_of(request: HttpRequest) -> Reach:
    """The reader's reach, as the door has set it."""
    return cast(Reach, request.reach)  # type: ignore[attr-defined]


def user_of(request: HttpRequest) -> User:
    """The reader's account; only behind a door that asks for signing in."""
    return cast(User, request.user)
