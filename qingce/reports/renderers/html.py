"""A document as one HTML page that stands alone; on the site the same sheet has live figures."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from qingce.reports.annex import cells, heads
from qingce.reports.document import Document


def html(document: Document) -> str:
    """The page, with links from each figure to its row of the annex."""
    addresses = {source.code: f"#source-{source.place}" for source in document.sources}
    return render_to_string(
        "reports/standalone.html",
        {
            "document": document,
            "sheet": sheet(document, addresses, {}),
            "heads": heads(),
            "rows": [cells(source) for source in document.sources],
            "language": get_language(),
        },
    )


def sheet(document: Document, figures: dict[str, str], records: dict[str, str]) -> list[dict[str, Any]]:
    """Blocks for the template; `figures` and `records` give the address behind a code or number."""
    return [
        {
            "role": block.role,
            "runs": [
                {
                    "text": run.text,
                    "gap": run.gap,
                    "figure": figures.get(run.figure, ""),
                    "record": records.get(run.record, ""),
                }
                for run in block.runs
            ],
        }
        for block in document.blocks
    ]
