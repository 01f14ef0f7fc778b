"""Promise 3: no form asks for what the system holds.

Readers walk from the first page by its links; what stands in the forms they meet, as the browser would
show it, is held against the facts that the system knows by itself. So are the sheets of spreadsheets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django import forms
from django.db import transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from lxml import html
from pytest_django import DjangoDbBlocker

from qingce.foundation.accounts.models import User
from qingce.foundation.exchange.columns import IdNumber
from qingce.foundation.exchange.sheets import Sheet, sheets
from qingce.league.organisations.fields import UnitField
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.actions import submit
from qingce.ledger.records.forms import EvidenceForm
from qingce.ledger.records.models import Issue
from qingce.work.activities.actions import record_activity
from qingce.work.activities.coverage import answered_by_hand
from qingce.work.activities.forms import ActivityForm, AnswerForm
from qingce.work.activities.sheets import ReturnSheet
from tests.full_year import FullYear, full_year

OF_EACH_ROUTE = 4  # pages looked at
# Readers, and the pages with forms that the walk must have come to.
ASKING = {
    "secretary": {"record-correction", "record-voiding", "activity-new", "import-upload", "figure-statement"},
    "staff": {"record-return", "record-evidence", "activity-new", "import-upload", "tokens"},
    "street officer": {"record-return", "record-evidence", "activity-new"},
    "branch secretary": {"record-evidence", "activity-new", "issue-answer"},
}
READERS = list(ASKING)
OF_ONE_UNIT = "branch secretary"  # whose only post is at a branch
BUTTONS = {"hidden", "submit", "button", "reset"}
FOUNDING = "unit-founding"  # of a unit that is not there yet nothing is known
DAY = re.compile(r"(^|_)(on|date|day)$")


@dataclass(frozen=True)
class Known:
    """Something the system knows by itself, the names of fields that would ask for it, and the labels."""

    what: str
    names: frozenset[str]
    labels: frozenset[str]
    beside: str = ""  # known only where the form asks this too: a pattern of names
    on: str = ""  # known only on pages of this route
    unless: str = ""  # not known on pages of this route


def known(what: str, names: str, labels: str, **where: str) -> Known:
    return Known(what, frozenset(names.split()), frozenset(labels.split()), **where)


KNOWN = [
    known("who records it", "recorded_by entered_by recorder by", "填报人 填表人 录入人 登记人"),
    known("when it is recorded", "entered_at entered_on recorded_on", "填报日期 填报时间 录入日期 登记日期"),
    known("its number", "number record_number", "编号 台账编号"),
    known("its year", "year", "年度 年份", beside=DAY.pattern),
    known("its state", "state", "状态"),
    known(
        "how many members the unit has",
        "members member_count headcount",
        "团员数 团员人数 支部人数",
        unless=FOUNDING,
    ),
    known("how many are due", "expected", "应到人数 应参加人数", on="issue-answer"),
    known("the body above", "parent parent_unit above", "上级组织 上级团组织 所属团委"),
    known("the officers of the unit", "unit_secretary secretary_name", "支部书记 书记姓名"),
    known("the field of the unit", "domain unit_kind", "领域 所属领域 组织类别", unless=FOUNDING),
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
    there = fact.on in ("", route) and (not fact.unless or fact.unless != route)
    return there and (not fact.beside or any(re.search(fact.beside, name) for name in names))


@pytest.fixture(scope="module")
def year(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FullYear]:
    """A year with something waiting at every door: a draft, a submitted record, an issue to answer."""
    folder = tmp_path_factory.mktemp("asked")
    with override_settings(DATA=folder, MEDIA_ROOT=folder), django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield _waiting(full_year())
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


def _waiting(year: FullYear) -> FullYear:
    by = year.users["branch secretary"]
    today = timezone.localdate()
    kind = next(kind for kind in taxonomy().family("activities") if kind.short_form)
    for handed_up in (False, True):
        record = record_activity(kind=kind.code, unit=year.branch, happened_on=today, today=today, by=by)
        if handed_up:
            submit(record, by=by)
    Issue.objects.create(
        series=answered_by_hand()[0],
        year=today.year,
        number=9,
        title="某期",
        issued_by=year.district,
        opens_on=today,
    )
    return year


@dataclass(frozen=True)
class Page:
    route: str
    address: str
    text: str


def crawled(reader: User, *starts: str) -> Iterator[Page]:
    """The pages that a reader comes to by links from the first page on, a few of every route."""
    client = Client(raise_request_exception=False)
    client.force_login(reader)
    waiting, met, often = list(starts or ["/"]), set(), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        route = _route(address)
        if address in met or not route or often[route] >= OF_EACH_ROUTE:
            continue
        met.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        often[route] += 1
        page = Page(route, address, answer.content.decode())
        yield page
        links = html.fromstring(page.text).xpath("//a/@href|//@hx-get")
        waiting += [urljoin(address, link).partition("#")[0] for link in links if not link.startswith("http")]


def _route(address: str) -> str:
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return "" if found.namespaces else str(found.url_name)


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
def test_no_page_asks_for_what_the_system_holds(year: FullYear, reader: str) -> None:
    found, routes = {}, set()
    for page in crawled(year.users[reader]):
        for form in asked_in(page.text):
            if form:
                routes.add(page.route)
            if again := asked_again(form, route=page.route, of_one_unit=reader == OF_ONE_UNIT):
                found[page.address] = again
    assert found == {}
    assert routes >= ASKING[reader]


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
    ("start", "form", "name", "wrong"),
    [
        ("/issues/", AnswerForm, "note", forms.IntegerField(label="团员人数")),
        ("/issues/", AnswerForm, "note", forms.IntegerField(label="应到人数")),
        ("/activities/new/", ActivityForm, "venue", UnitField(label="所在支部")),
        ("/activities/new/", ActivityForm, "note", forms.IntegerField(label="年度")),
        ("/ledger/?state=draft", EvidenceForm, "number", forms.CharField(label="哪一条")),
        ("/ledger/?state=draft", EvidenceForm, "recorded_by", forms.CharField(label="您是")),
    ],
)
def test_a_form_that_asks_again_is_caught(
    year: FullYear,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
    form: type[forms.Form],
    name: str,
    wrong: forms.Field,
) -> None:
    monkeypatch.setitem(form.base_fields, name, wrong)  # type: ignore[attr-defined]
    pages = crawled(year.users[OF_ONE_UNIT], start)
    assert any(
        asked_again(sent, route=page.route, of_one_unit=True)
        for page in pages
        for sent in asked_in(page.text)
    )


def test_a_sheet_that_asks_again_is_caught() -> None:
    assert asked_again([Asked("expected", "应参加人数")], route="issue-answer")
    assert asked_again([Asked("id_number", "身份证号"), Asked("sex", "性别")])
    assert not asked_again([Asked("sex", "性别")])
