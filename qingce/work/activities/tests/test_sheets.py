from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told
from qingce.league.organisations.tests.books import (
    book,
    counts,
    id_number,
    imported,
    outcome,
    refusals,
    remarks,
    small_county,
)
from qingce.league.people.actions import withdraw_consent
from qingce.league.people.models import Consent, Person
from qingce.league.places.models import Site
from qingce.ledger.records.models import Correction, Evidence, Issue, Revision, State
from qingce.work.activities.models import Activity, Participation, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


@pytest.fixture
def zhou() -> User:
    return User.objects.create_user("zhou", name="小周")


def lecture(number: str | None = "XJ-1", **changes: Any) -> dict[str, Any]:
    return {
        "登记号": number,
        "类别": "宣讲",
        "活动名称": "二十大精神宣讲进校园",
        "组织编码": "X1",
        "日期": "2023-03-05",
        "参加人次": 120,
        "主题": "党的二十大精神、民族团结进步教育",
        "宣讲队伍": "青年讲师团",
        "主讲人": "林书记",
        "时长（分钟）": 45,
        "依据材料": "签到表、现场照片",
        **changes,
    }


def test_an_activity_comes_with_its_words_parts_and_papers(tmp_path: Path) -> None:
    before = Revision.current()

    assert counts(imported(book(tmp_path, 活动=[lecture()]))) == (1, 0, 0)

    activity = Activity.objects.get()
    assert (activity.number, activity.stage, activity.state) == ("A2023-000001", "held", "confirmed")
    assert (activity.attendance, activity.grade, activity.place) == (120, "hand", "00010001")
    assert {(tag.facet, tag.word) for tag in activity.tags.all()} == {
        ("theme", "party_congress_20"),
        ("theme", "ethnic_unity"),
        ("team", "youth_lecturers"),
    }
    assert (activity.talk.lecturer, activity.talk.minutes) == ("林书记", 45)
    papers = Evidence.objects.filter(record=activity.number)
    assert sorted(papers.values_list("label", flat=True)) == ["现场照片", "签到表"]
    assert Revision.current() == before + 1


def test_the_same_activities_again_change_nothing(tmp_path: Path) -> None:
    rows = [lecture(), lecture(None, 活动名称="法治宣讲")]
    imported(book(tmp_path, 活动=rows))
    revision = Revision.current()

    assert counts(imported(book(tmp_path, 活动=rows))) == (0, 0, 2)

    assert Activity.objects.count() == 2
    assert Evidence.objects.count() == 4
    assert Revision.current() == revision


def test_a_confirmed_record_is_corrected_in_the_open(tmp_path: Path, zhou: User) -> None:
    imported(book(tmp_path, 活动=[lecture()]))
    zhou_sees_all(zhou)
    path = book(
        tmp_path,
        活动=[lecture(参加人次=118, 主讲人="小周", 宣讲队伍="红领巾巡讲团", 组织编码="X1B1")],
    )

    assert counts(imported(path, by=zhou)) == (0, 1, 0)

    activity = Activity.objects.get()
    kept = {one.field: (one.before, one.after) for one in Correction.objects.all()}
    assert kept == {
        "attendance": ("120", "118"),
        "talk.lecturer": ("林书记", "小周"),
        "team": ("Youth lecturers", "Red scarf lecturers"),
        "unit": ("青河中学团委", "高一1班"),
    }
    assert {one.because for one in Correction.objects.all()} == {f"Imported again from “{path.name}”"}
    assert {one.by for one in Correction.objects.all()} == {zhou}
    assert activity.place == "000100010001"
    assert Entry.objects.filter(told=Told.RECORD_CORRECTED, reference=activity.number).count() == 1


def test_nobody_corrects_confirmed_records_without_a_name(tmp_path: Path) -> None:
    imported(book(tmp_path, 活动=[lecture()]))

    [sentence] = refusals(book(tmp_path, 活动=[lecture(参加人次=118)]))

    assert "state who corrects it" in sentence
    assert Activity.objects.get().attendance == 120
    assert not Correction.objects.exists()


