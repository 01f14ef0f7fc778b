"""Knocking at a door, and what is met there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client
from django.utils import timezone

from qingce.foundation.accounts.models import User
from qingce.league.access.actions import LONGEST, make_token
from qingce.league.access.reach import Reach
from tests.walk.doors import Door, api_doors, page_doors
from tests.walk.ground import SECRET_NAME, SECRET_TITLE, Ground

SIGNED_OUT = "signed out"
OPEN, CLOSED, HIDDEN, LED, REFUSED, BROKEN = "o", "c", "h", "s", "r", "!"


@dataclass(frozen=True)
class Answer:
    status: int
    place: str
    body: bytes


@dataclass(frozen=True)
class Met:
    """What one reader met at one door by one method."""

    door: Door
    reader: str
    method: str
    status: int
    place: str
    tells: bool  # whether the answer holds what only the neighbour may know

    @property
    def mark(self) -> str:
        """open, closed, hidden, led to signing in, or refused for what was sent."""
        if self.status in (301, 302) and self.place.startswith("/accounts/login/"):
            return LED
        if self.status < 400:
            return OPEN
        known = {401: LED, 403: CLOSED, 404: HIDDEN}
        return known.get(self.status, REFUSED if self.status < 500 else BROKEN)


class Walker:
    """One reader with a browser and, for the API, a token that may all the reader may."""

    def __init__(self, reader: str, user: User | None) -> None:
        self.reader = reader
        self.client = Client(raise_request_exception=False)
        self.key = ""
        if user is not None:
            self.client.force_login(user)
            self.key = _token_of(user)

    def knock(self, door: Door, method: str) -> Met:
        headers = {"HX-Request": "true"} if method == "HX" else {}
        if door.address.startswith("/api/") and self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        kept = self.client.cookies.copy()
        send = self.client.post if method == "POST" else self.client.get
        with transaction.atomic():
            answer = _heard(send(door.address, headers=headers))
            transaction.set_rollback(True)
        self.client.cookies = kept
        said = words(answer)
        tells = SECRET_NAME in said or SECRET_TITLE in said
        return Met(door, self.reader, method, answer.status, answer.place, tells)

    def read(self, address: str) -> str:
        return words(_heard(self.client.get(address)))

    def send(self, address: str, fields: dict[str, str]) -> Answer:
        return _heard(self.client.post(address, fields))


def walk(ground: Ground) -> Iterator[Met]:
    """Every reader at every door by every method."""
    doors = [*page_doors(ground), *api_doors(ground)]
    for reader, user in [*ground.readers.items(), (SIGNED_OUT, None)]:
        walker = Walker(reader, user)
        for door in doors:
            for method in door.methods:
                if method == "HX" and door.position in {"beneath", "above"}:
                    continue  # the same lock; own and neighbour tell whether a part escapes it
                yield walker.knock(door, method)


def words(answer: Answer) -> str:
    """What the answer says, a workbook unpacked."""
    body = answer.body
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode(errors="replace")


def _heard(response: Any) -> Answer:
    """The answer read to its end, without ending the connection that the walk needs."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return Answer(response.status_code, response.get("Location", ""), body)


def _token_of(user: User) -> str:
    """The key of a token that may all that its owner may."""
    today = timezone.localdate()
    scopes = Reach(user, on=today).permissions
    _token, key = make_token(name="同行", scopes=scopes, by=user, today=today, expires_on=today + LONGEST / 2)
    return key
