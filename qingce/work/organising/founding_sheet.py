"""The sheet of new units: each row is the paper that founds one, and it is founded as it is imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Choice, Date, Fault, Outcome, Pending, Reference, Row, Text
from qingce.foundation.exchange.columns import Column
from qingce.foundation.exchange.vocabulary import named, offered
from qingce.foundation.refusals import Refused
from qingce.league.organisations import electing
from qingce.league.organisations.models import (
    BRANCHES,
    Domain,
    Unit,
    UnitKind,
)
from qingce.league.organisations.past import TreeStep
from qingce.league.organisations.sheets import DOMAIN_WORDS, KIND_WORDS
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records.bringing import Draft
from qingce.ledger.records.sheets import Look, RecordSheet, common_columns
from qingce.work.organising.models import Change, UnitEvent
from qingce.work.organising.sheets import PAPER, Deciders, carry_out_brought, not_yours

OF_CHANGE = ("name", "short_name", "unit_kind", "domain", "party_body", "code", "external_code", "members")


class FoundingSheet(RecordSheet):
    code = "unit_foundings"
    label = gettext_lazy("New units")
    order = 15
    family = "organising"
    provides: Mapping[str, Sequence[str]] = {}
    title = Text(
        "title",
        gettext_lazy("Name of the event"),
        synonyms=["名称", "事项名称"],
        required=True,
        max_length=160,
    )
    own: Sequence[Column] = [
        Text(
            "code",
            gettext_lazy("Code of the new unit"),
            synonyms=["新建组织编码"],
            required=True,
            code=True,
            max_length=40,
        ),
        Text(
            "external_code",
            gettext_lazy("National code"),
            synonyms=["全国系统编码"],
            code=True,
            max_length=40,
        ),
        Text("name", gettext_lazy("Full name"), synonyms=["组织全称"], required=True, max_length=120),
        Text("short_name", gettext_lazy("Short name"), synonyms=["简称"], max_length=60),
        Choice(
            "unit_kind",
            gettext_lazy("Kind of unit"),
            choices=lambda: offered(UnitKind, KIND_WORDS),
            synonyms=["组织类别"],
            required=True,
        ),
        Choice(
            "domain",
            gettext_lazy("Field of society"),
            choices=lambda: offered(Domain, DOMAIN_WORDS),
            synonyms=["领域"],
            required=True,
        ),
        Reference(
            "parent",
            gettext_lazy("Code of the body above"),
            resolve="units",
            synonyms=["上级组织编码"],
            required=True,
        ),
        Text("party_body", gettext_lazy("Party body above"), synonyms=["党组织"], max_length=120),
        *PAPER,
        Date("term_start", gettext_lazy("Term begins"), synonyms=["本届任期起", "任期起"]),
        Date("term_end", gettext_lazy("Term ends"), synonyms=["本届任期止", "任期止"]),
    ]
    facts = {"document_number": "document_number", "approved_by": "approved_by"}
    _founded: Mapping[str, int] = {}  # units that an earlier import of the same rows has founded

    def __init__(self) -> None:
        super().__init__()
        self.provides = {**self.provides, "units": ("code", "external_code", "name", "short_name")}

    def common(self) -> list[Column]:
        """The kinds are those that found a unit; the columns are otherwise those of every record."""
        columns = common_columns(self.family, self.title)
        found = next(place for place, one in enumerate(columns) if one.name == "kind")
        columns[found] = Choice(
            "kind",
            gettext_lazy("Kind of work"),
            synonyms=["类别", "工作类别"],
            choices=lambda: named(taxonomy().with_part("founding")),
            required=True,
        )
        return columns

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        look = super().prepare(rows, by=by)
        look.own = None if by is None else Deciders(by, (), on=look.today)
        return look

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        if look.own and not look.own.may_found_beneath(row["parent"]):
            yield Fault("parent", not_yours(row["parent"]))
        if isinstance(row["parent"], Unit) and row["parent"].kind in BRANCHES:
            yield Fault("parent", _("A branch has no units beneath it; name the committee above."))
        if row["term_start"] and row["term_end"] and row["term_end"] <= row["term_start"]:
            yield Fault("term_end", _("The term ends before it begins; check both days."))

    def draft(self, row: Row) -> Draft:
        draft = super().draft(row)
        facts = {name: row[name] for name in OF_CHANGE if name in row}
        facts["short_name"] = facts.get("short_name") or row["name"][:60]
        if isinstance(row["parent"], Unit):
            facts["to_id"] = row["parent"].pk
        draft.parts[Change] = facts
        draft.facts["subject_unit_id"] = self._founded.get(row["code"]) or facts.get("to_id")
        return draft

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        """Bodies are founded before the units beneath them, each in the order of the days."""
        outcome = Outcome()
        codes = [row["code"] for row in rows]
        self._founded = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
        waiting = sorted(rows, key=lambda row: row["happened_on"])
        while waiting:
            ready = [row for row in waiting if self._parent_known(row)]
            if not ready:
                raise Refused(_("No body above them has a place in the tree: %s.") % waiting[0]["name"])
            saved = super().save(ready, by=by, batch=batch)
            outcome.created += saved.created
            outcome.updated += saved.updated
            outcome.unchanged += saved.unchanged
            carry_out_brought([self.key_of(row) for row in ready], by=by)
            _begin_terms(ready, by)
            waiting = [row for row in waiting if row not in ready]
        return outcome

    def _parent_known(self, row: Row) -> bool:
        """Puts the unit in place of a name that an earlier row has brought meanwhile."""
        parent = row["parent"]
        if isinstance(parent, Pending):
            parent = Unit.objects.filter(code=parent.text).first()
            if parent is None:
                return False
            row.values[row.heads.at["parent"]] = parent
        return True


def _begin_terms(rows: Sequence[Row], by: Any) -> None:
    units = Unit.objects.in_bulk([row["code"] for row in rows], field_name="code")
    papers = dict(
        UnitEvent.objects.filter(subject_unit__in=units.values(), change__isnull=False).values_list(
            "subject_unit__code", "number"
        )
    )
    begun = set(TreeStep.objects.filter(table="Unit", before__isnull=False).values_list("row", flat=True))
    for row in rows:
        unit, since, until = units.get(row["code"]), row["term_start"], row["term_end"]
        if unit and since and until and unit.pk not in begun and unit.term_end is None:
            first: dt.date = max(since, unit.founded_on)
            electing.begin_term(unit, since=first, ends_on=until, by=by, reference=papers.get(unit.code, ""))
