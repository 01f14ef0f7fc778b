"""What stands in every answer, and what an error never shows."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client

PROMISED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/patterns/", "/nothing/here/", "/api/units"])
def test_every_answer_forbids_what_no_page_needs(client: Client, address: str) -> None:
    answer = client.get(address)
    assert {name: answer.headers[name] for name in PROMISED} == PROMISED
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.django_db
def test_cookies_are_closed_to_scripts_and_to_other_sites(client: Client) -> None:
    client.get("/accounts/login/")
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_broken_database_shows_a_page_and_no_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def broken(*_words: object, **_more: object) -> None:
        raise DatabaseError("no such table: secret_words")

    client.cookies["sessionid"] = "x" * 32
    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", broken)
        answer = client.get("/")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "</html>" in text
    assert "secret_words" not in text
    assert "Traceback" not in text


def test_the_deployment_check_is_clean_behind_https() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qingce", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.ROOT,
        env={**os.environ, "QINGCE_HTTPS": "true", "QINGCE_DEBUG": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
