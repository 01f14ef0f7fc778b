"""The sample year, written as spreadsheets and imported once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from qingce.league.organisations.models import Unit


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests over the sample year find it imported."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)
            item.add_marker(pytest.mark.usefixtures("sample_year"))


@pytest.fixture(scope="package")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The paths of the sample year's workbooks, in the order in which they go in."""
    from sample.__main__ import main

    folder = tmp_path_factory.mktemp("sample")
    main(["--out", str(folder)])
    return [str(folder / name) for name in (folder / "ORDER.txt").read_text(encoding="utf-8").split()]


@pytest.fixture(scope="package")
def sample_year(django_db_setup, django_db_blocker, workbooks) -> Iterator[None]:
    """The year in the database for the time of this folder's tests, then taken back."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            call_command("import", *workbooks, verbosity=0)
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture
def root(sample_year, db) -> Unit:
    return Unit.objects.get(code="demo")
