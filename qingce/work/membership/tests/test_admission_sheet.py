"""The sheets of admissions, recommendations and quotas: judged as the pages judge, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingce.foundation.exchange.checking import examine
from qingce.foundation.exchange.importing import rehearse
from qingce.foundation.privacy.fields import digest
from qingce.league.organisations.tests.books import book, counts, id_number, imported, refusals, remarks
from qingce.league.people.models import Consent, Person
from qingce.ledger.notices.models import Notice
from qingce.work.membership.admission.checks import check_sheets
from qingce.work.membership.models import Allotment, MemberCase
from qingce.work.membership.tests.world import TODAY, School, day, school

pytestmark = pytest.mark.django_db

APPLICANT = id_number("20090506", 1)
MENTOR, SPONSOR, OTHER = (id_number("20080102", serial) for serial in (11, 13, 15))
ROW = {
    "登记号": "FZ-1",
    "类别": "发展入团",
    "姓名": "冯小一",
    "身份证号": APPLICANT,
    "组织编码": "q-1-1",
    "申请日期": "2024-03-04",
    "谈话日期": "2024-03-20",
    "谈话人": "组织委员",
    "确定积极分子日期": "2024-04-08",
    "推荐方式": "团员推荐",
    "确定方式": "支委会",
    "积极分子公示起": "2024-04-09",
    "积极分子公示止": "2024-04-15",
    "积极分子备案日期": "2024-04-20",
    "培养开始日期": "2024-04-24",
    "培养联系人身份证号": MENTOR,
    "培养谈话次数": 2,
    "确定发展对象日期": "2024-09-02",
    "预审日期": "2024-09-05",
    "预审文号": "预审3号",
    "发展对象公示起": "2024-09-09",
    "发展对象公示止": "2024-09-13",
    "发展团员编号": "202462000001",
    "填写志愿书日期": "2024-09-18",
    "介绍人身份证号": SPONSOR,
    "另一介绍人身份证号": OTHER,
    "介绍人意见日期": "2024-09-20",
    "支部大会日期": "2024-09-26",
    "有表决权人数": 5,
    "到会人数": 5,
    "收回票数": 5,
    "赞成票数": 4,
    "无记名投票": "是",
    "批准日期": "2024-10-15",
    "集体讨论": "是",
    "文号": "团〔2024〕8号",
}


@pytest.fixture
def world(settings: Any) -> School:
    settings.LANGUAGE_CODE = "en"
    made = school()
    for person, number in zip(made.members, (MENTOR, SPONSOR, OTHER), strict=False):
        person.id_number, person.id_digest = number, digest(number)
        person.save()
    applicant = Person.objects.create(
        name="冯小一", born_on=day("2009-05-06"), id_number=APPLICANT, id_digest=digest(APPLICANT)
    )
    made.taught(applicant)
    return made


def row(**changes: Any) -> dict[str, Any]:
    return {**ROW, **changes}


def test_one_row_brings_the_case_with_steps_helpers_and_notices(world: School, tmp_path: Path) -> None:
    path = book(tmp_path, 发展入团=[row()])
    assert counts(imported(path)) == (1, 0, 0)

    case = MemberCase.objects.get()
    assert (case.stage, case.state, case.happened_on) == ("approved", "confirmed", day("2024-09-26"))
    assert (case.steps.count(), case.helpers.count(), Notice.objects.count()) == (9, 3, 2)
    assert case.admission.in_favour == 4
    assert check_sheets([case], today=TODAY)[0].problems == []

    assert counts(imported(path)) == (0, 0, 1)
    assert (case.steps.count(), case.helpers.count(), Notice.objects.count()) == (9, 3, 2)


def test_a_case_under_way_does_not_count(world: School, tmp_path: Path) -> None:
    told = {head: cell for head, cell in ROW.items() if head not in LATER}
    imported(book(tmp_path, 发展入团=[told]))
    case = MemberCase.objects.get()
    assert (case.stage, case.state) == ("in_training", "submitted")


LATER = list(ROW)[list(ROW).index("确定发展对象日期") :]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"谈话日期": "2024-03-04"}, "the same day is an error"),
        ({"确定积极分子日期": None}, "A step before this one is missing"),
        ({"积极分子公示止": None}, "No public notice of the activist"),
        ({"确定发展对象日期": "2024-07-20"}, "Training began on 2024-04-24"),
        ({"发展对象公示起": "2024-09-10"}, "hung only 4 working days"),
        ({"预审日期": None}, "pre-examination of the basic committee is missing"),
        ({"发展团员编号": "202462000099"}, "not one of the block"),
        ({"发展团员编号": "202362000001"}, "compare both"),
        ({"发展团员编号": None}, "Allot a development number"),
        ({"另一介绍人身份证号": SPONSOR}, "two different members"),
        ({"另一介绍人身份证号": id_number("20080102", 99)}, "nobody on the register"),
        ({"有表决权人数": 12, "到会人数": 6, "收回票数": 6}, "could not decide"),
        ({"赞成票数": 2}, "not accepted"),
        ({"无记名投票": "否"}, "not secret"),
        ({"集体讨论": "否"}, "decides together"),
        ({"批准日期": "2099-01-01"}, "lies in the future"),
        ({"身份证号": id_number("20110506", 1), "姓名": "冯小二"}, "12 years old"),
    ],
)
def test_a_row_with_a_guard_unmet_is_refused(
    world: School, tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    said = refusals(book(tmp_path, 发展入团=[row(**changes)]))
    assert any(sentence in one for one in said), said
    assert not MemberCase.objects.exists()


def test_no_other_sheet_takes_a_guarded_case_further(world: School, tmp_path: Path) -> None:
    told = {head: cell for head, cell in ROW.items() if head not in LATER}
    imported(book(tmp_path, 发展入团=[told]))
    step = {"登记号": "FZ-1", "进展": "已批准", "日期": "2024-10-15"}
    assert any("step by step" in one for one in refusals(book(tmp_path, 进展=[step])))
    case = {
        "登记号": "FZ-1",
        "类别": "发展入团",
        "姓名": "冯小一",
        "身份证号": APPLICANT,
        "组织编码": "q-1-1",
        "日期": "2024-10-15",
        "进展": "已批准",
        "状态": "已确认",
    }
    assert any("step by step" in one for one in refusals(book(tmp_path, 团员管理=[case])))
    assert (MemberCase.objects.get().stage, MemberCase.objects.get().state) == ("in_training", "submitted")


def test_lessons_come_from_attendance_also_for_a_file(world: School, tmp_path: Path) -> None:
    stranger = row(姓名="冯小三", 身份证号=id_number("20090506", 3))
    assert any("0 hours are reached" in one for one in refusals(book(tmp_path, 发展入团=[stranger])))


STRANGER = row(姓名="冯小三", 身份证号=id_number("20090506", 3))
LESSON = {
    "登记号": "TK-1",
    "类别": "团课",
    "活动名称": "团章学习",
    "组织编码": "q-1",
    "日期": "2024-06-01",
    "主讲人": "何老师",
    "参加人次": 1,
    "状态": "已确认",
}
TAKING_PART = {"活动登记号": "TK-1", "姓名": "冯小三", "身份证号": STRANGER["身份证号"], "参加": "是"}


def lessons(tmp_path: Path, hours: int = 8) -> Path:
    return book(tmp_path, 活动=[LESSON], 参加人员=[{**TAKING_PART, "时长（小时）": hours}])


@pytest.mark.parametrize(("hours", "refused"), [(8, False), (7, True)])
def test_a_dry_run_over_two_files_counts_the_lessons_of_the_first(
    world: School, tmp_path: Path, hours: int, refused: bool
) -> None:
    files = [lessons(tmp_path, hours), book(tmp_path, 发展入团=[STRANGER])]
    taught, admitted = rehearse(examine(files), by=None)

    assert not taught.refused, [str(one) for one in taught.file.refusals]
    assert admitted.refused is refused
    assert any("7 hours are reached" in str(one) for one in admitted.file.refusals) is refused
    assert any("Judged once" in note for part in admitted.file.sheets for note in part.notes)
    assert not MemberCase.objects.exists()


def test_one_workbook_saves_the_lessons_before_it_judges_the_admissions(
    world: School, tmp_path: Path
) -> None:
    part = {**TAKING_PART, "时长（小时）": 8}
    imported(book(tmp_path, 发展入团=[STRANGER], 活动=[LESSON], 参加人员=[part]))
    assert MemberCase.objects.get().stage == "approved"


def test_lessons_of_a_later_file_are_not_looked_at_and_this_is_said(world: School, tmp_path: Path) -> None:
    files = [book(tmp_path, 发展入团=[STRANGER]), lessons(tmp_path)]
    admitted, _taught = rehearse(examine(files), by=None)

    assert admitted.refused
    assert any("send that file first" in note for part in admitted.file.sheets for note in part.notes)


def test_a_draft_is_kept_with_remarks_and_a_void_row_is_not_judged(world: School, tmp_path: Path) -> None:
    path = book(tmp_path, 发展入团=[row(无记名投票="否", 状态="草稿")])
    assert any("not secret" in one for one in remarks(path))
    imported(path)
    imported(book(tmp_path, 发展入团=[row(登记号="FZ-2", 状态="作废", 作废原因="重复登记", 无记名投票="否")]))
    assert not MemberCase.objects.counted().exists()


def test_joining_young_long_ago_is_history_and_flagged(world: School, tmp_path: Path) -> None:
    told = {
        "登记号": "FZ-9",
        "类别": "发展入团",
        "姓名": "秦某",
        "身份证号": id_number("20020506", 1),
        "组织编码": "q-1-1",
        "申请日期": "2015-09-10",
    }
    path = book(tmp_path, 发展入团=[told])
    assert any("13 years old" in one for one in remarks(path))
    assert counts(imported(path)) == (1, 0, 0)


def test_two_rows_do_not_share_a_number(world: School, tmp_path: Path) -> None:
    other = Person.objects.create(
        name="冯小三",
        born_on=day("2009-05-06"),
        id_number=id_number("20090506", 3),
        id_digest=digest(id_number("20090506", 3)),
    )
    world.taught(other)
    twin = row(登记号="FZ-2", 姓名="冯小三", 身份证号=id_number("20090506", 3))
    said = refusals(book(tmp_path, 发展入团=[row(), twin]))
    assert any("Somebody else has this development number" in one for one in said)


def test_a_quota_comes_with_its_parts_and_twice_is_once(world: School, tmp_path: Path) -> None:
    spring = {"年度": 2025, "发展领域": "高中", "分配日期": "2025-03-01"}
    rows = [
        {**spring, "组织编码": "q", "名额": 30, "号段起": "202562000001"},
        {**spring, "分配组织编码": "q", "组织编码": "q-1", "名额": 10, "号段起": "202562000001"},
        {**spring, "分配组织编码": "q-1", "组织编码": "q-1-1", "名额": 4, "号段起": "202562000007"},
    ]
    path = book(tmp_path, 发展团员名额=rows)
    assert counts(imported(path)) == (3, 0, 0)
    assert counts(imported(path)) == (0, 0, 3)
    assert Allotment.objects.get(year=2025, unit=world.branch).parent.unit == world.school


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"号段起": "202462000001"}, "years are not mixed"),
        ({"号段起": "2025"}, "12 digits"),
        ({"分配组织编码": "q"}, "has no block of 2025"),
    ],
)
def test_a_faulty_quota_is_refused(
    world: School, tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    told = {
        "年度": 2025,
        "发展领域": "高中",
        "组织编码": "q-1",
        "名额": 30,
        "号段起": "202562000001",
        "分配日期": "2025-03-01",
        **changes,
    }
    assert any(sentence in one for one in refusals(book(tmp_path, 发展团员名额=[told])))
    assert not Allotment.objects.filter(year=2025).exists()


PIONEER = {
    "登记号": "TY-1",
    "类别": "少先队员推优入团",
    "姓名": "郑小雨",
    "身份证号": id_number("20100402", 1),
    "组织编码": "q-1-1",
    "提名日期": "2024-04-01",
    "中队": "七年级1中队",
    "审议日期": "2024-04-10",
    "大队": "河湾中学大队",
    "推荐日期": "2024-04-20",
}


def test_a_pioneer_under_fourteen_comes_with_a_guardians_consent(world: School, tmp_path: Path) -> None:
    said = refusals(book(tmp_path, 推优=[PIONEER]))
    assert any("record the consent of a guardian" in one for one in said)
    consent = {"监护人同意日期": "2024-03-20", "监护人姓名": "郑先生"}
    imported(book(tmp_path, 推优=[PIONEER | consent]))
    assert MemberCase.objects.get().stage == "recommended"
    assert Consent.objects.filter(guardian__name="郑先生").exists()


def test_who_is_recommended_to_the_party_is_a_member(world: School, tmp_path: Path) -> None:
    told = {
        "登记号": "TD-1",
        "类别": "团员推优入党",
        "姓名": "路人",
        "身份证号": id_number("20000402", 1),
        "组织编码": "q-1-1",
        "提名日期": "2024-04-01",
        "推荐为": "入党积极分子",
        "入党申请日期": "2023-05-01",
    }
    said = refusals(book(tmp_path, 推优=[told]))
    assert any("not a member of the League" in one for one in said)
