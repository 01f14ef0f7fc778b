"""The settings under which the walk is walked: no limits of attempts, files in a folder of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import override_settings


@contextmanager
def quiet(folder: Path) -> Iterator[None]:
    """No limits, no delays; what a request did is taken back, so that the order does not matter."""
    logging.disable(logging.CRITICAL)
    try:
        with override_settings(
            ACCOUNT_RATE_LIMITS=False,
            STORAGES=settings.STORAGES
            | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
            SECOND_FACTOR_REQUIRED=False,
            DUTIES_SEPARATE=False,
            SOCIALACCOUNT_PROVIDERS={},
            DATA=folder,
            MEDIA_ROOT=folder,
        ):
            yield
    finally:
        logging.disable(logging.NOTSET)