def test_a_draft_is_amended_then_confirmed_then_voided_with_its_reason(tmp_path: Path) -> None:
    imported(book(tmp_path, 活动=[lecture(状态="草稿")]))
    imported(book(tmp_path, 活动=[lecture(状态="已确认", 参加人次=99)]))
    assert (Activity.objects.get().state, Activity.objects.get().attendance) == ("confirmed", 99)
    assert not Correction.objects.exists()

    imported(book(tmp_path, 活动=[lecture(状态="作废", 作废原因="重复登记", 参加人次=99)]))

    activity = Activity.objects.get()
    assert (activity.state, activity.state_reason) == (State.VOID, "重复登记")
    told = Entry.objects.filter(reference=activity.number).values_list("told", flat=True)
    assert set(told) == {Told.RECORD_CONFIRMED, Told.RECORD_VOIDED}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"类别": "篝火晚会"}, "“篝火晚会” is not one of the words"),
        ({"类别": "微心愿"}, "“微心愿” is not one of the words"),
        ({"进展": "未开展"}, "“Lecture” does not know this stage; it may be Planned、Held"),
        ({"系列": "青春红石榴"}, "is a series of “Volunteer service”, not of “Lecture”"),
        ({"主题": "跳舞"}, "“跳舞” is not one of the words"),
        ({"日期": "2199-01-01"}, "The day lies in the future"),
        ({"日期": "2014-01-01"}, "was founded only on 2015-09-01"),
        ({"结束日期": "2023-03-04"}, "The last day is before the first"),
        ({"状态": "作废"}, "A void record says why"),
        ({"组织编码": "X7"}, "“X7” is not known"),
        ({"参加人次": -3}, "too small"),
    ],
)
def test_a_faulty_activity_is_refused_with_its_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    found = refusals(book(tmp_path, 活动=[lecture(**change)]))

    assert any(sentence in refusal for refusal in found), found
    assert not Activity.objects.exists()


def test_a_planned_activity_may_lie_ahead(tmp_path: Path) -> None:
    assert counts(imported(book(tmp_path, 活动=[lecture(进展="计划中", 日期="2199-01-01")]))) == (1, 0, 0)


def test_two_rows_that_say_the_same_are_refused(tmp_path: Path) -> None:
    [sentence] = refusals(book(tmp_path, 活动=[lecture(None), lecture(None)]))

    assert "Row 2 says the same" in sentence


def test_a_confirmed_record_does_not_become_a_draft_by_importing(tmp_path: Path) -> None:
    imported(book(tmp_path, 活动=[lecture()]))

    [sentence] = refusals(book(tmp_path, 活动=[lecture(状态="草稿")]))

    assert "cannot become “Draft” by importing" in sentence


def test_what_a_kind_does_not_keep_is_remarked_upon_and_left_out(tmp_path: Path) -> None:
    path = book(tmp_path, 活动=[lecture(类别="志愿服务")])

    [remark] = remarks(path)
    imported(path)

    assert "“Volunteer service” does not keep “Lecturer”" in remark
    assert not hasattr(Activity.objects.get(), "talk")


def test_a_required_paper_that_is_missing_is_noted_until_it_comes(tmp_path: Path) -> None:
    row = lecture(类别="助农直播", 主讲人=None, 直播平台="抖音", **{"销售额（元）": "1,234.50"})
    imported(book(tmp_path, 活动=[row]))
    assert Activity.objects.get().paper_missing
    assert Activity.objects.get().broadcast.sales == Decimal("1234.50")

    imported(book(tmp_path, 活动=[{**row, "依据材料": "平台销售数据截图"}]))
    assert not Activity.objects.get().paper_missing


