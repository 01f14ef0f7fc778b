"""What all sheets of records have in common: columns, rules, and how a row becomes a draft."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Choice,
    Column,
    Date,
    Fault,
    Many,
    Outcome,
    Reference,
    Row,
    Sheet,
    Text,
)
from qingce.foundation.exchange.saving import chunks
from qingce.foundation.exchange.vocabulary import named, offered
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.access.matching import importable
from qingce.league.organisations.models import Unit
from qingce.league.people.matching import People, identity_problems, name_clash, names_by_digest
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records import families
from qingce.ledger.records.bringing import MOVES, Bringing, Draft, Key
from qingce.ledger.records.models import Grade, Record, Revision, State

CHUNK = 1000
STATE_WORDS = {
    "草稿": State.DRAFT,
    "待确认": State.SUBMITTED,
    "已确认": State.CONFIRMED,
    "作废": State.VOID,
    "已作废": State.VOID,
}
GRADE_WORDS = {
    "系统记录": Grade.SYSTEM,
    "附有材料": Grade.DOCUMENT,
    "平台导入": Grade.PLATFORM,
    "手工登记": Grade.HAND,
    "估算": Grade.ESTIMATE,
}
# A confidential matter goes by an alias: no identity number, no telephone number.
BETRAYING = re.compile(r"\d{17}[\dXx]|(?<!\d)1\d{10}(?!\d)")

Facts = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A part table with one row for a record: it is brought when `when` is filled in."""

    model: type[models.Model]
    code: str  # of the part that a kind chooses
    when: str  # column
    facts: Mapping[str, str]  # column → field
    defaults: Callable[[Row], Facts] | None = None
    or_when: Sequence[str] = ()  # further columns, each of which brings the part by itself

    def of(self, row: Row) -> Facts | None:
        if all(row[column] in (None, "") for column in (self.when, *self.or_when)):
            return None
        told = {name: row[column] for column, name in self.facts.items() if column in row}
        return {**(self.defaults(row) if self.defaults else {}), **told}


@dataclass(frozen=True)
class Somebody:
    """Columns that speak of one person: field of the person → column."""

    name: str
    id_number: str
    born_on: str = ""
    sex: str = ""

    def of(self, row: Row) -> Facts | None:
        if not row[self.name]:
            return None
        said = {"name": row[self.name], "id_number": row[self.id_number] or ""}
        if self.born_on:
            said["born_on"] = row[self.born_on]
        if self.sex:
            said["sex"] = row[self.sex] or ""
        return said


@dataclass
class Look:
    """What the checks look up: records brought before, people, and what other rows said."""

    today: dt.date
    known: Mapping[Key, tuple[str, int]]  # state, unit
    reach: frozenset[int] | None  # units; None: all
    names: Mapping[str, str]  # digest of the ID number → name on the register
    own: Any = None  # what a family looks up beside
    seen: dict[Key, int] = field(default_factory=dict)  # key → row


