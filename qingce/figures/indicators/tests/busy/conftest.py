from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from qingce.figures.indicators.tests.busy.busy_year import busy_year
from tests.full_year import FullYear


@pytest.fixture(scope="package")
def busy(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullYear]:
    """One busy year for all tests of the folder; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        year = busy_year()
        # Else PostgreSQL would check every deferred foreign key of the year after every single test.
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as a database at work has been, so that its plans are those of work
        yield year
        transaction.set_rollback(True)