def test_a_host_site_is_found_by_its_code(tmp_path: Path) -> None:
    unit = small_site()
    row = lecture(类别="青年之家活动", 主讲人=None, 承办阵地编号="ZD01", 云平台编号="Y-9")
    imported(book(tmp_path, 活动=[row]))

    hosting = Activity.objects.get().hosting
    assert (hosting.site, hosting.cloud_number) == (unit, "Y-9")


def test_queries_do_not_grow_with_rows(tmp_path: Path) -> None:
    few = [lecture(f"甲{n}", 活动名称=f"甲{n}") for n in range(10)]
    many = [lecture(f"乙{n}", 活动名称=f"乙{n}") for n in range(200)]

    with CaptureQueriesContext(
        connection,
    ) as of_few:
        imported(book(tmp_path, 活动=few))
    with CaptureQueriesContext(connection) as of_many:
        imported(book(tmp_path, 活动=many))

    assert len(of_many) <= len(of_few) + 12  # a bulk insert is split by the database's limits


ISSUE = {
    "系列": "主题团日+",
    "年份": 2023,
    "期号": 3,
    "主题": "学雷锋",
    "开始日期": "2023-03-01",
    "截止日期": "2023-03-31",
}


def answer(unit: str, **changes: Any) -> dict[str, Any]:
    return {
        "系列": "主题团日+",
        "年份": 2023,
        "期号": 3,
        "组织编码": unit,
        "开展情况": None,
        "日期": "2023-03-10",
        "参加人数": 30,
        "应参加人数": 32,
        **changes,
    }


def test_branches_answer_an_issue_once(tmp_path: Path) -> None:
    rows = [answer("X1B1"), answer("X1B2", 开展情况="未开展", 参加人数=0)]
    path = book(tmp_path, 支部反馈=rows, 期次=[ISSUE])

    assert counts(imported(path)) == (3, 0, 0)
    assert counts(imported(path)) == (0, 0, 3)

    issue = Issue.objects.get()
    assert issue.issued_by.code == "demo"
    stages = {one.unit.code: one.stage for one in Activity.objects.filter(issue=issue)}
    assert stages == {"X1B1": "held", "X1B2": "not_held"}
    assert Activity.objects.get(unit__code="X1B1").expected == 32


def test_a_return_to_an_unknown_issue_is_refused(tmp_path: Path) -> None:
    [sentence] = refusals(book(tmp_path, 支部反馈=[answer("X1B1")]))

    assert "is not on the list of issues" in sentence
    assert not Activity.objects.exists()


def test_a_branch_that_answers_twice_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, 期次=[ISSUE], 支部反馈=[answer("X1B1"), answer("X1B1", 参加人数=9)])

    [sentence] = refusals(path)

    assert "Row 2 says the same" in sentence


COURSE = {
    "登记号": "KC-1",
    "类别": "公益大讲堂课程",
    "活动名称": "少儿书法",
    "组织编码": "X1",
    "日期": "2023-07-10",
}


def lesson(day: str, hours: float = 2, **changes: Any) -> dict[str, Any]:
    return {"活动登记号": "KC-1", "日期": day, "课时": hours, "教师": "王老师", "人数": 20, **changes}


def child(serial: int, **changes: Any) -> dict[str, Any]:
    return {
        "活动登记号": "KC-1",
        "姓名": f"李小{serial}",
        "身份证号": id_number("20130601", serial),
        "服务群体": "留守儿童",
        "监护人同意日期": "2023-07-01",
        "监护人姓名": f"李大{serial}",
        **changes,
    }


def test_a_course_comes_with_lessons_and_children_in_one_workbook(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        参加名单=[child(1), child(2)],
        课次=[lesson("2023-07-10"), lesson("2023-07-10", 1.5), lesson("2023-07-11")],
        活动=[COURSE],
    )

    assert counts(imported(path)) == (6, 0, 0)
    assert counts(imported(path)) == (0, 0, 6)

    assert sum(Session.objects.values_list("hours", flat=True)) == Decimal("5.5")
    assert Participation.objects.filter(group="left_behind", attended=True).count() == 2
    assert Person.objects.get(name="李小1").born_on == dt.date(2013, 6, 1)


