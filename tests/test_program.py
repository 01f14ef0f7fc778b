"""The program as a shell sees it: what it prints, and the exit code it leaves."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

from qingce.__main__ import COMMANDS, DONE, REFUSED, USAGE

PATIENCE = 20  # seconds; a server that has not answered by then never will


def qingce(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qingce", *words],
        cwd=settings.ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_says_what_every_command_does_in_the_readers_language() -> None:
    answer = qingce("--help")
    assert answer.returncode == DONE
    assert all(f"\n  {name:<15}{what}" in answer.stdout for name, what in COMMANDS.items())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    answer = qingce(name, "--help")
    assert (answer.returncode, answer.stdout.split()[:3]) == (DONE, ["usage:", "qingce", name])


def test_an_unknown_command_is_wrong_usage_and_lists_what_there_is() -> None:
    answer = qingce("improt")
    assert answer.returncode == USAGE
    assert "improt" in answer.stderr
    assert "import" in answer.stderr


def test_wrong_words_after_a_command_are_wrong_usage() -> None:
    answer = qingce("serve", "--port", "eighty")
    assert (answer.returncode, "Traceback" in answer.stderr) == (USAGE, False)


def test_a_refusal_is_a_sentence_without_a_traceback(tmp_path: Path) -> None:
    answer = qingce("serve", QINGCE_DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert answer.returncode == REFUSED
    assert answer.stderr.startswith("qingce: ")
    assert "bin/qingce migrate" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    answer = subprocess.run(
        [sys.executable, "-u", "-m", "qingce", "doctor"],
        cwd=settings.ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert "Traceback" not in answer.stderr
    assert "BrokenPipeError" not in answer.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("QINGCE_SECRET_KEY", "short"), ("QINGCE_WORKERS", "two"), ("QINGCE_DATABASE_URL", "mysql://x/y")],
)
def test_a_bad_setting_stops_start_up_with_its_name(name: str, value: str) -> None:
    answer = qingce("--help", **{name: value})
    assert answer.returncode == REFUSED
    assert answer.stderr.startswith(f"qingce: {name}")


def test_the_server_answers(served: str) -> None:
    assert status(f"{served}/no-such-page") == 404


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a server of our own over an empty database."""
    environ = {"QINGCE_DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    assert qingce("migrate", "--verbosity", "0", **environ).returncode == DONE
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "qingce", "serve", "--port", str(port)],
        cwd=settings.ROOT,
        env={**os.environ, **environ},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def status(address: str) -> int:
    """The status code of the first answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(address) as answer:
                return answer.status
        except HTTPError as refused:
            refused.close()
            return refused.code
        except URLError:
            time.sleep(0.05)
    raise AssertionError(f"nothing answered at {address}")
