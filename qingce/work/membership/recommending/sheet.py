"""The sheet of recommendations (推优): into the League, and to the Party, judged by their guards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Choice, Date, Fault, Integer, Row, Text
from qingce.foundation.exchange.vocabulary import offered
from qingce.league.people.consenting import Given, guardian_columns, keep_consents
from qingce.league.people.purposes import consent_purpose
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase, Recommendation
from qingce.work.membership.procedure_sheet import ProcedureSheet, born_in, people_by_number
from qingce.work.membership.recommending.actions import (
    admitted_on,
    consenting,
    hindering,
    joined_on,
    members_of,
)
from qingce.work.membership.recommending.candidate import PARTY, PIONEER, Candidate
from qingce.work.membership.recommending.guards import judge
from qingce.work.membership.recommending.models import Aim

AIM_WORDS = {"入党积极分子": Aim.ACTIVIST, "发展对象": Aim.TARGET}
DAYS = {
    "proposed": "proposed_on",
    "voted": "voted_on",
    "examined": "examined_on",
    "recommended": "recommended_on",
    "admitted": "admitted_on",
    "confirmed": "confirmed_on",
    "sent_to_party": "sent_on",
    "accepted": "accepted_on",
    "expired": "expired_on",
}
TEXTS = ("squad", "brigade", "aim", "examined_by", "party_body")
ASKED = frozenset(one.name for one in fields(Candidate))
FACTS = (*TEXTS, "squad_teams", "squad_pioneers", "applied_on", "entitled", "present", "in_favour")


class RecommendationSheet(ProcedureSheet):
    code = "recommendations"
    label = gettext_lazy("Recommendations")
    order = 64
    waits_for = ("roster", "admissions")
    parts_of_kind = (PIONEER, PARTY)
    stage_columns = DAYS
    own = [
        Date("proposed_on", gettext_lazy("Proposed on"), synonyms=["提名日期"], required=True),
        Text("squad", gettext_lazy("Squad"), synonyms=["中队"], max_length=60),
        Integer("squad_teams", gettext_lazy("Teams of the squad"), synonyms=["中队小队数"], min=1, unit="个"),
        Integer(
            "squad_pioneers", gettext_lazy("Pioneers of the squad"), synonyms=["中队队员数"], min=1, unit="人"
        ),
        Text("brigade", gettext_lazy("Brigade"), synonyms=["大队"], max_length=60),
        Choice(
            "aim",
            gettext_lazy("Recommended as"),
            synonyms=["推荐为"],
            choices=lambda: offered(Aim, AIM_WORDS),
        ),
        Date("applied_on", gettext_lazy("Applied to the Party on"), synonyms=["入党申请日期"]),
        Date("voted_on", gettext_lazy("Vote on"), synonyms=["推优大会日期"]),
        Integer("entitled", gettext_lazy("Entitled to vote"), synonyms=["有表决权人数"], min=0, unit="人"),
        Integer("present", gettext_lazy("Present"), synonyms=["到会人数"], min=0, unit="人"),
        Integer("in_favour", gettext_lazy("In favour"), synonyms=["赞成票数"], min=0, unit="票"),
        Date("examined_on", gettext_lazy("Examined on"), synonyms=["审议日期"]),
        Text("examined_by", gettext_lazy("Examined by"), synonyms=["审议组织"], max_length=60),
        Date("recommended_on", gettext_lazy("Received on"), synonyms=["推荐日期"]),
        Date("admitted_on", gettext_lazy("Admitted on"), synonyms=["推优后入团日期"]),
        Date("confirmed_on", gettext_lazy("Confirmed above on"), synonyms=["上级确认日期"]),
        Date("sent_on", gettext_lazy("Sent to the Party on"), synonyms=["报党组织日期"]),
        Text("party_body", gettext_lazy("Party body"), synonyms=["党组织"], max_length=120),
        Date("accepted_on", gettext_lazy("Accepted on"), synonyms=["采纳日期"]),
        Date("expired_on", gettext_lazy("Expired on"), synonyms=["失效日期"]),
        *guardian_columns(),
    ]

    def part(self, row: Row) -> tuple[Any, dict[str, Any]]:
        told = {name: row[name] for name in FACTS if name in row}
        return Recommendation, {
            name: value if value is not None or name not in TEXTS else "" for name, value in told.items()
        }

    def judged(self, rows: Sequence[Row]) -> dict[int, list[Fault]]:
        people = people_by_number({row["id_number"] for row in rows})
        keys = {person.pk for person in people.values()}
        joined, admitted, consented = joined_on(keys), admitted_on(keys), consenting(keys)
        days = {row["proposed_on"] for row in rows}
        hindered = hindering(
            [(one.pk, row["proposed_on"]) for row in rows if (one := people.get(row["id_number"]))]
        )
        here: dict[tuple[int, int], set[str]] = {}
        for row in rows:
            if PARTY in self.kind_of(row).parts and row["state"] != State.VOID:
                here.setdefault((row["unit"].pk, row["proposed_on"].year), set()).add(row["id_number"])
        ends = {dt.date(day.year, 12, 31) for day in days}
        sizes = {day: members_of({row["unit"].pk for row in rows}, on=day) for day in ends}
        found = {}
        for row in rows:
            person = people.get(row["id_number"])
            key, year = (person.pk if person else 0), row["proposed_on"].year
            strange = _("not a member of the League on %s") % row["proposed_on"] if not person else ""
            # How many rounds there were is asked on the page, where another one can still be left out.
            candidate = Candidate(
                part=PARTY if PARTY in self.kind_of(row).parts else PIONEER,
                unit=row["unit"],
                born_on=born_in(row),
                steps=self.steps_of(row),
                consented=key in consented or bool(row["guardian_consent_on"] and row["guardian_name"]),
                joined_on=joined.get(key),
                admitted_on=admitted.get(key),
                hindered=hindered.get((key, row["proposed_on"]), strange),
                recommended_here=len(here.get((row["unit"].pk, year), ())),
                members_here=sizes[dt.date(year, 12, 31)].get(row["unit"].pk, 0),
                **{name: value for name, value in self.part(row)[1].items() if name in ASKED},
            )
            found[row.number] = self.faults_of(row, self._findings(candidate))
        return found

    def _findings(self, candidate: Candidate) -> list[Any]:
        """Each step held against those before it."""
        found: list[Any] = []
        taken: dict[str, dt.date] = {}
        for stage, on in candidate.steps.items():
            before = Candidate(**{**vars(candidate), "steps": dict(taken)})
            found += judge(before, stage, on=on)
            taken[stage] = on
        return found

    def save_own(self, pairs: Sequence[tuple[Row, MemberCase]], by: Any, batch: Any) -> None:
        given = [
            Given.by(row, case.person_id, consent_purpose(case.kind))
            for row, case in pairs
            if row["guardian_consent_on"] and row["guardian_name"]
        ]
        keep_consents(given, by=by, paper=_("Came with the sheet “%s”") % batch.file_name)
