"""What is looked at as the program starts: the rules and sentences of the catalogue."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage


def catalogue_is_understood(**_: Any) -> list[CheckMessage]:
    """A misspelling stops the program here and is named."""
    from qingce.reports.writing.rules import rules
    from qingce.reports.writing.sentences import sentences

    rules()
    sentences()
    return []
