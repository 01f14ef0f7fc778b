"""Sheets whose rows belong to a record named by its number: lessons, payments, contacts, steps."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Answers,
    Choice,
    Column,
    Date,
    Fault,
    Outcome,
    Pending,
    Reference,
    Row,
    Sheet,
)
from qingce.foundation.exchange.saving import Gathering, chunks
from qingce.foundation.exchange.vocabulary import named
from qingce.foundation.refusals import Refused
from qingce.league.access.matching import importable
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import families
from qingce.ledger.records.bringing import Trail
from qingce.ledger.records.models import Revision, State

CHUNK = 2000
SUGGESTED = 5000  # numbers among which the nearest are sought


class Known(NamedTuple):
    """A record that a row names."""

    family: str
    pk: int
    number: str
    kind: str
    title: str
    happened_on: dt.date
    stage: str
    state: str

    @property
    def confirmed(self) -> bool:
        return self.state == State.CONFIRMED


class Numbers:
    """Finds records of some families by the office's own number, or by ours."""

    def __init__(self, *codes: str) -> None:
        self.codes = codes

    def __call__(self, texts: Collection[str], by: Any) -> Answers:
        bearers: dict[str, list[Known]] = {}
        for family in self._families():
            for some in chunks(list(texts), CHUNK):
                _find(family, some, by, bearers)
        return Answers(
            {text: found[0] for text, found in bearers.items() if len(found) == 1},
            names=lambda: [name for family in self._families() for name in _names(family, by)],
            ambiguous={
                text: [f"{one.title}（{one.number}）" for one in found]
                for text, found in bearers.items()
                if len(found) > 1
            },
        )

    def _families(self) -> list[families.Family]:
        return [one for one in families.families() if not self.codes or one.code in self.codes]


def _find(family: families.Family, texts: Sequence[str], by: Any, bearers: dict[str, list[Known]]) -> None:
    asked = set(texts)
    rows = _within(family, by).filter(Q(source_key__in=texts) | Q(number__in=texts))
    columns = ("pk", "number", "kind", "title", "happened_on", "stage", "state", "source_key")
    for *known, key in rows.values_list(*columns):
        record = Known(family.code, *known)
        bearers.setdefault(key if key in asked else record.number, []).append(record)


def _names(family: families.Family, by: Any) -> Iterable[str]:
    keys = _within(family, by).exclude(source_key="").exclude(source_key__startswith="~")
    return keys.order_by("-pk").values_list("source_key", flat=True)[:SUGGESTED]


def _within(family: families.Family, by: Any) -> models.QuerySet[Any]:
    rows = family.model._default_manager.order_by("pk")
    return rows if by is None else rows.filter(unit__in=importable(by))


def record_column(resolve: str, label: Any, *synonyms: str) -> Reference:
    return Reference("record", label, resolve=resolve, synonyms=synonyms, required=True)


