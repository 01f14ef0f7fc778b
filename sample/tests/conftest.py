"""The sample written once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample.__main__ import main
from sample.tests.office import Office


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    assert main(["--out", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def office(folder: Path) -> Office:
    return Office(folder)