@pytest.mark.parametrize("together", [True, False])
def test_a_young_child_needs_the_guardians_consent(tmp_path: Path, together: bool) -> None:
    row = child(1, 监护人同意日期=None)
    if together:
        found = refusals(book(tmp_path, 活动=[COURSE], 参加名单=[row]))
    else:
        imported(book(tmp_path, 活动=[COURSE]))
        found = refusals(book(tmp_path, 参加名单=[row]))

    assert len(found) == 1
    assert "under 14 on this day" in found[0]
    assert not Participation.objects.exists()


def test_a_participant_without_any_number_is_found_again_on_the_list(tmp_path: Path) -> None:
    row = child(1, 身份证号=None)
    path = book(tmp_path, 活动=[COURSE], 参加名单=[row])

    assert counts(imported(path)) == (2, 0, 0)
    assert counts(imported(path)) == (0, 0, 2)
    assert Person.objects.count() == 1


def test_a_lesson_of_an_unknown_activity_is_refused_with_the_nearest(tmp_path: Path) -> None:
    imported(book(tmp_path, 活动=[COURSE]))

    [sentence] = refusals(book(tmp_path, 课次=[lesson("2023-07-10", 活动登记号="KC-2")]))

    assert "“KC-2” is not known. Perhaps “KC-1” is meant." in sentence


def test_only_units_within_reach_are_imported(tmp_path: Path, zhou: User) -> None:
    result = outcome(book(tmp_path, 活动=[lecture()]), by=zhou)

    assert result.refused
    assert "“X1” is not known" in str(result.file.refusals[0])


def zhou_sees_all(zhou: User) -> None:
    from qingce.league.organisations.models import Post, Unit

    person = Person.objects.create(name="小周", user=zhou)
    Post.objects.create(
        person=person,
        unit=Unit.objects.get(code="demo"),
        role="district_staff",
        since=dt.date(2020, 1, 1),
    )


def small_site() -> Site:
    from qingce.league.organisations.models import Unit

    return Site.objects.create(
        code="ZD01",
        name="城关青年之家",
        unit=Unit.objects.get(code="X1"),
        sort="youth_home",
        opened_on=dt.date(2022, 1, 1),
    )


def test_a_guardian_and_a_consent_come_with_the_child_and_are_not_doubled(tmp_path: Path) -> None:
    path = book(tmp_path, 活动=[COURSE], 参加名单=[child(1, 监护人电话="19900100001", 与监护人关系="母亲")])
    imported(path)
    imported(path)

    consent = Consent.objects.get()
    assert consent.given_on == dt.date(2023, 7, 1)
    assert consent.guardian is not None
    assert (consent.guardian.name, consent.guardian.relation) == ("李大1", "mother")
    assert str(consent.guardian.phone) == "199****0001"


def test_a_child_without_consent_is_kept_by_name_alone(tmp_path: Path) -> None:
    row = child(1, 监护人同意日期=None, 监护人姓名=None)
    assert refusals(book(tmp_path, 活动=[COURSE], 参加名单=[row]))

    imported(book(tmp_path, 活动=[COURSE], 参加名单=[row | {"身份证号": None}]))

    person = Participation.objects.get().person
    assert (person.born_on, bool(person.id_number)) == (None, False)


def test_after_withdrawal_only_the_name_is_taken_and_attendance_still_counts(tmp_path: Path) -> None:
    imported(book(tmp_path, 活动=[COURSE], 参加名单=[child(1)]))
    withdraw_consent(Consent.objects.get(), on=dt.date(2023, 8, 1), by=None)

    [sentence] = refusals(book(tmp_path, 参加名单=[child(1, 监护人同意日期=None, 监护人姓名=None)]))

    assert "withdrew consent" in sentence
    assert Participation.objects.filter(attended=True).count() == 1
    assert Person.objects.get(name="李小1").waiting_name
