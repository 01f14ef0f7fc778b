"""The sheet of membership cases: admission, recommendation, transfer, registration, leaving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.dates import age
from qingce.foundation.exchange import Choice, Date, Fault, IdNumber, Name, Reference, Row, Text
from qingce.foundation.exchange.saving import chunks
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.privacy.fields import digest
from qingce.league.organisations.numbers import number_problem
from qingce.league.people.matching import birth_in
from qingce.league.people.models import Sex
from qingce.league.rules import ruling
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records.bringing import Draft
from qingce.ledger.records.models import State
from qingce.ledger.records.sheets import Look, Somebody
from qingce.work.membership.discipline.sheet import COLUMNS as MATTER_COLUMNS
from qingce.work.membership.models import Grade, MemberCase
from qingce.work.membership.moves_sheet import MovesSheet
from qingce.work.membership.reviews.sheet import GRADE_WORDS

GUARDED = ""  # beside the numbers: the keys of cases that this sheet does not bring
SEX_WORDS = {"男": Sex.MALE, "女": Sex.FEMALE}


class MemberCaseSheet(MovesSheet):
    code = "member_cases"
    label = gettext_lazy("Membership cases")
    order = 60
    family = "membership"
    steps = True
    title = Name("title", gettext_lazy("Name"), synonyms=["姓名"], required=True)
    own = [
        IdNumber(
            "id_number",
            gettext_lazy("ID number"),
            synonyms=["身份证号", "身份证号码"],
            required=True,
        ),
        Choice("sex", gettext_lazy("Sex"), synonyms=["性别"], choices=lambda: offered(Sex, SEX_WORDS)),
        Date("born_on", gettext_lazy("Date of birth"), synonyms=["出生日期"]),
        Reference(
            "to_unit",
            gettext_lazy("Code of the receiving unit"),
            resolve="units",
            synonyms=["转入组织编码", "转入组织"],
        ),
        Text(
            "development_number",
            gettext_lazy("Development number"),
            synonyms=["发展团员编号"],
            code=True,
            max_length=16,
        ),
        Text("document_number", gettext_lazy("Document number"), synonyms=["文号"], max_length=80),
        Text("reason", gettext_lazy("Reason of the case"), synonyms=["原因"], max_length=80),
        Choice(
            "review_grade",
            gettext_lazy("Grade of the review"),
            synonyms=["评议等次", "等次"],
            choices=lambda: offered(Grade, GRADE_WORDS),
        ),
        *MATTER_COLUMNS,
    ]
    facts = {
        "development_number": "development_number",
        "document_number": "document_number",
        "reason": "reason",
    }
    people = {"person_id": Somebody("title", "id_number", "born_on", "sex")}

    def title_of(self, row: Row) -> str:
        return f"{row['title']} {self.kind_of(row).label}"

    def own_look(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Who holds the development numbers of the file already: number → digest of the ID number."""
        numbers = {row["development_number"] for row in rows if row["development_number"]}
        holders: dict[str, str] = {}
        for some in chunks(sorted(numbers)):
            held = MemberCase.objects.filter(development_number__in=some).exclude(state=State.VOID)
            holders.update(held.values_list("development_number", "person__id_digest"))
        return {**holders, GUARDED: guarded_keys([self.key_of(row) for row in rows])}

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        if self.key_of(row) in look.own[GUARDED]:
            yield Fault(
                self.key_column(row),
                _("This case is carried on step by step; bring it by its own sheet, or on its page."),
            )
        number, day = row["development_number"], row["happened_on"]
        if number and look.own.setdefault(number, digest(row["id_number"])) != digest(row["id_number"]):
            yield Fault(
                "development_number",
                _("Somebody else has this development number; each belongs to one member."),
            )
        if "development_number" not in kind.parts:
            return
        least = ruling("admission_age_least", on=day)
        if not least.allows(age(birth_in(row["id_number"]), on=day)):
            said = _("Nobody under 14 is admitted; check the day and the ID number.")
            yield Fault("happened_on", least.refusal(said))
        if number and (problem := number_problem(number, day)):
            yield Fault("development_number", problem, stops=False)

    def draft(self, row: Row) -> Draft:
        draft = super().draft(row)
        if row["to_unit"]:
            draft.facts["to_unit_id"] = row["to_unit"].pk
        return draft


def guarded_keys(keys: Sequence[str]) -> set[str]:
    """The keys among these of cases whose steps have guards of their own."""
    found: set[str] = set()
    for some in chunks(sorted(set(keys))):
        cases = MemberCase.objects.filter(source_key__in=some).filter(
            Q(admission__isnull=False) | Q(recommendation__isnull=False)
        )
        found.update(cases.values_list("source_key", flat=True))
    return found


SHEETS = [MemberCaseSheet]
