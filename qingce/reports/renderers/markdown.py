"""A document as Markdown: figures link to their rows of the annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from qingce.reports.annex import cells, heads
from qingce.reports.document import Document, Run
from qingce.reports.layout import Paragraph, laid_out

MARKS = {"chapter": "## ", "point": "### "}


def markdown(document: Document) -> str:
    return "\n\n".join([*_lines(document), *_annex(document)]) + "\n"


def _lines(document: Document) -> Iterator[str]:
    layout = laid_out(document)
    places = {source.code: source.place for source in document.sources}
    titled = False
    for paragraph in (*layout.head, *layout.body, *layout.imprint):
        if paragraph.style != "title":
            yield _paragraph(paragraph, places)
        elif not titled:
            titled = True
            yield f"# {document.title}"


def _paragraph(paragraph: Paragraph, places: Mapping[str, int]) -> str:
    if paragraph.rows:
        rows = [[_runs([run], places) for run in row] for row in paragraph.rows]
        return _table(rows[0], rows[1:])
    ends = [_runs(runs, places) for runs in (paragraph.runs, paragraph.far) if runs]
    return MARKS.get(paragraph.style, "") + "　　".join(ends)


def _runs(runs: Sequence[Run], places: Mapping[str, int]) -> str:
    return "".join(_run(run, places) for run in runs)


def _run(run: Run, places: Mapping[str, int]) -> str:
    if run.gap:
        return f"**{run.text}**"
    return f"[{run.text}](#source-{places[run.figure]})" if run.figure else run.text


def _annex(document: Document) -> Iterator[str]:
    if not document.sources:
        return
    yield f"## {_('Annex: where the figures come from')}"
    rows = [cells(source) for source in document.sources]
    yield _table(heads(), [[f'<a id="source-{row[0]}"></a>{row[0]}', *row[1:]] for row in rows])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in row) + " |" for row in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
