from __future__ import annotations

from typing import Any

import pytest

from qingce.work.membership.tests.moves_county import County


@pytest.fixture
def moves(db: Any, settings: Any) -> County:
    """The county of the stories about transfers, leaving, reviews and dues, told in English."""
    settings.LANGUAGE_CODE = "en"
    return County.founded()
