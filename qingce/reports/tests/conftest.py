from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from qingce.ledger.periods import Period
from qingce.reports import actions
from qingce.reports.models import Snapshot
from qingce.reports.outline import outlines
from tests.full_year import FullYear, full_year


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    """A year in which everything happened once; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield full_year()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_kept(db: None, settings: Any, tmp_path: Path) -> None:
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def issued(year: FullYear) -> Snapshot:
    """The annual summary of the district, as its secretary issued it."""
    outline = outlines()["annual-summary"]
    return actions.freeze(outline, year.district, Period.year(2023), by=year.users["secretary"])
