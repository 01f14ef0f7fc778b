from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from qingce.figures.indicators.tests.busy_year import busy_year
from tests.full_year import FullYear


@pytest.fixture(scope="module")
def busy(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    """One busy year for all tests of a file; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield busy_year()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()
