"""Nothing sealed leaves by the back door: reports of errors and lines of logs are scrubbed."""

from __future__ import annotations

import logging
import re
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

# ID numbers and mobile phones, wherever they stand; what came out of the cipher needs no reading.
TELLING = re.compile(
    r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|\b[as]:\w{1,20}:[\w+/]{16,}=*|\b[0-9a-f]{64}\b"
)
SCRUBBED = "▇"


def scrubbed(text: str) -> str:
    """`text` without ID numbers, phones, sealed values and digests."""
    return TELLING.sub(SCRUBBED, text)


class Scrubbed:
    """Stands in a report for a value, and prints as the value does without what is sealed."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return scrubbed(repr(self.value))


class ReporterFilter(SafeExceptionReporterFilter):
    """What Django's error reports show: no local variable of the sealing itself, no sealed fact."""

    hidden_settings = re.compile("API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE|DATABASE", re.I)

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        posted = super().get_post_parameters(request)
        return {name: scrubbed(str(value)) for name, value in posted.items()}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: TracebackType) -> Any:
        held = super().get_traceback_frame_variables(request, tb_frame)
        if tb_frame.f_globals.get("__name__", "").startswith("qingce.foundation.privacy"):  # type: ignore[attr-defined]
            return [(name, self.cleansed_substitute) for name, _value in held]
        return [(name, Scrubbed(value)) for name, value in held]


class Formatter(logging.Formatter):
    """A line of the log, with its traceback, scrubbed."""

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))
