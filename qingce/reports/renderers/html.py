"""A document as one HTML page that stands alone; on the site the same sheet has live figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from qingce.reports.annex import cells, heads
from qingce.reports.document import Document, Run
from qingce.reports.layout import Paragraph, laid_out

SPACES = 28  # cells, so that an indent is a share of the line


def html(document: Document) -> str:
    """The page, with links from each figure to its row of the annex."""
    drawn = sheet(document, {}, {})
    for said in runs_of(drawn):
        place = document.place_of(said["run"])
        said["figure"] = f"#source-{place}" if place else ""
    return render_to_string(
        "reports/standalone.html",
        {
            "document": document,
            "sheet": drawn,
            "heads": heads(),
            "rows": [cells(source) for source in document.sources],
            "language": get_language(),
        },
    )


def sheet(document: Document, figures: dict[str, str], records: dict[str, str]) -> list[dict[str, Any]]:
    """Paragraphs for the template; `figures` and `records` give the address behind a code or number."""
    layout = laid_out(document)
    draw = _Drawing(figures, records)
    drawn = [draw.paragraph(one) for one in (*layout.head, *layout.body, *layout.imprint)]
    return list(_one_heading(drawn))


def runs_of(drawn: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every run of a sheet, those of tables too; `run` is the document's own."""
    for paragraph in drawn:
        yield from paragraph["runs"]
        yield from paragraph["far"]
        for row in paragraph["rows"]:
            for cell in row:
                yield from cell


class _Drawing:
    def __init__(self, figures: dict[str, str], records: dict[str, str]) -> None:
        self.figures, self.records = figures, records

    def paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        return {
            "role": paragraph.style,
            "runs": self.runs(paragraph.runs),
            "far": self.runs(paragraph.far),
            "rows": self.rows(paragraph),
            "lines": [run.text for run in paragraph.runs] if paragraph.style == "title" else [],
        }

    def rows(self, paragraph: Paragraph) -> list[list[list[dict[str, Any]]]]:
        """Cells of a table; those of a column of numbers say so, its head too."""
        counted = {
            at for row in paragraph.rows[1:] for at, cell in enumerate(row) if cell.figure and not cell.gap
        }
        return [
            [
                [{**said, "counted": at in counted} for said in self.runs([cell])]
                for at, cell in enumerate(row)
            ]
            for row in paragraph.rows
        ]

    def runs(self, runs: Sequence[Run]) -> list[dict[str, Any]]:
        return [
            {
                "run": run,
                "text": run.text,
                "gap": run.gap,
                "figure": self.figures.get(run.figure, ""),
                "record": self.records.get(run.record, ""),
            }
            for run in runs
        ]


def _one_heading(drawn: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All lines of the title as one heading: a page has one of the first rank."""
    lines = [line for one in drawn for line in one["lines"]]
    for one in drawn:
        if one["role"] != "title":
            yield one
        elif lines:
            yield {**one, "lines": lines}
            lines = []
