"""The sheet of what happened to units: founding, re-election, merging, moving, repair."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Date, Fault, Integer, Reference, Row, Text
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records.bringing import Draft
from qingce.ledger.records.sheets import Look, Part, RecordSheet
from qingce.work.organising.models import Election

ELECTION = ("entitled", "present", "term_start", "term_end")


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
    own = [
        Reference(
            "subject_unit",
            gettext_lazy("Code of the unit concerned"),
            resolve="units",
            synonyms=["对象组织编码", "对象组织"],
            required=True,
        ),
        Text("document_number", gettext_lazy("Document number"), synonyms=["文号"], max_length=80),
        Text("approved_by", gettext_lazy("Approved by"), synonyms=["批准单位"], max_length=80),
        Integer(
            "entitled",
            gettext_lazy("Entitled to vote"),
            synonyms=["应到人数"],
            min=0,
            max=100000,
            unit="人",
        ),
        Integer("present", gettext_lazy("Present"), synonyms=["实到人数"], min=0, max=100000, unit="人"),
        Integer("seats", gettext_lazy("Seats"), synonyms=["应选名额"], min=1, max=9999, unit="名"),
        Date("term_start", gettext_lazy("Term begins"), synonyms=["任期起"]),
        Date("term_end", gettext_lazy("Term ends"), synonyms=["任期止"]),
    ]
    facts = {"document_number": "document_number", "approved_by": "approved_by"}
    parts = [
        Part(
            Election,
            "election",
            "entitled",
            {name: name for name in (*ELECTION, "seats")},
        )
    ]

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        if row["entitled"] is None or "election" not in kind.parts:
            return
        for name in ELECTION:
            if row[name] is None:
                yield Fault(name, _("An election needs “%s”; fill it in.") % self.column(name).label)
        if row["present"] is not None and row["present"] > row["entitled"]:
            yield Fault("present", _("More were present than are entitled to vote; check both numbers."))
        if row["term_start"] and row["term_end"] and row["term_end"] <= row["term_start"]:
            yield Fault("term_end", _("The term ends before it begins; check both days."))

    def draft(self, row: Row) -> Draft:
        draft = super().draft(row)
        draft.facts["subject_unit_id"] = row["subject_unit"].pk
        return draft


SHEETS = [UnitEventSheet]
