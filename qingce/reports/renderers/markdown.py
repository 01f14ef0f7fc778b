"""A document as Markdown: figures link to their rows of the annex."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qingce.reports.annex import cells, heads
from qingce.reports.document import Block, Document, Run

MARKS = {"title": "# ", "chapter": "## ", "point": "### "}


def markdown(document: Document) -> str:
    return "\n\n".join([*_lines(document), *_annex(document)]) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {document.title}"
    places = {source.code: source.place for source in document.sources}
    yield from (_block(block, places) for block in document.body)


def _block(block: Block, places: dict[str, int]) -> str:
    return MARKS.get(block.role, "") + "".join(_run(run, places) for run in block.runs)


def _run(run: Run, places: dict[str, int]) -> str:
    if run.gap:
        return f"**{run.text}**"
    return f"[{run.text}](#source-{places[run.figure]})" if run.figure else run.text


def _annex(document: Document) -> Iterator[str]:
    yield f"## {_('Annex: where the figures come from')}"
    names = heads()
    rows = [names, ["---"] * len(names), *(cells(source) for source in document.sources)]
    rows[2:] = [[f'<a id="source-{row[0]}"></a>{row[0]}', *row[1:]] for row in rows[2:]]
    yield "\n".join("| " + " | ".join(_cell(text) for text in row) + " |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
