"""The sheets of cases and of contacts with the persons helped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Date, Fault, IdNumber, Name, Row, Text
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records.belonging import BelongingSheet, record_column
from qingce.ledger.records.sheets import Look, RecordSheet, Somebody, word_column, words_column
from qingce.work.cases.models import Contact


class CaseSheet(RecordSheet):
    code = "cases"
    label = gettext_lazy("Cases")
    order = 60
    family = "cases"
    steps = True
    title = Text(
        "title",
        gettext_lazy("Name or alias"),
        synonyms=["名称", "事项名称", "化名"],
        required=True,
        max_length=160,
    )
    own = [
        Name("person_name", gettext_lazy("Person helped"), synonyms=["帮扶对象姓名"]),
        IdNumber(
            "person_id_number", gettext_lazy("ID number of the person helped"), synonyms=["帮扶对象身份证号"]
        ),
        Name("helper_name", gettext_lazy("Helper"), synonyms=["帮扶人姓名"]),
        IdNumber("helper_id_number", gettext_lazy("ID number of the helper"), synonyms=["帮扶人身份证号"]),
        Date("due_on", gettext_lazy("Deadline"), synonyms=["办理期限"]),
        Text("handler", gettext_lazy("Handled by"), synonyms=["办理单位"], max_length=80),
        Text("outcome", gettext_lazy("Outcome"), synonyms=["办理结果"], max_length=120),
        words_column(
            "inspection_source",
            gettext_lazy("Source of inspection"),
            "inspection_source",
            "督导来源",
        ),
        words_column("case_sort", gettext_lazy("Sort of case"), "case_sort", "诉求类别"),
        words_column("opinion_field", gettext_lazy("Field of opinion"), "opinion_field", "意见领域"),
        Text(
            "sealed_text",
            gettext_lazy("What was said"),
            synonyms=["内容", "诉求内容"],
            multiline=True,
            max_length=5000,
            note=gettext_lazy("Kept sealed; only the desk of the case reads it."),
        ),
    ]
    facts = {
        "due_on": "due_on",
        "handler": "handler",
        "outcome": "outcome",
        "sealed_text": "sealed_text",
    }
    facets = {name: name for name in ("inspection_source", "case_sort", "opinion_field")}
    people = {
        "person_id": Somebody("person_name", "person_id_number"),
        "helper_id": Somebody("helper_name", "helper_id_number"),
    }

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        if row["due_on"] and row["due_on"] < row["happened_on"]:
            yield Fault("due_on", _("The deadline is before the day of the case; check both days."))
        if "person_helped" in kind.parts and not row["person_name"]:
            yield Fault("person_name", _("“%s” needs the person helped; fill in the name.") % kind)


class ContactSheet(BelongingSheet):
    code = "contacts"
    label = gettext_lazy("Contacts of helpers")
    order = 75
    family = "cases"
    part = "contacts"
    model = Contact
    owner = "case"
    natural = ("on", "form")
    facts = {"on": "on", "form": "form", "note": "note"}
    columns = [
        record_column("records.cases", gettext_lazy("Own number"), "登记号", "台账编号"),
        Date("on", gettext_lazy("Date"), synonyms=["日期", "联系日期"], required=True),
        word_column(
            "form", gettext_lazy("Form of contact"), "contact_form", "方式", "联系方式", required=True
        ),
        Text(
            "note",
            gettext_lazy("What the contact was about"),
            synonyms=["内容", "联系内容"],
            multiline=True,
            max_length=200,
        ),
    ]

    def own_faults(self, row: Row, today: dt.date) -> Iterator[Fault]:
        if row["on"] > today:
            yield Fault("on", _("The day lies in the future; a contact is recorded afterwards."))


SHEETS = [CaseSheet, ContactSheet]
