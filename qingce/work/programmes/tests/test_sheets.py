from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qingce.league.organisations.models import Unit
from qingce.league.organisations.tests.books import (
    book,
    counts,
    id_number,
    imported,
    refusals,
    small_county,
)
from qingce.league.people.models import Consent, Person
from qingce.league.places.models import Site
from qingce.work.programmes.models import Application, Payment, Step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def aid(number: str = "ZX-1", **changes: Any) -> dict[str, Any]:
    return {
        "登记号": number,
        "类别": "困难家庭子女入学资助",
        "名称": "2023年入学资助",
        "组织编码": "demo",
        "日期": "2023-08-01",
        "进展": "已获评",
        "姓名": "王小雨",
        "身份证号": id_number("20050101", 2),
        **changes,
    }


def test_aid_is_applied_for_granted_and_paid_in_one_workbook(tmp_path: Path) -> None:
    steps = [
        {"登记号": "ZX-1", "进展": stage, "日期": day}
        for stage, day in [("已申请", "2023-08-01"), ("已获评", "2023-08-20"), ("已发放", "2023-09-01")]
    ]
    payment = {
        "登记号": "ZX-1",
        "金额（元）": 5000,
        "发放日期": "2023-09-01",
        "批次": "1",
        "银行结果": "计划",
    }
    path = book(tmp_path, 资助发放=[payment], 进展=steps, 项目与荣誉=[aid()])

    assert counts(imported(path)) == (5, 0, 0)

    application = Application.objects.get()
    assert application.person.name == "王小雨"
    assert application.stage == "paid"
    assert list(application.steps.values_list("stage", flat=True)) == ["applied", "awarded", "paid"]
    assert Payment.objects.get().result == "planned"


def test_the_bank_result_brings_the_payment_in_step_and_pays_nobody_twice(tmp_path: Path) -> None:
    payment = {
        "登记号": "ZX-1",
        "金额（元）": 5000,
        "发放日期": "2023-09-01",
        "批次": "1",
        "银行结果": "计划",
    }
    imported(book(tmp_path, 项目与荣誉=[aid(状态="草稿")], 资助发放=[payment]))

    assert counts(imported(book(tmp_path, 资助发放=[payment]))) == (0, 0, 1)
    assert counts(imported(book(tmp_path, 资助发放=[{**payment, "银行结果": "已发放"}]))) == (0, 1, 0)

    assert Payment.objects.get().result == "paid"
    assert Payment.objects.get().amount == Decimal("5000.00")


def test_steps_come_once_and_a_stage_further_along_is_kept(tmp_path: Path) -> None:
    imported(book(tmp_path, 项目与荣誉=[aid(进展="已发放", 状态="草稿")]))
    path = book(tmp_path, 进展=[{"登记号": "ZX-1", "进展": "已申请", "日期": "2023-08-01"}])

    assert counts(imported(path)) == (1, 0, 0)
    assert counts(imported(path)) == (0, 0, 1)
    assert Step.objects.count() == 1
    assert Application.objects.get().stage == "paid"


def test_a_stage_that_the_kind_does_not_know_is_refused(tmp_path: Path) -> None:
    imported(book(tmp_path, 项目与荣誉=[aid()]))

    [sentence] = refusals(book(tmp_path, 进展=[{"登记号": "ZX-1", "进展": "已挂牌", "日期": "2023-08-01"}]))

    assert "“Enrolment aid” does not know this stage" in sentence


def test_an_internship_keeps_where_the_student_was_on_duty(tmp_path: Path) -> None:
    row = aid(
        类别="政务企业实习",
        进展="已上岗",
        接收单位="区人社局",
        岗位="办公室",
        学校="兰州大学",
        假期="暑假",
        上岗日期="2023-07-10",
        离岗日期="2023-08-20",
    )
    imported(book(tmp_path, 项目与荣誉=[row]))

    placement = Application.objects.get().placement
    assert (placement.host, placement.season, placement.began_on) == (
        "区人社局",
        "summer",
        dt.date(2023, 7, 10),
    )


def test_an_honour_speaks_of_a_unit_and_a_plate_of_a_site(tmp_path: Path) -> None:
    Site.objects.create(
        code="DP1",
        name="青春书店",
        unit=Unit.objects.get(code="demo"),
        sort="shop",
        opened_on=dt.date(2022, 1, 1),
    )
    nobody = {"姓名": None, "身份证号": None}
    honour = aid("R-1", 类别="五四红旗团支部", 进展="已获评", 级别="省级", 对象组织编码="X1B1", **nobody)
    plate = aid("S-1", 类别="青春时尚店", 进展="已挂牌", 阵地编号="DP1", **nobody)

    imported(book(tmp_path, 项目与荣誉=[honour, plate]))

    kept = {one.source_key: one for one in Application.objects.all()}
    assert (kept["R-1"].subject_unit.code, kept["R-1"].tier) == ("X1B1", "provincial")
    assert kept["R-1"].paper_missing
    assert kept["S-1"].site.code == "DP1"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"姓名": None, "身份证号": None}, "“Enrolment aid” needs “Name of the person”"),
        ({"姓名": None}, "Give the name that belongs to the ID number"),
        ({"类别": "青春时尚店", "进展": None}, "“Fashion shop” needs “Site code”"),
        ({"类别": "政务企业实习", "进展": None, "接收单位": "区人社局"}, "Enter the first day on duty"),
        ({"出生日期": "2005-02-01"}, "date of birth does not agree"),
    ],
)
def test_a_faulty_application_is_refused_with_its_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    found = refusals(book(tmp_path, 项目与荣誉=[aid(**change)]))

    assert any(sentence in one for one in found), found
    assert not Person.objects.exists()


def test_an_id_number_under_another_name_is_refused(tmp_path: Path) -> None:
    imported(book(tmp_path, 项目与荣誉=[aid()]))

    [sentence] = refusals(book(tmp_path, 项目与荣誉=[aid("ZX-2", 姓名="王小雪")]))

    assert "under another name" in sentence


def test_an_applicant_under_fourteen_needs_the_guardians_consent(tmp_path: Path) -> None:
    child = aid(身份证号=id_number("20130601", 3))
    agreed = child | {"监护人同意日期": "2023-07-30", "监护人姓名": "王大雨"}

    [sentence] = refusals(book(tmp_path, 项目与荣誉=[child]))
    imported(book(tmp_path, 项目与荣誉=[agreed]))

    assert "under 14 on this day" in sentence
    consent = Consent.objects.get()
    assert (consent.purpose, str(consent.guardian)) == ("aid_and_honours", "王大雨")
    assert counts(imported(book(tmp_path, 项目与荣誉=[child]))) == (0, 0, 1)  # consent is on file