class RecordSheet(Sheet):
    """A sheet whose rows are records of one family; subclasses add columns, words and parts."""

    family = ""
    title: Column
    own: Sequence[Column] = ()
    facts: Mapping[str, str] = {}  # own column → column of the record
    facets: Mapping[str, str] = {}  # own column → facet of its words
    parts: Sequence[Part] = ()
    people: Mapping[str, Somebody] = {}  # column of the record → columns of the sheet
    steps = False  # whether the sheet of steps may speak of these records

    def __init__(self) -> None:
        self.columns = [*self.common(), *self.own]
        self.provides = {f"records.{self.family}": ["source_key"]}
        if self.steps:
            self.provides["records.steps"] = ["source_key"]

    def common(self) -> list[Column]:
        return common_columns(self.family, self.title)

    @property
    def model(self) -> type[Record]:
        return next(one.model for one in families.families() if one.code == self.family)

    # What a row says; sheets of a special shape answer otherwise.

    def kind_of(self, row: Row) -> Kind:
        return taxonomy().kinds[row["kind"]]

    def title_of(self, row: Row) -> str:
        return str(row["title"])

    def series_of(self, row: Row) -> str:
        return row["series"] or ""

    def key_of(self, row: Row) -> str:
        """The office's own key; without one, the same work at the same unit on the same day."""
        if row["source_key"]:
            return str(row["source_key"])
        unit = row["unit"]
        code = unit.code if isinstance(unit, Unit) else unit.text
        said = "\n".join([self.kind_of(row).code, code, str(row["happened_on"]), self.title_of(row)])
        return "~" + hashlib.sha256(said.encode()).hexdigest()[:40]

    # Rules.

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        return Look(
            today=timezone.localdate(),
            known=self._known(rows),
            reach=None if by is None else frozenset(importable(by).values_list("pk", flat=True)),
            names=names_by_digest(self._digests(rows)),
            own=self.own_look(rows),
        )

    def own_look(self, rows: Sequence[Row]) -> Any:
        return None

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        kind = self.kind_of(row)
        yield from self.key_faults(row, kind, look)
        yield from self.word_faults(row, kind)
        yield from self.date_faults(row, kind, look)
        yield from self.state_faults(row, kind, look)
        yield from self.people_faults(row, look)
        yield from self.part_faults(row, kind)
        yield from self.own_faults(row, kind, look)

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        return ()

    def key_faults(self, row: Row, kind: Kind, look: Look) -> Iterator[Fault]:
        key = (kind.code, self.key_of(row))
        first = look.seen.setdefault(key, row.number)
        if first != row.number:
            yield Fault(
                self.key_column(row),
                _("Row %d says the same; keep one of them, or give each its own number.") % first,
            )
        if look.reach is not None and key in look.known and look.known[key][1] not in look.reach:
            yield Fault(
                self.key_column(row),
                _("This number belongs to a record of a unit that you do not look after."),
            )

    def key_column(self, row: Row) -> str:
        return "source_key" if row["source_key"] else "title"

    def word_faults(self, row: Row, kind: Kind) -> Iterator[Fault]:
        series = taxonomy().series.get(row["series"])
        if series and series.kind != kind.code:
            yield Fault(
                "series",
                _("“%(series)s” is a series of “%(other)s”, not of “%(kind)s”; compare both columns.")
                % {"series": series, "other": taxonomy().kinds[series.kind], "kind": kind},
            )
        if row["stage"] and row["stage"] not in kind.stages:
            stages = "、".join(taxonomy().word("stage", stage) for stage in kind.stages)
            yield Fault(
                "stage",
                _("“%(kind)s” does not know this stage; it may be %(stages)s.")
                % {"kind": kind, "stages": stages},
            )
        if kind.confidential and BETRAYING.search(self.title_of(row)):
            yield Fault(
                "title",
                _(
                    "The title of a confidential matter is an alias; take the number out of it and "
                    "put it into its own column."
                ),
            )

    def date_faults(self, row: Row, kind: Kind, look: Look) -> Iterator[Fault]:
        began, ended = row["happened_on"], row["ended_on"]
        if began > look.today and self._has_happened(row, kind):
            yield Fault("happened_on", _("The day lies in the future; correct it, or say it is planned."))
        if ended and ended < began:
            yield Fault("ended_on", _("The last day is before the first; check both days."))
        if isinstance(row["unit"], Unit) and (sentence := unit_problem(row["unit"], began)):
            yield Fault("unit", sentence)

    def state_faults(self, row: Row, kind: Kind, look: Look) -> Iterator[Fault]:
        state = row["state"]
        if state == State.VOID and not row["state_reason"]:
            yield Fault("state_reason", _("A void record says why it is void; fill in the reason."))
        before, _unit = look.known.get((kind.code, self.key_of(row)), (state, 0))
        if state and state != before and state not in MOVES[before]:
            yield Fault(
                "state",
                _("The record is in the state “%(before)s” and cannot become “%(state)s” by importing.")
                % {"before": State(before).label, "state": State(state).label},
            )

    def people_faults(self, row: Row, look: Look) -> Iterator[Fault]:
        for somebody in self.people.values():
            yield from somebody_faults(somebody, row, look.names)

    def part_faults(self, row: Row, kind: Kind) -> Iterator[Fault]:
        """Remarks, not refusals: what a kind does not keep is left out and said."""
        for part in self.parts:
            if part.code not in kind.parts and part.of(row) is not None:
                label = self.column(part.when).label
                yield Fault(
                    part.when,
                    _("“%(kind)s” does not keep “%(column)s”; it was left out.")
                    % {"kind": kind, "column": label},
                    stops=False,
                )

    # Saving.

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        bringing = Bringing(self.model, by=by, batch=batch)
        for some in chunks(rows, CHUNK):
            _demand_units(some)
            bringing.bring(self.drafts(some))
        if bringing.outcome.created or bringing.outcome.updated:
            Revision.advance()
        return bringing.outcome

    def drafts(self, rows: Sequence[Row]) -> list[Draft]:
        drafts = [self.draft(row) for row in rows]
        for column, somebody in self.people.items():
            self._bring_people(rows, drafts, column, somebody)
        return drafts

    def draft(self, row: Row) -> Draft:
        kind = self.kind_of(row)
        return Draft(
            row=row.number,
            facts=self._facts(row, kind),
            defaults={"stage": kind.done, "state": State.CONFIRMED, "grade": Grade.HAND},
            parts={
                part.model: told
                for part in self.parts
                if part.code in kind.parts and (told := part.of(row)) is not None
            },
            words={facet: row[name] for name, facet in self.facets.items() if name in row},
            papers=row["papers"],
        )

    def _facts(self, row: Row, kind: Kind) -> Facts:
        facts = {
            "kind": kind.code,
            "source_key": self.key_of(row),
            "title": self.title_of(row),
            "unit_id": row["unit"].pk,
            "happened_on": row["happened_on"],
        }
        facts |= {name: row[name] for name in ("ended_on", "note") if name in row}
        facts |= {name: row[name] for name in ("stage", "grade", "state") if row[name]}
        if row["state"] == State.VOID:
            facts["state_reason"] = row["state_reason"]
        if "series" in row:
            facts["series"] = self.series_of(row)
        return facts | {name: row[column] for column, name in self.facts.items() if column in row}

    def _bring_people(
        self, rows: Sequence[Row], drafts: Sequence[Draft], column: str, somebody: Somebody
    ) -> None:
        known = self._persons_known(drafts, column)
        wanted = []
        for row, draft in zip(rows, drafts, strict=True):
            told = somebody.of(row)
            if told is None:
                continue
            person = known.get(draft.key)
            if person is not None and is_meant(person, told):
                draft.facts[column] = person.pk
            else:
                wanted.append((draft, told))
        persons = People(amend=False).bring([told for _draft, told in wanted])
        for (draft, _told), person in zip(wanted, persons, strict=True):
            draft.facts[column] = person.pk

    def _persons_known(self, drafts: Sequence[Draft], column: str) -> dict[Key, Any]:
        relation = column.removesuffix("_id")
        rows = self.model._default_manager.filter(
            source_key__in=[draft.facts["source_key"] for draft in drafts]
        ).select_related(relation)
        return {(one.kind, one.source_key): getattr(one, relation) for one in rows}

    def _known(self, rows: Sequence[Row]) -> dict[Key, tuple[str, int]]:
        known: dict[Key, tuple[str, int]] = {}
        for some in chunks(rows, CHUNK * 5):
            held = self.model._default_manager.filter(source_key__in=[self.key_of(r) for r in some])
            for kind, key, state, unit in held.values_list("kind", "source_key", "state", "unit"):
                known[kind, key] = (state, unit)
        return known

    def _digests(self, rows: Sequence[Row]) -> Collection[str]:
        columns = [somebody.id_number for somebody in self.people.values()]
        return {digest(row[name]) for row in rows for name in columns if row[name]}

    def _has_happened(self, row: Row, kind: Kind) -> bool:
        stage = row["stage"] if row["stage"] in kind.stages else kind.done
        return kind.stages.index(stage) >= kind.stages.index(kind.done)


