"""A document as composed: plain values, so that it can be drawn, stored and read back unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Any

from qingce.reports.paper import BARE, Paper

ROLES = {
    "title": "标题",
    "subtitle": "副题, such as a date in brackets",
    "opening": "开头",
    "chapter": "一、",
    "point": "（一）",
    "item": "1.",
    "subitem": "（1）",
    "text": "正文",
    "closing": "结语 on a line of its own: 特此批复。",
    "table": "表格",
}


def later(default: Any) -> Any:
    """A fact that older documents do not have: left at its default, it is neither stored nor digested,
    so that what was issued before keeps its digest."""
    return field(default=default, metadata={"later": True})


@dataclass(frozen=True)
class Run:
    """A stretch of text; `figure` or `record` says what it was drawn from."""

    text: str
    figure: str = ""  # code of the indicator
    record: str = ""  # number of the record that bears out a fact
    gap: bool = False
    place: int = later(0)  # row of the annex; 0: the first of this code
    form: str = later("")  # in which form the figure is written
    override: str = later("")  # why the text says another value than was counted
    source: str = later("")  # of a number stated by hand: who says so, and by which paper


@dataclass(frozen=True)
class Block:
    """A paragraph in one of ROLES, or a table whose first row names its columns."""

    role: str
    runs: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...] = ()  # of a table: one run to a cell

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.all_runs())

    def all_runs(self) -> Iterator[Run]:
        yield from self.runs
        for row in self.rows:
            yield from row


@dataclass(frozen=True)
class Source:
    """One row of the annex: a figure, what it counts, its value and how it stands in the text."""

    place: int  # its number in the annex
    code: str
    label: str
    definition: str
    version: int
    digest: str
    value: Decimal | None
    exact: str
    written: str  # the first form in which the text shows it
    rows: int
    parts: tuple[str, ...] = ()  # of a formula, the written components
    remark: str = ""  # what an editor should look at; empty when nothing
    unit: str = later("")  # code, where it is not the document's own
    period: str = later("")  # code, where it is not the document's own

    @property
    def gap(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class Document:
    """A composed document; the same object is drawn as a page, Markdown, Word or stored frozen."""

    outline: str  # address of the outline
    unit: str  # code
    unit_name: str
    period: str  # code
    period_name: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    gaps: tuple[str, ...]
    paper: Paper = BARE
    limit: int = 0  # characters that the kind of document allows; 0: no limit

    @property
    def title(self) -> str:
        return " ".join(block.text for block in self.blocks if block.role == "title")

    @property
    def body(self) -> list[Block]:
        return [block for block in self.blocks if block.role != "title"]

    def runs(self) -> Iterator[Run]:
        for block in self.blocks:
            yield from block.all_runs()

    @property
    def characters(self) -> int:
        """How long the text is, as its limit counts: title and text, without blanks and without tables."""
        text = "".join(block.text for block in self.blocks if block.role != "table")
        return len("".join(text.split()))

    @property
    def is_too_long(self) -> bool:
        return 0 < self.limit < self.characters

    def source_of(self, run: Run) -> Source | None:
        """The row of the annex that stands behind a run; None for plain words."""
        if not run.figure:
            return None
        of_code = [source for source in self.sources if source.code == run.figure]
        return next((source for source in of_code if source.place == run.place), next(iter(of_code), None))

    def place_of(self, run: Run) -> int:
        """The row's number in the annex; 0 for plain words."""
        source = self.source_of(run)
        return source.place if source else 0

    @property
    def digest(self) -> str:
        """SHA-256 over everything that the document says."""
        return hashlib.sha256(json.dumps(self.stored(), ensure_ascii=False).encode()).hexdigest()

    def stored(self) -> dict[str, Any]:
        """The document in JSON's own types; `read_back` is the reverse.

        A part at its default is left out, so that a document issued before that part was thought of
        keeps its digest.
        """
        stored = _said(self)
        stored["blocks"] = [_stored_block(block) for block in self.blocks]
        stored["sources"] = [_without_later(source) for source in self.sources]
        stored["paper"] = _said(self.paper)
        if not stored["paper"]:
            del stored["paper"]
        for source in stored["sources"]:
            source["value"] = None if source["value"] is None else str(source["value"])
        restored: dict[str, Any] = json.loads(json.dumps(stored))
        return restored


def _stored_block(block: Block) -> dict[str, Any]:
    stored = {**_said(block), "runs": [_without_later(run) for run in block.runs]}
    if block.rows:
        stored["rows"] = [[_without_later(run) for run in row] for row in block.rows]
    return stored


def _without_later(part: Any) -> dict[str, Any]:
    """Every field, except those that are `later` and stand at their default."""
    told = [one for one in fields(part) if not one.metadata or getattr(part, one.name) != one.default]
    return {one.name: getattr(part, one.name) for one in told}


def read_back(stored: dict[str, Any]) -> Document:
    rest = {
        "blocks": tuple(_block(block) for block in stored["blocks"]),
        "sources": tuple(_source(source) for source in stored["sources"]),
        "gaps": tuple(stored["gaps"]),
        "paper": BARE.with_parts(stored.get("paper", {})),
    }
    return Document(**{**stored, **rest})


def _block(stored: dict[str, Any]) -> Block:
    rows = tuple(tuple(Run(**run) for run in row) for row in stored.get("rows", ()))
    return Block(stored["role"], tuple(Run(**run) for run in stored["runs"]), rows)


def _source(stored: dict[str, Any]) -> Source:
    value = None if stored["value"] is None else Decimal(stored["value"])
    return Source(**{**stored, "value": value, "parts": tuple(stored["parts"])})


def _said(part: Any) -> dict[str, Any]:
    """The fields of a dataclass in JSON's types, without those that stand at their default."""
    stored = asdict(part)
    return {one.name: stored[one.name] for one in fields(part) if getattr(part, one.name) != one.default}
