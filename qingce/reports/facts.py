"""Facts: claims without a number that a document makes, drawn from records like every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from qingce.figures.indicators.definitions import where_of
from qingce.foundation.stanzas import Labelled, Stanza, could_be
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from qingce.ledger.sources.source import Flow, Source, sources


@dataclass(frozen=True)
class Fact(Labelled):
    """A claim that holds when a record stands behind it; `column` is what the record says."""

    source: str
    where: Mapping[str, Any]
    column: str  # empty when the record's being there is all that is claimed
    note: str


@dataclass(frozen=True)
class Finding:
    """What the records say of a fact: the words of the newest one, and its number."""

    words: str
    record: str
    rows: int


NOTHING = Finding("", "", 0)


def read_fact(stanza: Stanza) -> Fact:
    source = sources().get(stanza.word("source", among=sources()))
    column = stanza.text("column", "")
    if source and column:
        _check_column(stanza, source, column)
    fact = Fact(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        source=source.code if source else "",
        where=where_of(stanza, source) if source else {},
        column=column,
        note=stanza.text("note"),
    )
    stanza.asked.add("where")
    stanza.finish()
    return fact


def find(fact: Fact, unit: Unit, period: Period) -> Finding:
    """The newest record that bears the fact out in the period; NOTHING when there is none."""
    found = listing(fact, unit, period)
    return Finding(found[-1].words if fact.column else "", found[-1].record, len(found)) if found else NOTHING


def listing(fact: Fact, unit: Unit, period: Period) -> list[Finding]:
    """Every record that bears the fact out, the oldest first."""
    source = sources()[fact.source]
    rows = source.records(unit, period, fact.where)
    if fact.column:
        rows = rows.exclude(**{fact.column: ""}).exclude(**{f"{fact.column}__isnull": True})
    by_day = [source.when.day] if isinstance(source.when, Flow) else []
    number = source.through("number") if source.root is not None else "pk"
    found = rows.order_by(*by_day, "pk").values_list(fact.column or "pk", number)
    return [Finding(str(words), record if source.root is not None else "", 1) for words, record in found]


def _check_column(stanza: Stanza, source: Source, column: str) -> None:
    """Complain unless every step of `column` is a column of the source's table."""
    model: type[Model] | None = source.model
    for step in column.split("__"):
        names = [] if model is None else [field.name for field in model._meta.get_fields()]
        try:
            field = model._meta.get_field(step) if model else None
        except FieldDoesNotExist:
            field = None
        if field is None:
            stanza.complain(f"column: “{step}” is not known{could_be(step, names)}")
            return
        model = field.related_model if field.is_relation else None
