from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from qingce.foundation.accounts.models import User
from qingce.league.organisations.models import Post, Unit
from qingce.league.organisations.tests.books import (
    book,
    counts,
    id_number,
    imported,
    refusals,
    small_county,
)
from qingce.league.people.models import Person
from qingce.ledger.records.models import Correction
from qingce.work.cases.models import Case, Contact, Step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def case(number: str = "A-1", **changes: Any) -> dict[str, Any]:
    return {
        "登记号": number,
        "类别": "12355服务台个案",
        "名称": "来电人甲",
        "组织编码": "demo",
        "日期": "2023-04-01",
        "诉求类别": "心理",
        "内容": "与同学相处的困扰",
        **changes,
    }


def test_what_was_said_is_kept_sealed(tmp_path: Path) -> None:
    assert counts(imported(book(tmp_path, 事项=[case()]))) == (1, 0, 0)
    assert counts(imported(book(tmp_path, 事项=[case()]))) == (0, 0, 1)

    kept = Case.objects.get()
    assert kept.sealed_text.reveal() == "与同学相处的困扰"
    assert "困扰" not in str(kept.sealed_text)
    assert [tag.word for tag in kept.tags.all()] == ["psychological"]


def test_a_correction_of_sealed_text_never_quotes_it(tmp_path: Path) -> None:
    lin = User.objects.create_user("lin", name="林书记")
    person = Person.objects.create(name="林书记", user=lin)
    demo = Unit.objects.get(code="demo")
    Post.objects.create(person=person, unit=demo, role="district_secretary", since=dt.date(2020, 1, 1))
    imported(book(tmp_path, 事项=[case()]))

    imported(book(tmp_path, 事项=[case(内容="与家人相处的困扰")]), by=lin)

    correction = Correction.objects.get()
    assert correction.field == "sealed_text"
    assert "困扰" not in correction.before + correction.after
    assert Case.objects.get().sealed_text.reveal() == "与家人相处的困扰"


@pytest.mark.parametrize("title", ["来电人13800001111", f"求助者{id_number()}"])
def test_the_title_of_a_confidential_case_is_an_alias(tmp_path: Path, title: str) -> None:
    [sentence] = refusals(book(tmp_path, 事项=[case(名称=title)]))

    assert "is an alias" in sentence


def test_a_pairing_comes_with_its_contacts_and_steps(tmp_path: Path) -> None:
    pairing = case(
        "J-1",
        类别="结对帮扶困难毕业生",
        帮扶对象姓名="王小雨",
        帮扶对象身份证号=id_number("20000101", 2),
        帮扶人姓名="林书记",
        帮扶人身份证号=id_number("19900101", 1),
    )
    contacts = [
        {"登记号": "J-1", "日期": "2023-05-01", "方式": "走访", "内容": "看望"},
        {"登记号": "J-1", "日期": "2023-05-01", "方式": "走访", "内容": "再次看望"},
    ]
    steps = [
        {"登记号": "J-1", "进展": stage, "日期": day}
        for stage, day in [("已受理", "2023-04-01"), ("已办结", "2023-07-01")]
    ]
    path = book(tmp_path, 帮扶联系=contacts, 进展=steps, 事项=[pairing])

    assert counts(imported(path)) == (5, 0, 0)
    assert counts(imported(path)) == (0, 0, 5)

    kept = Case.objects.get()
    assert (kept.person.name, kept.helper.name, kept.stage) == ("王小雨", "林书记", "closed")
    assert Contact.objects.count() == 2
    assert Step.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"类别": "微心愿"}, "“Small wish” needs the person helped"),
        ({"办理期限": "2023-03-01"}, "The deadline is before the day of the case"),
    ],
)
def test_a_faulty_case_is_refused_with_its_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    assert any(sentence in one for one in refusals(book(tmp_path, 事项=[case(**change)])))
    assert not Case.objects.exists()
