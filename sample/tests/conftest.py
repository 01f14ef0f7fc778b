"""The sample written once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample.__main__ import main
from sample.tests.office import Office


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of the workbooks run on one worker, so that they are written and read once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("sample"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    assert main(["--out", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def office(folder: Path) -> Office:
    return Office(folder)
