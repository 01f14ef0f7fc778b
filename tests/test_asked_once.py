"""Promise 3: no form asks for what the system holds.

Every page of every reader is opened as in the walk of access; what stands in its forms, as the
browser would show it, is held against the facts that the system knows by itself. So are the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.test import Client
from lxml import html
from pytest_django import DjangoDbBlocker

from qingce.foundation.exchange.columns import IdNumber
from qingce.foundation.exchange.sheets import Sheet, sheets
from qingce.league.organisations.fields import UnitField
from qingce.ledger.records.forms import EvidenceForm, ReasonForm
from qingce.work.activities.forms import ActivityForm, AnswerForm
from qingce.work.activities.sheets import ReturnSheet
from tests.test_access_walk import ground  # noqa: F401
from tests.walk.doors import Door, page_doors
from tests.walk.ground import Ground

pytestmark = pytest.mark.xdist_group("access_walk")

READERS = ("secretary", "staff", "counsellor", "street officer", "branch secretary")
OF_ONE_UNIT = "branch secretary"  # whose only post is at a branch
BUTTONS = {"hidden", "submit", "button", "reset"}
DAY = re.compile(r"(^|_)(on|date|day)$")


@dataclass(frozen=True)
class Known:
    """Something the system knows by itself, the names of fields that would ask for it, and the labels."""

    what: str
    names: frozenset[str]
    labels: frozenset[str]
    beside: str = ""  # known only where the form asks this too: a pattern of names
    on: str = ""  # known only on pages of this route


def known(what: str, names: str, labels: str, **where: str) -> Known:
    return Known(what, frozenset(names.split()), frozenset(labels.split()), **where)


KNOWN = [
    known("who records it", "recorded_by entered_by recorder by", "填报人 填表人 录入人 登记人"),
    known("when it is recorded", "entered_at entered_on recorded_on", "填报日期 填报时间 录入日期 登记日期"),
    known("its number", "number record_number", "编号 台账编号"),
    known("its year", "year", "年度 年份", beside=DAY.pattern),
    known("its state", "state", "状态"),
    known("how many members the unit has", "members member_count headcount", "团员数 团员人数 支部人数"),
    known("how many are due", "expected", "应到人数 应参加人数", on="issue-answer"),
    known("the body above", "parent parent_unit above", "上级组织 上级团组织 所属团委"),
    known("the officers of the unit", "unit_secretary secretary_name", "支部书记 书记姓名"),
    known("the field of the unit", "domain unit_kind", "领域 所属领域 组织类别"),
    known("sex and age", "sex gender age born_on", "性别 年龄 出生日期", beside="id_number"),
    known("the issue", "issue series issue_number", "期号 期次 系列", on="issue-answer"),
    known("the unit", "unit branch", "组织 支部 所在支部", on="issue-answer"),
]
THE_UNIT = known("the only unit", "unit branch", "组织 支部 所在支部")


@dataclass(frozen=True)
class Asked:
    """One control that a reader would see in a form that is sent."""

    name: str
    label: str


def asked_in(page: str) -> Iterator[list[Asked]]:
    """For each form of the page that is sent, what it asks."""
    for form in html.fromstring(page).xpath("//form[translate(@method,'POST','post')='post']"):
        yield [one for one in map(_asked, form.xpath(".//input|.//select|.//textarea")) if one]


def _asked(control: Any) -> Asked | None:
    if control.get("type") in BUTTONS or not control.get("name") or control.get("disabled") is not None:
        return None
    marked = control.xpath(f"ancestor::form//label[@for='{control.get('id')}']") if control.get("id") else []
    said = marked[0].text if marked else control.get("aria-label") or control.get("placeholder")
    return Asked(control.get("name"), (said or "").strip())


def asked_again(form: list[Asked], *, route: str = "", of_one_unit: bool = False) -> list[str]:
    """What the form asks although it is known: the fact, and the field."""
    names = [one.name for one in form]
    facts = [one for one in KNOWN if _is_known(one, names, route)]
    if of_one_unit:
        facts.append(THE_UNIT)
    return [
        f"{fact.what}: {one.name} “{one.label}”"
        for fact in facts
        for one in form
        if one.name in fact.names or one.label in fact.labels
    ]


def _is_known(fact: Known, names: list[str], route: str) -> bool:
    there = not fact.on or fact.on == route
    return there and (not fact.beside or any(re.search(fact.beside, name) for name in names))


@pytest.fixture(scope="module")
def doors(ground: Ground, django_db_blocker: DjangoDbBlocker) -> list[Door]:  # noqa: F811
    with django_db_blocker.unblock():
        return list(page_doors(ground))


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
def test_no_page_asks_for_what_the_system_holds(
    ground: Ground,  # noqa: F811
    doors: list[Door],
    reader: str,
) -> None:
    found, forms_seen = {}, 0
    for door in doors:
        for form in asked_in(_opened(ground, reader, door)):
            forms_seen += bool(form)
            if again := asked_again(form, route=door.name, of_one_unit=reader == OF_ONE_UNIT):
                found[f"{door.name} {door.address}"] = again
    assert found == {}
    assert forms_seen


def _opened(ground: Ground, reader: str, door: Door) -> str:  # noqa: F811
    client = Client(raise_request_exception=False)
    client.force_login(ground.year.users[reader])
    answer = client.get(door.address)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.content.decode() if is_page and answer.content.strip() else "<p>"


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.code)
def test_no_sheet_demands_beside_an_id_number_what_the_number_says(sheet: Sheet) -> None:
    demanded = {column.name for column in sheet.columns if column.required}
    has_number = any(isinstance(column, IdNumber) for column in sheet.columns)
    assert not (has_number and demanded & {"sex", "born_on", "age"})


def test_the_sheet_of_branches_names_its_issue_and_asks_no_more_than_the_branch_knows() -> None:
    """Series, year, number and unit say which issue is answered by whom; the rest is told."""
    sheet = ReturnSheet()
    naming = {"series", "year", "number", "unit"}
    told = [Asked(one.name, str(one.label)) for one in sheet.columns if one.asked and one.name not in naming]
    assert asked_again(told, route="issue-answer", of_one_unit=True) == []


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.code)
def test_no_sheet_asks_who_records_or_when(sheet: Sheet) -> None:
    every = [Asked(one.name, str(one.label)) for one in sheet.columns]
    recorded = KNOWN[:2]
    assert [
        one for one in every for fact in recorded if one.name in fact.names or one.label in fact.labels
    ] == []


# The walk itself is put to the test: forms that do ask again are found.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("route", "form", "name", "wrong"),
    [
        ("issue-answer", AnswerForm, "note", forms.IntegerField(label="团员人数")),
        ("issue-answer", AnswerForm, "note", forms.IntegerField(label="应到人数")),
        ("activity-new", ActivityForm, "venue", UnitField(label="所在支部")),
        ("activity-new", ActivityForm, "note", forms.IntegerField(label="年度")),
        ("record-return", ReasonForm, "recorded_by", forms.CharField(label="您是")),
        ("record-evidence", EvidenceForm, "number", forms.CharField(label="哪一条")),
    ],
)
def test_a_form_that_asks_again_is_caught(
    ground: Ground,  # noqa: F811
    doors: list[Door],
    monkeypatch: pytest.MonkeyPatch,
    route: str,
    form: type[forms.Form],
    name: str,
    wrong: forms.Field,
) -> None:
    monkeypatch.setitem(form.base_fields, name, wrong)  # type: ignore[attr-defined]
    reader = "street officer" if route == "record-return" else OF_ONE_UNIT
    pages = [_opened(ground, reader, door) for door in doors if door.name == route]
    sent = [form for page in pages for form in asked_in(page)]
    assert any(asked_again(one, route=route, of_one_unit=reader == OF_ONE_UNIT) for one in sent)


def test_a_sheet_that_asks_again_is_caught() -> None:
    assert asked_again([Asked("expected", "应参加人数")], route="issue-answer")
    assert asked_again([Asked("id_number", "身份证号"), Asked("sex", "性别")])
    assert not asked_again([Asked("sex", "性别")])
