"""A document as Markdown: figures link to their rows of the annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from qingce.reports.annex import cells, heads
from qingce.reports.document import Document, Run
from qingce.reports.layout import Paragraph, laid_out
from qingce.reports.renderers.lines import PlaceOf

MARKS = {"chapter": "## ", "point": "### "}


def markdown(document: Document) -> str:
    return "\n\n".join([*_lines(document), *_annex(document)]) + "\n"


def _lines(document: Document) -> Iterator[str]:
    layout = laid_out(document)
    titled = False
    for paragraph in (*layout.head, *layout.body, *layout.imprint):
        if paragraph.style != "title":
            yield _paragraph(paragraph, document.place_of)
        elif not titled:
            titled = True
            yield f"# {document.title}"


def _paragraph(paragraph: Paragraph, place_of: PlaceOf) -> str:
    if paragraph.rows:
        rows = [[_runs([run], place_of) for run in row] for row in paragraph.rows]
        return _table(rows[0], rows[1:])
    ends = [_runs(runs, place_of) for runs in (paragraph.runs, paragraph.far) if runs]
    return MARKS.get(paragraph.style, "") + "　　".join(ends)


def _runs(runs: Sequence[Run], place_of: PlaceOf) -> str:
    return "".join(_run(run, place_of) for run in runs)


def _run(run: Run, place_of: PlaceOf) -> str:
    if run.gap:
        return f"**{run.text}**"
    place = place_of(run)
    return f"[{run.text}](#source-{place})" if place else run.text


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