class BelongingSheet(Sheet):
    """Rows of one table that belong to records of one family.

    `natural` columns tell rows of a record apart; rows that agree in them are told apart by order.
    """

    family = ""
    part = ""  # that a kind chooses when it keeps such rows
    model: type[models.Model]
    owner = ""  # foreign key to the record
    natural: Sequence[str] = ()  # fields
    facts: Mapping[str, str] = {}  # column → field

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Any:
        return timezone.localdate()

    def check(self, row: Row, look: Any) -> Iterable[Fault]:
        record = row["record"]
        if isinstance(record, Known) and self.part not in taxonomy().kinds[record.kind].parts:
            yield Fault(
                "record",
                _("“%(title)s” is of the kind “%(kind)s”, which usually keeps no such rows.")
                % {"title": record.title, "kind": taxonomy().kinds[record.kind]},
                stops=False,
            )
        yield from self.own_faults(row, look)

    def own_faults(self, row: Row, today: dt.date) -> Iterator[Fault]:
        yield from ()

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = Outcome()
        trail = Trail(by=by, batch=batch)
        turn: Counter[Any] = Counter()
        for some in chunks(sorted(rows, key=lambda row: row["record"].pk), CHUNK):
            self._save_chunk(some, turn, trail, outcome)
        trail.save()
        if outcome.created or outcome.updated:
            Revision.advance()
        return outcome

    def told(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """The fields that each row says."""
        return [{name: row[column] for column, name in self.facts.items() if column in row} for row in rows]

    def known(self, rows: Sequence[Row]) -> dict[Any, list[Any]]:
        """Rows that the records have already, by record and natural columns, in order."""
        owners = {row["record"].pk for row in rows}
        held: dict[Any, list[Any]] = {}
        for one in self.model._default_manager.filter(**{f"{self.owner}__in": owners}).order_by("pk"):
            key = (getattr(one, f"{self.owner}_id"), *(getattr(one, name) for name in self.natural))
            held.setdefault(key, []).append(one)
        return held

    def _save_chunk(self, rows: Sequence[Row], turn: Counter[Any], trail: Trail, outcome: Outcome) -> None:
        known = self.known(rows)
        gathering = Gathering(self.model)
        for row, facts in zip(rows, self.told(rows), strict=True):
            record = row["record"]
            key = (record.pk, *(facts.get(name) for name in self.natural))
            held = known.get(key, ())
            if turn[key] < len(held):
                changes = gathering.change(held[turn[key]], facts)
                if changes and record.confirmed:
                    trail.correct(record, changes, of=self.model)
                outcome.updated += bool(changes)
                outcome.unchanged += not changes
            else:
                gathering.add(self.model(**{f"{self.owner}_id": record.pk}, **facts))
                outcome.created += 1
            turn[key] += 1
        gathering.save(keyless=True)


class StepSheet(Sheet):
    """The days on which records of any family with steps reached their stages."""

    code = "steps"
    label = gettext_lazy("Steps taken")
    order = 70
    key = ("record", "stage", "on")

    def __init__(self) -> None:
        self.columns: Sequence[Column] = [
            record_column("records.steps", gettext_lazy("Own number"), "登记号", "台账编号"),
            Choice(
                "stage",
                gettext_lazy("Stage"),
                synonyms=["进展", "阶段"],
                choices=lambda: named(taxonomy().facets["stage"].words.values()),
                required=True,
            ),
            Date("on", gettext_lazy("Date"), synonyms=["日期", "进展日期"], required=True),
        ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> tuple[dt.date, set[str]]:
        return timezone.localdate(), carried_on_elsewhere(rows)

    def check(self, row: Row, look: tuple[dt.date, set[str]]) -> Iterable[Fault]:
        today, elsewhere = look
        if isinstance(row["record"], Known) and row["record"].number in elsewhere:
            yield Fault("record", _carried_on(row["record"]))
        if row["on"] > today:
            yield Fault("on", _("The day lies in the future; a step is recorded when it is taken."))
        if isinstance(row["record"], Known) and (sentence := _strange_stage(row)):
            yield Fault("stage", sentence)

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = Outcome()
        trail = Trail(by=by, batch=batch)
        by_family: dict[str, list[Row]] = {}
        elsewhere = carried_on_elsewhere(rows)
        for row in rows:
            if isinstance(row["record"], Known) and row["record"].number in elsewhere:
                sentence = _carried_on(row["record"])
                raise Refused(_("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": sentence})
            if isinstance(row["record"], Pending) or (sentence := _strange_stage(row)):
                raise Refused(_("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": sentence})
            by_family.setdefault(row["record"].family, []).append(row)
        for code, those in by_family.items():
            for some in chunks(those, CHUNK):
                save_steps(families_with_steps()[code], some, trail, outcome)
        trail.save()
        if outcome.created or outcome.updated:
            Revision.advance()
        return outcome


def carried_on_elsewhere(rows: Sequence[Row]) -> set[str]:
    """Numbers of the records among these whose steps are taken by verbs with guards of their own."""
    pks: dict[str, set[int]] = {}
    for row in rows:
        if isinstance(row["record"], Known):
            pks.setdefault(row["record"].family, set()).add(row["record"].pk)
    found: set[str] = set()
    for family in families.families():
        guarded = getattr(family.model, "guarded", None)
        if guarded is not None and family.code in pks:
            found.update(guarded(pks[family.code]))
    return found


def _carried_on(record: Known) -> str:
    return _("“%s” is carried on step by step; bring it by its own sheet, or on its page.") % record.title


def families_with_steps() -> dict[str, Any]:
    """The relation to its steps, for each family that has them."""
    relations = {
        family.code: {one.name: one for one in family.model._meta.related_objects}.get("steps")
        for family in families.families()
    }
    return {code: relation for code, relation in relations.items() if relation is not None}


def _strange_stage(row: Row) -> str:
    kind = taxonomy().kinds[row["record"].kind]
    if row["stage"] in kind.stages:
        return ""
    stages = "、".join(taxonomy().word("stage", stage) for stage in kind.stages)
    return _("“%(kind)s” does not know this stage; it may be %(stages)s.") % {
        "kind": kind,
        "stages": stages,
    }


def save_steps(relation: Any, rows: Sequence[Row], trail: Trail, outcome: Outcome) -> None:
    """Families that reach a stage but once keep one day for it; others keep every day."""
    model, owner = relation.related_model, relation.field.attname
    once = not any("on" in constraint.fields for constraint in model._meta.constraints)
    gathering = Gathering(model)
    held = {}
    for step in model._default_manager.filter(**{f"{owner}__in": {row["record"].pk for row in rows}}):
        held[_step_key(getattr(step, owner), step.stage, step.on, once)] = step
    for row in rows:
        record = row["record"]
        key = _step_key(record.pk, row["stage"], row["on"], once)
        step = held.get(key)
        if step is None:
            held[key] = gathering.add(model(**{owner: record.pk}, stage=row["stage"], on=row["on"]))
            outcome.created += 1
            continue
        changes = gathering.change(step, {"on": row["on"]})
        if changes and record.confirmed and step.pk:
            trail.correct(record, {f"step.{row['stage']}": changes["on"]}, of=model)
        outcome.updated += bool(changes)
        outcome.unchanged += not changes
    gathering.save()
    _advance_stages(relation, {row["record"].pk for row in rows})


def _step_key(owner: int, stage: str, on: dt.date, once: bool) -> tuple[Any, ...]:
    return (owner, stage) if once else (owner, stage, on)


def _advance_stages(relation: Any, owners: Collection[int]) -> None:
    """A record stands where its last step has led it, unless it stands further along already."""
    attname, family = relation.field.attname, relation.model
    steps: dict[int, list[Any]] = {}
    for step in relation.related_model._default_manager.filter(**{f"{attname}__in": owners}):
        steps.setdefault(getattr(step, attname), []).append(step)
    gathering = Gathering(family)
    for record in family._default_manager.filter(pk__in=steps):
        stage = _stands_at(record, steps[record.pk])
        gathering.change(record, {"stage": stage})
    gathering.save()


def _stands_at(record: Any, steps: Sequence[Any]) -> str:
    stages = record.kind_of_work.stages
    taken = [step for step in steps if step.stage in stages]
    last = max(taken, key=lambda step: (step.on, stages.index(step.stage)), default=None)
    if last is None:
        return str(record.stage)
    recorded = any(step.stage == record.stage for step in taken)
    further = record.stage not in stages or stages.index(last.stage) > stages.index(record.stage)
    return str(last.stage) if recorded or further else str(record.stage)


step_sheet = StepSheet()
