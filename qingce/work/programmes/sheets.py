"""The sheets of applications and of payments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import (
    Choice,
    Date,
    Fault,
    IdNumber,
    Integer,
    Money,
    Name,
    Outcome,
    Pending,
    Reference,
    Row,
    Text,
)
from qingce.foundation.exchange.vocabulary import offered
from qingce.foundation.privacy.fields import digest
from qingce.league.people.consenting import (
    Given,
    consent_faults,
    digests_by_consent,
    guardian_columns,
    keep_consents,
)
from qingce.league.people.models import Sex
from qingce.league.people.purposes import consent_purpose
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records.belonging import BelongingSheet, record_column
from qingce.ledger.records.bringing import Draft
from qingce.ledger.records.sheets import Look, Part, RecordSheet, Somebody, word_column
from qingce.work.programmes.models import Application, Payment, Placement, Tier, Verdict

SEX_WORDS = {"男": Sex.MALE, "女": Sex.FEMALE}
TIER_WORDS = {
    "国家级": Tier.NATIONAL,
    "全国": Tier.NATIONAL,
    "省级": Tier.PROVINCIAL,
    "市级": Tier.CITY,
    "县级": Tier.COUNTY,
    "区级": Tier.COUNTY,
    "区县级": Tier.COUNTY,
}
RESULT_WORDS = {
    "计划": Payment.Result.PLANNED,
    "已发放": Payment.Result.PAID,
    "退回": Payment.Result.RETURNED,
}
NEEDED = {"applicant_person": "person_name", "applicant_unit": "subject_unit", "site": "site"}


class ApplicationSheet(RecordSheet):
    code = "applications"
    label = gettext_lazy("Programmes and honours")
    order = 60
    family = "programmes"
    steps = True
    title = Text(
        "title",
        gettext_lazy("Programme or honour"),
        synonyms=["名称", "项目名称", "荣誉名称"],
        required=True,
        max_length=160,
    )
    own = [
        Name("person_name", gettext_lazy("Name of the person"), synonyms=["姓名"]),
        IdNumber("id_number", gettext_lazy("ID number"), synonyms=["身份证号", "身份证号码"]),
        Choice("sex", gettext_lazy("Sex"), synonyms=["性别"], choices=lambda: offered(Sex, SEX_WORDS)),
        Date("born_on", gettext_lazy("Date of birth"), synonyms=["出生日期"]),
        Reference(
            "subject_unit",
            gettext_lazy("Code of the unit concerned"),
            resolve="units",
            synonyms=["对象组织编码", "对象组织"],
        ),
        Reference("site", gettext_lazy("Site code"), resolve="sites", synonyms=["阵地编号"]),
        Choice(
            "tier",
            gettext_lazy("Level of the award"),
            synonyms=["级别"],
            choices=lambda: offered(Tier, TIER_WORDS),
        ),
        Text("document_number", gettext_lazy("Document number"), synonyms=["文号"], max_length=80),
        Date("valid_until", gettext_lazy("Valid until"), synonyms=["有效期至"]),
        Text("host", gettext_lazy("Host of the student"), synonyms=["接收单位"], max_length=80),
        Text("post", gettext_lazy("Job"), synonyms=["岗位"], max_length=60),
        Text("school", gettext_lazy("School of the student"), synonyms=["学校"], max_length=80),
        word_column("season", gettext_lazy("Holiday"), "season", "假期"),
        Date("began_on", gettext_lazy("On duty from"), synonyms=["上岗日期"]),
        Date("left_on", gettext_lazy("On duty until"), synonyms=["离岗日期"]),
        Text("evaluation", gettext_lazy("Evaluation by the host"), synonyms=["实习鉴定"], max_length=40),
        Text("result", gettext_lazy("Grade awarded"), synonyms=["等次"], max_length=20),
        Integer("rank", gettext_lazy("Rank awarded"), synonyms=["位次"], min=1, max=9999),
        Text("listed", gettext_lazy("List published"), synonyms=["榜单"], max_length=20),
        *guardian_columns(),
    ]
    facts = {"tier": "tier", "document_number": "document_number", "valid_until": "valid_until"}
    people = {"person_id": Somebody("person_name", "id_number", "born_on", "sex")}
    parts = [
        Part(
            Placement,
            "placement",
            "host",
            {
                "host": "host",
                "post": "post",
                "school": "school",
                "season": "season",
                "began_on": "began_on",
                "left_on": "ended_on",
                "evaluation": "evaluation",
            },
        ),
        Part(
            Verdict,
            "verdict",
            "result",
            {"result": "grade", "rank": "rank", "listed": "listed"},
            or_when=("rank", "listed"),
        ),
    ]

    def own_look(self, rows: Sequence[Row]) -> Any:
        """Waiting names and consents in force, by purpose."""
        digests = {digest(row["id_number"]) for row in rows if row["id_number"]}
        asked = {consent_purpose(self.kind_of(row).code).code for row in rows}
        return {purpose: digests_by_consent(digests, purpose) for purpose in asked}

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        outcome = super().save(rows, by=by, batch=batch)
        keep_consents(self._consents(rows), by=by, paper=_("Came with the sheet “%s”") % batch.file_name)
        return outcome

    def _consents(self, rows: Sequence[Row]) -> list[Given]:
        told = [row for row in rows if row["guardian_consent_on"] and row["guardian_name"]]
        keys = [self.key_of(row) for row in told]
        entered = Application.objects.filter(source_key__in=keys).values_list("kind", "source_key", "person")
        persons = {(kind, key): person for kind, key, person in entered}
        return [
            Given.by(row, person, consent_purpose(row["kind"]))
            for row, key in zip(told, keys, strict=True)
            if (person := persons.get((row["kind"], key)))
        ]

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        withdrawn, agreed = look.own[consent_purpose(kind.code).code]
        faults = consent_faults(row, on=row["happened_on"], withdrawn=withdrawn, agreed=agreed)
        yield from (Fault(*fault) for fault in faults)
        for part, column in NEEDED.items():
            if part in kind.parts and not row[column]:
                yield Fault(
                    column,
                    _("“%(kind)s” needs “%(column)s”; fill it in.")
                    % {"kind": kind, "column": self.column(column).label},
                )
        if row["host"] and "placement" in kind.parts:
            yield from _duty_faults(row)

    def draft(self, row: Row) -> Draft:
        draft = super().draft(row)
        if row["subject_unit"]:
            draft.facts["subject_unit_id"] = row["subject_unit"].pk
        if row["site"]:
            draft.facts["site_id"] = row["site"]
        return draft


def _duty_faults(row: Row) -> Iterator[Fault]:
    if row["began_on"] is None:
        yield Fault("began_on", _("Enter the first day on duty."))
    elif row["left_on"] and row["left_on"] < row["began_on"]:
        yield Fault("left_on", _("The last day on duty is before the first; check both days."))


class PaymentSheet(BelongingSheet):
    code = "payments"
    label = gettext_lazy("Payments")
    order = 75
    family = "programmes"
    part = "payments"
    model = Payment
    owner = "application"
    natural = ("batch_number", "paid_on")
    facts = {
        "amount": "amount",
        "paid_on": "paid_on",
        "batch_number": "batch_number",
        "result": "result",
    }
    columns = [
        record_column("records.programmes", gettext_lazy("Own number"), "登记号", "台账编号"),
        Money(
            "amount", gettext_lazy("Amount (yuan)"), synonyms=["金额（元）", "金额"], min=0.01, required=True
        ),
        Date("paid_on", gettext_lazy("Paid on"), synonyms=["发放日期"], required=True),
        Text(
            "batch_number",
            gettext_lazy("Payment batch"),
            synonyms=["批次", "发放批次"],
            code=True,
            max_length=40,
        ),
        Choice(
            "result",
            gettext_lazy("Bank result"),
            synonyms=["银行结果"],
            choices=lambda: offered(Payment.Result, RESULT_WORDS),
            required=True,
        ),
    ]

    def own_faults(self, row: Row, today: dt.date) -> Iterator[Fault]:
        if isinstance(row["record"], Pending):
            return
        if row["result"] != Payment.Result.PLANNED and row["paid_on"] > today:
            yield Fault("paid_on", _("The day lies in the future, so the bank cannot have answered."))


SHEETS = [ApplicationSheet, PaymentSheet]
