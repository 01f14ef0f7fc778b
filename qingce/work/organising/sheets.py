"""The sheet of what happened to units: re-election, renaming, moving, merging, dissolution, repair.

A row that says what changed is carried out by the same verbs as a paper approved on its page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingce.foundation.exchange import Choice, Date, Fault, Integer, Outcome, Reference, Row, Text, YesNo
from qingce.foundation.exchange.columns import Column
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import (
    Unit,
)
from qingce.league.organisations.past import TreeStep
from qingce.league.organisations.sheets import parents_of
from qingce.league.rules import rulings_held_still
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records.bringing import Draft
from qingce.ledger.records.models import State
from qingce.ledger.records.sheets import Look, Part, RecordSheet
from qingce.work.organising.effects import carry_out
from qingce.work.organising.models import Assembly, Change, Congress, Election, UnitEvent

ELECTION = ("entitled", "present", "term_start", "term_end")
BALLOTS = (*ELECTION, "seats", "issued", "returned", "secret", "assembly", "scattered", "assembly_paper")
CONGRESS = ("session", "delegates_planned", "party_congress_on", "notice_from", "notice_until")
ASSEMBLY_WORDS = {"团员大会": Assembly.MEMBERS, "团员代表大会": Assembly.DELEGATES}

PAPER = [
    Text("document_number", gettext_lazy("Document number"), synonyms=["文号"], max_length=80),
    Text("approved_by", gettext_lazy("Approved by"), synonyms=["批准单位"], max_length=80),
]


def _people(name: str, label: Any, *synonyms: str, most: int = 100000) -> Column:
    return Integer(name, label, synonyms=synonyms, min=0, max=most, unit="人")


class UnitEventSheet(RecordSheet):
    code = "unit_events"
    label = gettext_lazy("Events of units")
    order = 60
    family = "organising"
    title = Text(
        "title",
        gettext_lazy("Name of the event"),
        synonyms=["名称", "事项名称"],
        required=True,
        max_length=160,
    )
    own: Sequence[Column] = [
        Reference(
            "subject_unit",
            gettext_lazy("Code of the unit concerned"),
            resolve="units",
            synonyms=["对象组织编码", "对象组织"],
            required=True,
        ),
        *PAPER,
        Reference(
            "to",
            gettext_lazy("Code of the unit to which it goes"),
            resolve="units",
            synonyms=["并入组织编码", "调整后上级组织编码", "去向组织编码"],
        ),
        Text(
            "new_name", gettext_lazy("New full name"), synonyms=["新组织全称", "更名后全称"], max_length=120
        ),
        Text("new_short", gettext_lazy("New short name"), synonyms=["新简称", "更名后简称"], max_length=60),
        Date("dissolved", gettext_lazy("Dissolved from"), synonyms=["撤销生效日期"]),
        Date("deferred_to", gettext_lazy("Put off until"), synonyms=["延期至"]),
        Text("party_paper", gettext_lazy("Paper of the Party body"), synonyms=["党组织批复"], max_length=120),
        _people("entitled", gettext_lazy("Entitled to vote"), "应到人数"),
        _people("present", gettext_lazy("Present"), "实到人数"),
        _people("issued", gettext_lazy("Ballots issued"), "发出选票"),
        _people("returned", gettext_lazy("Ballots returned"), "收回选票"),
        Integer("seats", gettext_lazy("Seats"), synonyms=["应选名额"], min=1, max=9999, unit="名"),
        YesNo("secret", gettext_lazy("Secret ballot"), synonyms=["无记名投票"]),
        Choice(
            "assembly",
            gettext_lazy("Who elects"),
            synonyms=["选举形式"],
            choices=lambda: offered(Assembly, ASSEMBLY_WORDS),
        ),
        YesNo("scattered", gettext_lazy("Members are scattered"), synonyms=["团员分散"]),
        Text(
            "assembly_paper",
            gettext_lazy("Approval of the congress"),
            synonyms=["代表大会批复"],
            max_length=80,
        ),
        Date("term_start", gettext_lazy("Term begins"), synonyms=["任期起"]),
        Date("term_end", gettext_lazy("Term ends"), synonyms=["任期止"]),
        Integer("session", pgettext_lazy("congress", "Session"), synonyms=["届次"], min=1, max=200),
        _people("delegates_planned", gettext_lazy("Delegates planned"), "代表名额", most=1000),
        Date(
            "party_congress_on",
            gettext_lazy("Party congress of the same level on"),
            synonyms=["同级党代会日期"],
        ),
        Date("notice_from", gettext_lazy("Public notice from"), synonyms=["公示开始日期"]),
        Date("notice_until", gettext_lazy("Public notice until"), synonyms=["公示结束日期"]),
    ]
    facts = {"document_number": "document_number", "approved_by": "approved_by"}
    parts = [
        Part(Election, "election", "entitled", {name: name for name in BALLOTS}),
        Part(Change, "renaming", "new_name", {"new_name": "name", "new_short": "short_name"}),
        Part(Change, "relocation", "to", {"to": "to"}),
        Part(Change, "merging", "to", {"to": "to"}),
        Part(Change, "dissolution", "dissolved", {}),
        Part(Change, "deferral", "deferred_to", {"deferred_to": "until", "party_paper": "party_paper"}),
        Part(
            Congress,
            "congress",
            "session",
            {name: name for name in CONGRESS},
        ),
    ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        look = super().prepare(rows, by=by)
        look.own = None if by is None else Deciders(by, rows, on=look.today)
        return look

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        if look.own and self._changes_the_tree(row, kind) and not look.own.may_change(row["subject_unit"]):
            yield Fault("subject_unit", not_yours(row["subject_unit"]))
        if row["entitled"] is not None and "election" in kind.parts:
            yield from self._election_faults(row)
        if row["session"] is not None and row["delegates_planned"] is None:
            yield Fault("delegates_planned", _("A congress needs the number of its delegates."))
        if row["dissolved"] and row["dissolved"] != row["happened_on"]:
            yield Fault("dissolved", _("The unit is dissolved on the day of the record; write the same day."))

    def _changes_the_tree(self, row: Row, kind: Kind) -> bool:
        """A draft is a proposal; what comes confirmed is carried out."""
        acts = [part for part in self.parts if part.model is not Congress and part.code in kind.parts]
        confirmed = row["state"] in (None, "", State.CONFIRMED)
        return confirmed and any(part.of(row) is not None for part in acts)

    def _election_faults(self, row: Row) -> Iterator[Fault]:
        for name in ELECTION:
            if row[name] is None:
                yield Fault(name, _("An election needs “%s”; fill it in.") % self.column(name).label)
        if row["present"] is not None and row["present"] > row["entitled"]:
            yield Fault("present", _("More were present than are entitled to vote; check both numbers."))
        if row["term_start"] and row["term_end"] and row["term_end"] <= row["term_start"]:
            yield Fault("term_end", _("The term ends before it begins; check both days."))

    def part_faults(self, row: Row, kind: Kind) -> Iterator[Fault]:
        """One column may serve several parts: it is left out only when the kind has none of them."""
        kept = {part.when for part in self.parts if part.code in kind.parts}
        for fault in super().part_faults(row, kind):
            if fault.column not in kept:
                yield fault

    def draft(self, row: Row) -> Draft:
        draft = super().draft(row)
        draft.facts["subject_unit_id"] = row["subject_unit"].pk
        for facts in draft.parts.values():
            if "to" in facts:
                facts["to_id"] = facts.pop("to").pk
            if "assembly" in facts:
                facts["assembly"], facts["scattered"] = facts["assembly"] or "", bool(facts["scattered"])
        return draft

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = super().save(rows, by=by, batch=batch)
        carry_out_brought([self.key_of(row) for row in rows], by=by)
        return outcome


class Deciders:
    """Whether the person who imports may change a unit: from above it, as on the pages."""

    def __init__(self, by: Any, rows: Sequence[Row], *, on: dt.date) -> None:
        self.reach = Reach(by, on=on)
        units = [row["subject_unit"] for row in rows if isinstance(row["subject_unit"], Unit)]
        self.above = parents_of(units)

    def may_change(self, unit: Any) -> bool:
        """Of a unit that the same file brings, the sheet that brings it has asked."""
        return not isinstance(unit, Unit) or self.may_found_beneath(self.above.get(unit.pk) or unit)

    def may_found_beneath(self, body: Any) -> bool:
        return not isinstance(body, Unit) or self.reach.may("unit.change", body)


def not_yours(unit: Any) -> str:
    return _("Changes of “%s” are decided by the body above it; hand in the paper as a draft.") % unit


def carry_out_brought(keys: Sequence[str], *, by: Any) -> None:
    """What imported records change in the tree, in the order of their days; what was done before stays."""
    done = set(TreeStep.objects.order_by().values_list("reference", flat=True).distinct())
    events = UnitEvent.objects.filter(source_key__in=keys, state=State.CONFIRMED)
    related = events.select_related("unit", "subject_unit", "change__to", "election", "congress")
    with rulings_held_still():
        for event in related.order_by("happened_on", "pk"):
            if event.number not in done and event.is_done:
                _carry_out_one(event, by)


def _carry_out_one(event: UnitEvent, by: Any) -> None:
    try:
        carry_out(event, by=by)
    except Refused as refusal:
        raise Refused(_("%(event)s: %(sentence)s") % {"event": event, "sentence": refusal}) from None
