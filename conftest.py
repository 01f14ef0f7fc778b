"""What all tests have in common: who runs them, and passwords that are hashed at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

ROOT = Path(__file__).parent
# One server and browser, one imported year, one set of workbooks, one busy year.
TOGETHER = [
    ROOT / "tests/browser",
    ROOT / "tests/sample_year",
    ROOT / "sample/tests",
    ROOT / "qingce/figures/indicators/tests/busy",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file or folder share a worker, so that what they need is prepared once.

    First of all hooks: xdist reads the marks in one of its own.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            together = next((one for one in TOGETHER if one in item.path.parents), item.path)
            item.add_marker(pytest.mark.xdist_group(together.as_posix()))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A hash made to be slow takes a fifth of a second for every account of every test."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
