"""A document as composed: plain values, so that it can be drawn, stored and read back unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any


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
    """A paragraph in one role: title, opening, chapter, point or text."""

    role: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


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

    @property
    def title(self) -> str:
        return " ".join(block.text for block in self.blocks if block.role == "title")

    @property
    def body(self) -> list[Block]:
        return [block for block in self.blocks if block.role != "title"]

    def runs(self) -> Iterator[Run]:
        for block in self.blocks:
            yield from block.runs

    def source_of(self, run: Run) -> Source | None:
        """The row of the annex that stands behind a run; None for plain words."""
        if not run.figure:
            return None
        of_code = [source for source in self.sources if source.code == run.figure]
        return next((source for source in of_code if source.place == run.place), next(iter(of_code), None))

    @property
    def digest(self) -> str:
        """SHA-256 over everything that the document says."""
        return hashlib.sha256(json.dumps(self.stored(), ensure_ascii=False).encode()).hexdigest()

    def stored(self) -> dict[str, Any]:
        """The document in JSON's own types; `read_back` is the reverse."""
        stored = _stored(self)
        for source in stored["sources"]:
            source["value"] = None if source["value"] is None else str(source["value"])
        restored: dict[str, Any] = json.loads(json.dumps(stored))
        return restored


def _stored(thing: Any) -> Any:
    """As `dataclasses.asdict` gives it, without what is `later` and at its default."""
    if isinstance(thing, tuple):
        return [_stored(one) for one in thing]
    if not hasattr(thing, "__dataclass_fields__"):
        return thing
    told = [one for one in fields(thing) if not one.metadata.get("later") or _differs(thing, one)]
    return {one.name: _stored(getattr(thing, one.name)) for one in told}


def _differs(thing: Any, one: Any) -> bool:
    return bool(getattr(thing, one.name) != one.default)


def read_back(stored: dict[str, Any]) -> Document:
    blocks = tuple(
        Block(block["role"], tuple(Run(**run) for run in block["runs"])) for block in stored["blocks"]
    )
    sources = tuple(
        Source(
            **{
                **source,
                "value": None if source["value"] is None else Decimal(source["value"]),
                "parts": tuple(source["parts"]),
            }
        )
        for source in stored["sources"]
    )
    rest = {"blocks": blocks, "sources": sources, "gaps": tuple(stored["gaps"])}
    return Document(**{**stored, **rest})
