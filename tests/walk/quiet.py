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
    """Sessions live in the database alone, so that what a request did to them can be taken back."""
    logging.disable(logging.CRITICAL)
    try:
        with override_settings(
            ACCOUNT_RATE_LIMITS=False,
            SESSION_ENGINE="django.contrib.sessions.backends.db",
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # the walk guards nothing
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
