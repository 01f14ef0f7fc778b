"""A document in every form, as bytes that stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import override

from qingce.reports.document import Document
from qingce.reports.renderers import MEDIA_TYPES, render


def files_of(document: Document) -> Iterator[dict[str, Any]]:
    """The facts of one kept file for each form; a paper is Chinese whatever its author's screen says."""
    for ending in MEDIA_TYPES:
        with override("zh-hans"):
            content = render(document, ending)
        yield {
            "ending": ending.lstrip("."),
            "file": ContentFile(content, name=f"issued{ending}"),
            "digest": hashlib.sha256(content).hexdigest(),
            "size": len(content),
        }
