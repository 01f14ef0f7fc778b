"""What sheets of whole procedures have in common: one row tells one case with the day of each step.

The rows are judged by the guards that judge the steps taken on the pages, all of them at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Choice,
    Column,
    Date,
    Fault,
    IdNumber,
    Many,
    Name,
    Outcome,
    Row,
    Text,
)
from qingce.foundation.exchange.saving import chunks
from qingce.foundation.exchange.vocabulary import named, offered
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.access.matching import importable
from qingce.league.organisations.models import Unit
from qingce.league.people.matching import birth_in, by_id_digest, names_by_digest
from qingce.league.people.models import Sex
from qingce.league.rules import rulings_held_still
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records.belonging import Known, families_with_steps, save_steps
from qingce.ledger.records.bringing import Bringing, Draft, Trail, known_records
from qingce.ledger.records.models import Grade, Revision, State
from qingce.ledger.records.sheets import (
    GRADE_WORDS,
    STATE_WORDS,
    Look,
    RecordSheet,
    Somebody,
    unit_column,
    unit_problem,
)
from qingce.work.membership.guarding import Finding
from qingce.work.membership.models import MemberCase

SEX_WORDS = {"男": Sex.MALE, "女": Sex.FEMALE}
CHUNK = 1000


@dataclass
class Judged(Look):
    """What a sheet of procedures looks up, and what the guards found in each row."""

    faults: dict[int, list[Fault]] = field(default_factory=dict)  # row → faults


@dataclass(frozen=True)
class StepDay:
    """A row of the sheet of steps, as the ledger saves them."""

    record: Known
    stage: str
    on: dt.date

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


class ProcedureSheet(RecordSheet):
    """One row tells one case: who, where, and the day of each step."""

    family = "membership"
    parts_of_kind: Sequence[str] = ()  # a kind with one of these parts belongs to the sheet
    stage_columns: Mapping[str, str] = {}  # stage → column of its day
    people = {"person_id": Somebody("title", "id_number", "born_on", "sex")}
    title = Name("title", gettext_lazy("Name"), synonyms=["姓名"], required=True)

    def __init__(self) -> None:
        super().__init__()
        self.provides = {}

    def common(self) -> list[Column]:
        return [
            Text(
                "source_key",
                gettext_lazy("Own number"),
                synonyms=["登记号", "台账编号"],
                code=True,
                max_length=80,
            ),
            Choice(
                "kind",
                gettext_lazy("Kind of work"),
                synonyms=["类别", "工作类别"],
                choices=lambda: named(self._kinds()),
                required=True,
            ),
            self.title,
            IdNumber(
                "id_number", gettext_lazy("ID number"), synonyms=["身份证号", "身份证号码"], required=True
            ),
            Choice("sex", gettext_lazy("Sex"), synonyms=["性别"], choices=lambda: offered(Sex, SEX_WORDS)),
            Date("born_on", gettext_lazy("Date of birth"), synonyms=["出生日期"]),
            unit_column(),
            Choice(
                "state",
                gettext_lazy("State"),
                synonyms=["状态"],
                choices=lambda: offered(State, STATE_WORDS),
            ),
            Text("state_reason", gettext_lazy("Reason for voiding"), synonyms=["作废原因"], max_length=200),
            Choice(
                "grade",
                gettext_lazy("Evidence grade"),
                synonyms=["依据"],
                choices=lambda: offered(Grade, GRADE_WORDS),
            ),
            Many("papers", gettext_lazy("Papers"), synonyms=["依据材料", "佐证材料"]),
            Text("note", gettext_lazy("Note"), synonyms=["备注"], multiline=True, max_length=500),
        ]

    def _kinds(self) -> list[Kind]:
        return [kind for part in self.parts_of_kind for kind in taxonomy().with_part(part)]

    def title_of(self, row: Row) -> str:
        return f"{row['title']} {self.kind_of(row).label}"

    def key_of(self, row: Row) -> str:
        """The office's own number; without one, the same person for the same kind of work."""
        if row["source_key"]:
            return str(row["source_key"])
        first = next(iter(self.steps_of(row).values()), None)
        return "~" + digest(f"{row['id_number']} {row['kind']} {first}")[:40]

    def steps_of(self, row: Row) -> dict[str, dt.date]:
        """The days of the steps that the row tells, in the order of the stages."""
        stages = self.kind_of(row).stages
        told = {stage: row[column] for stage, column in self.stage_columns.items() if row[column]}
        return {stage: told[stage] for stage in stages if stage in told}

    # Rules.

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Judged:
        look = Judged(
            today=timezone.localdate(),
            known=self._known(rows),
            reach=None if by is None else frozenset(importable(by).values_list("pk", flat=True)),
            names=names_by_digest(self._digests(rows)),
        )
        with rulings_held_still():
            look.faults = self.judged([row for row in rows if isinstance(row["unit"], Unit)])
        return look

    def judged(self, rows: Sequence[Row]) -> dict[int, list[Fault]]:
        """What the guards find in each row, by its number."""
        raise NotImplementedError

    def check(self, row: Row, look: Judged) -> Iterable[Fault]:  # type: ignore[override]
        kind = self.kind_of(row)
        yield from self.key_faults(row, kind, look)
        yield from self.state_faults(row, kind, look)
        yield from self.people_faults(row, look)
        yield from self.day_faults(row, look)
        if row["state"] != State.VOID:
            yield from look.faults.get(row.number, ())

    def day_faults(self, row: Row, look: Look) -> Iterator[Fault]:
        steps = self.steps_of(row)
        for stage, on in steps.items():
            if on > look.today:
                yield Fault(
                    self.stage_columns[stage],
                    _("The day lies in the future; a step is recorded when it is taken."),
                )
        if isinstance(row["unit"], Unit):
            days = sorted(steps.values())
            for day in (*days[:1], *days[-1:]):
                if sentence := unit_problem(row["unit"], day):
                    yield Fault("unit", sentence)
                    return

    def faults_of(self, row: Row, found: Iterable[Finding]) -> list[Fault]:
        """Refusals and remarks at the day's column; what is asked only elsewhere is not remarked upon."""
        draft = row["state"] == State.DRAFT
        return [
            Fault(self.stage_columns[one.stage], one.refusal, stops=one.blocks and not draft)
            for one in found
            if one.blocks or (one.warns and (one.ruling.standing != "local" or one.ruling.switched_on))
        ]

    # Saving.

    def happened_on(self, row: Row) -> dt.date:
        return next(iter(self.steps_of(row).values()))

    def part(self, row: Row) -> tuple[Any, dict[str, Any]]:
        """The part of the case and its facts."""
        raise NotImplementedError

    def own_facts(self, row: Row) -> dict[str, Any]:
        return {}

    def draft(self, row: Row) -> Draft:
        kind, steps = self.kind_of(row), self.steps_of(row)
        stage = list(steps)[-1]
        done = kind.stages.index(stage) >= kind.stages.index(kind.done)
        model, facts = self.part(row)
        said = {name: row[name] for name in ("grade", "state") if row[name]}
        if row["state"] == State.VOID:
            said["state_reason"] = row["state_reason"]
        if "note" in row:
            said["note"] = row["note"]
        return Draft(
            row=row.number,
            facts={
                "kind": kind.code,
                "source_key": self.key_of(row),
                "title": self.title_of(row),
                "unit_id": row["unit"].pk,
                "happened_on": self.happened_on(row),
                "stage": stage,
                **said,
                **self.own_facts(row),
            },
            defaults={"state": State.CONFIRMED if done else State.SUBMITTED, "grade": Grade.HAND},
            parts={model: facts},
            papers=row["papers"],
        )

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        with rulings_held_still():
            self._demand_judged(rows)
        bringing = Bringing(self.model, by=by, batch=batch)
        for some in chunks(rows, CHUNK):
            bringing.bring(self.drafts(some))
            self._save_beside(some, by, batch)
        if bringing.outcome.created or bringing.outcome.updated:
            Revision.advance()
        return bringing.outcome

    def _demand_judged(self, rows: Sequence[Row]) -> None:
        """Rows whose unit came with the same file could not be judged before; now they are."""
        standing = [row for row in rows if row["state"] != State.VOID]
        for number, faults in self.judged(standing).items():
            for fault in faults:
                if fault.stops:
                    said = {"row": number, "sentence": fault.because}
                    raise Refused(_("Row %(row)d: %(sentence)s") % said)

    def _save_beside(self, rows: Sequence[Row], by: Any, batch: Any) -> None:
        keys = [(self.kind_of(row).code, self.key_of(row)) for row in rows]
        cases = known_records(MemberCase, keys)
        pairs = [(row, cases[key]) for row, key in zip(rows, keys, strict=True)]
        trail = Trail(by=by, batch=batch)
        days = [
            StepDay(_known(case), stage, on)
            for row, case in pairs
            for stage, on in self.steps_of(row).items()
        ]
        save_steps(families_with_steps()["membership"], days, trail, Outcome())  # type: ignore[arg-type]
        trail.save()
        self.save_own(pairs, by, batch)

    def save_own(self, pairs: Sequence[tuple[Row, MemberCase]], by: Any, batch: Any) -> None:
        """What a sheet keeps beside case, part and steps."""


def people_by_number(numbers: Collection[str]) -> dict[str, Any]:
    """Persons on the register by their ID number."""
    marks = {number: digest(number) for number in numbers if number}
    found = by_id_digest(set(marks.values()))
    return {number: found[mark] for number, mark in marks.items() if mark in found}


def born_in(row: Row) -> dt.date:
    return row["born_on"] or birth_in(row["id_number"])


def _known(case: MemberCase) -> Known:
    return Known(
        "membership", case.pk, case.number, case.kind, case.title, case.happened_on, case.stage, case.state
    )
