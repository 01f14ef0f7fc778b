"""A district with a year of life, served by a process of its own, and a real browser to visit it.

Browser and server live as long as this folder's tests: the browser's event loop must be gone
before another test asks for a database.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP, PHONE = (1440, 900), (390, 844)
PATIENCE = 30  # seconds for the server to answer
MOMENT = 15_000  # milliseconds for a page on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """Where the pages are served, the workbooks they came from, and who may sign in."""

    address: str
    sample: Path
    passwords: dict[str, str]


@dataclass
class Visitor:
    """Somebody at a browser window."""

    page: Page
    site: Site

    def open(self, path: str) -> Page:
        """Go to a page of the site, which must answer."""
        answer = self.page.goto(self.site.address + path)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        return self.page

    def sign_in(self, user: str) -> Visitor:
        self.open("/accounts/login/")
        self.page.fill("input[name=login]", user)
        self.page.fill("input[name=password]", self.site.passwords[user])
        self.page.click("form.sign button.main")
        self.page.wait_for_selector("details.menu")
        return self

    def download(self, selector: str, into: Path) -> Path:
        """Follow a link that gives a file; returns where it was saved."""
        with self.page.expect_download() as offered:
            self.page.click(selector)
        saved = into / offered.value.suggested_filename
        offered.value.save_as(saved)
        return saved


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(site: Site, browser: Browser) -> Iterator[Arrive]:
    """A new window: `arrive("qh_shuji")`, on a phone with `size=PHONE`, without scripts."""
    contexts = []

    def at(user: str = "", *, size: tuple[int, int] = DESKTOP, scripts: bool = True) -> Visitor:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="zh-CN",
            accept_downloads=True,
        )
        context.set_default_timeout(MOMENT)
        contexts.append(context)
        visitor = Visitor(context.new_page(), site)
        return visitor.sign_in(user) if user else visitor

    yield at
    for context in contexts:
        context.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    program = os.environ.get("QINGCE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        missing = f"Browser tests need one of {', '.join(BROWSERS)}; install it, or set QINGCE_CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        expect.set_options(timeout=MOMENT)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample year imported by the program itself, and served."""
    folder = tmp_path_factory.mktemp("site")
    sample = folder / "sample"
    environ = {
        **os.environ,
        "QINGCE_DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "QINGCE_DATA": str(folder / "data"),
    }
    logins = _furnish(sample, environ)
    port = _free_port()
    words = [sys.executable, "-m", "qingce", "serve", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(words, cwd=settings.ROOT, env=environ, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address)
        yield Site(address, sample, logins)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _furnish(sample: Path, environ: dict[str, str]) -> dict[str, str]:
    """Fill the database as bin/demo does; user names with their passwords."""
    _run(["-m", "sample", "--out", str(sample)], environ)
    _run(["-m", "qingce", "migrate", "--verbosity", "0"], environ)
    _run(["-m", "qingce", "collectstatic", "--noinput", "--verbosity", "0"], environ)
    books = (sample / "ORDER.txt").read_text(encoding="utf-8").split()
    _run(["-m", "qingce", "import", *(str(sample / book) for book in books)], environ)
    logins = (sample / "LOGINS.txt").read_text(encoding="utf-8")
    _run(["-m", "qingce", "password", "--many"], environ, said=logins)
    return {line.split("\t")[0]: line.split("\t")[1] for line in logins.splitlines()}


def _run(words: list[str], environ: dict[str, str], *, said: str = "") -> None:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=settings.ROOT,
        env=environ,
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr[-2000:]}"


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _await(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/accounts/login/"):
                return
        except HTTPError as answered:
            answered.close()
            raise
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answered at {address}")
