"""What is measured over HTTP: pages under load, the start of the server, its memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore

from bench.load import load
from bench.measure import Result
from bench.server import bare, qingce
from qingce.foundation.accounts.models import User
from qingce.league.organisations.models import Post


def people() -> Iterator[Result]:
    """The list of members, 8 clients, against a bare Django page."""
    yield _page("people", "/units/demo/members/", "0.15 of the floor or more, under 30 KB")


def board() -> Iterator[Result]:
    """The board of indicators, 8 clients, against a bare Django page."""
    yield _page("board", "/figures/?unit=demo&period=2023", "0.15 of the floor or more")


def _page(name: str, path: str, mark: str) -> Result:
    cookie = _signed_in()
    with bare() as server:
        floor = load(server.port, "/")
    with qingce() as server:
        seen = load(server.port, path, cookie=cookie)
    note = f"{seen.size / 1024:.0f} KB, p95 {seen.p95:.0f} ms"
    return Result(name, seen.per_second, "req/s", mark, floor.per_second, note)


def start() -> Iterator[Result]:
    """From the start to the first page, and what two workers hold after some requests."""
    ours, memory, floors, floor_memory = [], [], [], []
    for _run in range(3):
        with qingce() as server:
            load(server.port, "/accounts/login/", clients=4, seconds=1)
            ours.append(server.first_page)
            memory.append(server.memory())
        with bare() as server:
            load(server.port, "/", clients=4, seconds=1)
            floors.append(server.first_page)
            floor_memory.append(server.memory())
    median = statistics.median
    yield Result("start", median(ours), "s", "under 1.0 s", median(floors))
    yield Result("memory", median(memory), "MB", "under 130 MB", median(floor_memory), "two workers")


def _signed_in() -> str:
    """The session cookie of an account whose post is at the root unit."""
    post = Post.objects.filter(unit__code="demo", role="district_secretary", person__user__isnull=False)
    user = User.objects.get(person__posts=post.earliest("pk"))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
