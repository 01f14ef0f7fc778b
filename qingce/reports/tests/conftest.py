from __future__ import annotations

import pytest

from tests.full_year import FullYear, full_year


@pytest.fixture
def year(db: None) -> FullYear:
    """A year in which everything happened once."""
    return full_year()
