"""Starting and stopping the servers that are measured, and reading what memory they hold."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the seconds from its start to its first page."""

    port: int
    process: subprocess.Popen[bytes]
    first_page: float

    def memory(self) -> float:
        """Proportional set size of the server and its workers, in MB."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_pss(pid) for pid in pids) / 1024


@contextmanager
def qingce(path: str = "/accounts/login/") -> Iterator[Server]:
    """Our own server, as `bin/qingce serve` starts it."""
    port = free_port()
    command = [sys.executable, "-m", "qingce", "serve", "--port", str(port)]
    with _running(command, port, path) as server:
        yield server


@contextmanager
def bare() -> Iterator[Server]:
    """The bare Django site under the same application server."""
    port = free_port()
    options = ["--workers", "2", "--threads", "4", "--preload", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *options, "bench.bare:application"]
    with _running(command, port, "/") as server:
        yield server


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int, path: str) -> Iterator[Server]:
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}{path}", process)
        yield Server(port, process, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(2000):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).read()
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.01)
        else:
            return
    raise RuntimeError("the server did not answer")


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def _pss(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
