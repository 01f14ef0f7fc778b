"""Changing the key of every sealed value of the sample, rolled back afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.test import override_settings

from bench.measure import Result
from qingce.foundation.privacy import resealing
from qingce.foundation.privacy.sealing import seal, unseal

FLOOR_VALUES = 20_000


def reseal_all() -> int:
    models = resealing.sealed_models()
    rows = sum(resealing.count_left(model) for model in models)
    for model in models:
        resealing.reseal(model, lambda _rows: None)
    return rows


def reseal_once() -> tuple[int, float]:
    """Rows walked and seconds, under another key, and everything as before afterwards."""
    keys = {"bench": "a key for the benchmark of more than forty characters", **settings.SEALING_KEYS}
    with override_settings(SEALING_KEYS=keys), transaction.atomic():
        began = time.perf_counter()
        rows = reseal_all()
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return rows, seconds


def reseal() -> Iterator[Result]:
    rows, seconds = reseal_once()
    began = time.perf_counter()
    for _turn in range(FLOOR_VALUES):
        unseal(seal("990101199901010000", "bench"), "bench")
    floor = FLOOR_VALUES / (time.perf_counter() - began)
    yield Result("reseal", rows / seconds, "rows/s", "", floor, f"{rows} rows, two values and a digest each")