def common_columns(family: str, title: Column) -> list[Column]:
    """The columns that every sheet of records has."""
    return [
        Text(
            "source_key",
            gettext_lazy("Own number"),
            synonyms=["登记号", "台账编号"],
            code=True,
            max_length=80,
            note=gettext_lazy("The office's own number; importing it again changes the same record."),
        ),
        Choice(
            "kind",
            gettext_lazy("Kind of work"),
            synonyms=["类别", "工作类别"],
            choices=lambda: named(taxonomy().family(family)),
            required=True,
        ),
        Choice(
            "series",
            gettext_lazy("Series"),
            synonyms=["系列"],
            choices=lambda: named(
                one for one in taxonomy().series.values() if taxonomy().kinds[one.kind].family == family
            ),
        ),
        title,
        unit_column(),
        Date("happened_on", gettext_lazy("Date"), synonyms=["日期", "开始日期"], required=True),
        Date("ended_on", gettext_lazy("Last day"), synonyms=["结束日期"]),
        Choice(
            "stage",
            gettext_lazy("Stage"),
            synonyms=["进展", "阶段"],
            choices=lambda: named(stages_of(family)),
        ),
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


def unit_column() -> Reference:
    return Reference(
        "unit",
        gettext_lazy("Unit code"),
        resolve="units",
        synonyms=["组织编码", "主办组织编码", "所在组织编码"],
        required=True,
    )


def words_column(name: str, label: Any, facet: str, *synonyms: str) -> Many:
    """Several words of one facet."""
    return Many(
        name,
        label,
        synonyms=synonyms,
        choices=lambda: named(taxonomy().facets[facet].words.values()),
    )


def word_column(name: str, label: Any, facet: str, *synonyms: str, required: bool = False) -> Choice:
    """One word of one facet."""
    return Choice(
        name,
        label,
        synonyms=synonyms,
        required=required,
        choices=lambda: named(taxonomy().facets[facet].words.values()),
    )


def stages_of(family: str) -> list[Any]:
    """The stages that kinds of a family walk through, in the order of the catalogue."""
    walked = {stage for kind in taxonomy().family(family) for stage in kind.stages}
    return [word for code, word in taxonomy().facets["stage"].words.items() if code in walked]


def unit_problem(unit: Unit, day: dt.date) -> str:
    """Why `unit` cannot have done something on `day`; else nothing."""
    if day < unit.founded_on:
        return _("“%(unit)s” was founded only on %(day)s; check unit and day.") % {
            "unit": unit,
            "day": unit.founded_on,
        }
    if unit.dissolved_on and day > unit.dissolved_on:
        return _("“%(unit)s” was dissolved on %(day)s; check unit and day.") % {
            "unit": unit,
            "day": unit.dissolved_on,
        }
    return ""


def somebody_faults(somebody: Somebody, row: Row, names: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the columns that speak of one person."""
    told = somebody.of(row)
    if told is None:
        if row[somebody.id_number]:
            yield Fault(somebody.name, _("Give the name that belongs to the ID number."))
        return
    number = told["id_number"]
    if number and (clash := name_clash(names.get(digest(number)), told["name"])):
        yield Fault(somebody.name, clash)
    columns = {"born_on": somebody.born_on, "sex": somebody.sex}
    for name, because in identity_problems(number, told.get("born_on"), told.get("sex", "")):
        yield Fault(columns[name], because)


def is_meant(person: Any, told: Mapping[str, Any]) -> bool:
    """Whether somebody known from an earlier import is the one a row speaks of."""
    number, born = told["id_number"], told.get("born_on")
    return (
        person.name == told["name"]
        and (not number or person.id_digest == digest(number))
        and (not born or person.born_on == born)
    )


def _demand_units(rows: Sequence[Row]) -> None:
    """Units that came with the same file were not known when the rows were checked."""
    for row in rows:
        if sentence := unit_problem(row["unit"], row["happened_on"]):
            raise Refused(_("Row %(row)d: %(sentence)s") % {"row": row.number, "sentence": sentence})
