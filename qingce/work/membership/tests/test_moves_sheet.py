"""Transfers, registrations and leavings by spreadsheet are asked by the guards of the verbs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from qingce.foundation.privacy.fields import digest
from qingce.league.organisations.models import Membership, Unit
from qingce.league.organisations.tests.books import book, id_number, imported, refusals, remarks, small_county
from qingce.league.people.models import Person
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def row(
    kind: str, number: str = "TY-1", serial: int = 1, born: str = "20040504", **cells: Any
) -> dict[str, Any]:
    told = {"登记号": number, "类别": kind, "姓名": f"张小{serial}", "身份证号": id_number(born, serial)}
    return {**told, "组织编码": "X1B1", "日期": "2023-09-04", **cells}


def stayed(row: dict[str, Any], *, at: str = "X1B1", until: dt.date | None = None) -> Membership:
    """The register knows the person of this row as a member of a branch."""
    person = Person.objects.create(
        name=row["姓名"], id_number=row["身份证号"], id_digest=digest(row["身份证号"])
    )
    since = dt.date(2021, 9, 1)
    return Membership.objects.create(person=person, unit=Unit.objects.get(code=at), since=since, until=until)


TRANSFER = {"转入组织编码": "X1B2", "原因": "升学"}


def test_a_transfer_keeps_why_and_where_to(tmp_path: Path) -> None:
    imported(book(tmp_path, 团员管理=[row("团组织关系转接", **TRANSFER)]))
    kept = MemberCase.objects.select_related("transfer__branch").get()
    assert (kept.transfer.cause, kept.transfer.goal) == ("further_study", "new_school")
    assert (kept.transfer.direction, kept.transfer.branch.code) == ("within", "X1B2")


@pytest.mark.parametrize(
    ("cells", "at", "remark"),
    [
        (TRANSFER, "X1B1", ""),
        ({**TRANSFER, "原因": "想走"}, "X1B1", "not a reason of the catalogue"),
        (TRANSFER, "X1B2", "belongs to"),
    ],
)
def test_a_doubtful_transfer_is_remarked_on_and_comes_in(
    tmp_path: Path, cells: dict[str, Any], at: str, remark: str
) -> None:
    told = row("团组织关系转接", **cells)
    stayed(told, at=at)
    said = " ".join(remarks(book(tmp_path, 团员管理=[told])))
    assert (remark in said) if remark else "transfer" not in said
    imported(book(tmp_path, 团员管理=[told]))
    assert MemberCase.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (row("团组织关系转接", 转入组织编码="X1B1", 原因="升学"), "cannot be transferred"),
        (row("超龄离团", born="19950905"), "27 years old"),
        (row("年度团籍注册", 评议等次="不合格", 进展="已批准"), "is not registered"),
        (row("年度团籍注册", 评议等次="未参加评议", 进展="已批准"), "is not registered"),
        (row("年度团籍注册", 评议等次="优秀", 进展="已批准"), "graded excellent"),  # one of one
        (row("年度团籍注册", 评议等次="很好", 进展="已批准"), "很好"),
    ],
)
def test_what_cannot_be_true_is_refused(tmp_path: Path, told: dict[str, Any], sentence: str) -> None:
    assert any(sentence in one for one in refusals(book(tmp_path, 团员管理=[told])))
    assert not MemberCase.objects.exists()


@pytest.mark.parametrize(
    ("born", "grade", "stage"),
    [("19950904", "", "已批准"), ("19950903", "", "已批准")],
)
def test_who_is_28_has_left(tmp_path: Path, born: str, grade: str, stage: str) -> None:
    imported(book(tmp_path, 团员管理=[row("超龄离团", born=born, 进展=stage)]))
    assert MemberCase.objects.get().stage == "approved"


@pytest.mark.parametrize(("excellent", "allowed"), [(3, True), (4, False)])
def test_the_limit_of_excellence_is_one_of_the_whole_branch(
    tmp_path: Path, excellent: int, allowed: bool
) -> None:
    rows = [
        row("年度团籍注册", f"ZC-{n}", n, 评议等次="优秀" if n <= excellent else "合格", 进展="已批准")
        for n in range(1, 11)
    ]
    path = book(tmp_path, 团员管理=rows)
    if allowed:
        imported(path)
        assert MemberCase.objects.filter(reason__in=["Excellent", "优秀"]).count() == 3
    else:
        assert any("of 10 reviewed, 3 may be" in one for one in refusals(path))


def test_what_a_sheet_brought_is_still_voided_by_the_ledger(tmp_path: Path) -> None:
    from qingce.foundation.accounts.models import User

    imported(book(tmp_path, 团员管理=[row("团组织关系转接", **TRANSFER)]))
    case = MemberCase.objects.get()
    ledger.void(case, because="重复登记", by=User.objects.create_user("lin"))
    assert MemberCase.objects.get().state == State.VOID
