"""A careless count must come out wrong: each trap of the README is really laid."""

from __future__ import annotations

import datetime as dt

from sample.tests.office import Office, people
from sample.tests.test_figures import AID, PRACTICE, _homes, _paid, _reform_cases

LAST = dt.date(2023, 12, 31)


def test_records_that_do_not_count_stand_among_the_others(office: Office) -> None:
    lectures = [row for row in office.rows["activities"] if row["类别"] == "宣讲"]

    states = {row.get("状态", "已确认") for row in lectures}
    stages = {row.get("进展", "已开展") for row in lectures}

    assert states == {"已确认", "草稿", "待确认", "作废"}
    assert stages == {"已开展", "计划中"}


def test_every_void_record_says_why(office: Office) -> None:
    void = [row for rows in office.rows.values() for row in rows if row.get("状态") == "作废"]

    assert len(void) > 20
    assert all(row["作废原因"] for row in void)


def test_a_session_that_is_both_study_and_discussion_counts_in_both(office: Office) -> None:
    both = office.held("领导班子理论学习", 学习形式="专题学习")
    both = [row for row in both if "研讨交流" in row["学习形式"]]

    assert len(both) == 2


def test_one_new_unit_did_not_last_the_year(office: Office) -> None:
    gone = [row for row in office.rows["units"] if row["成立日期"].year == 2023 and "撤销日期" in row]

    assert [row["简称"] for row in gone] == ["极速共享单车团支部"]


def test_branches_that_are_gone_held_theme_days_too(office: Office) -> None:
    answered = {row["组织编码"] for row in office.answers("主题团日+")}

    assert len(answered - office.branches(LAST)) >= 7


def test_some_branches_say_that_nothing_was_held(office: Office) -> None:
    not_held = [row for row in office.rows["returns"] if row.get("开展情况") == "未开展"]

    assert len(not_held) > 50


def test_students_in_two_terms_and_children_in_two_courses_appear_twice(office: Office) -> None:
    practice = [row for kind in PRACTICE for row in office.kept("applications", kind)]
    on_duty = [row for row in practice if row.get("上岗日期", dt.date.min).year == 2023]
    care = {row["登记号"] for row in office.held("爱心托管班")}
    pupils = [row for row in office.rows["participations"] if row["活动登记号"] in care]

    assert len(on_duty) - len(people(on_duty)) == 9
    assert len(pupils) - len(people(pupils)) > 50


def test_listings_repeat_earlier_posts(office: Office) -> None:
    raw = sum(row["招聘人数"] for row in office.rows["positions"] if row["登记号"].startswith("JY-2023"))

    assert raw > 6000


def test_one_bulletin_went_out_twice_under_its_number(office: Office) -> None:
    issues = [row["期号"] for row in office.published("就业信息推送")]

    assert len(issues) == 111
    assert len(set(issues)) == 110


def test_payments_came_back_and_one_student_has_two_funds(office: Office) -> None:
    mine = [row for row in office.rows["payments"] if row["发放日期"].year == 2023]
    by_student = {}
    for payment in _paid(office):
        record = office.records[payment["登记号"]]
        by_student.setdefault(record["身份证号"], set()).add(record["类别"])

    assert {row["银行结果"] for row in mine} == {"已发放", "退回", "计划"}
    assert [funds for funds in by_student.values() if funds == set(AID)] == [set(AID)]


def test_one_place_has_both_names(office: Office) -> None:
    plated = office.reached("已挂牌", ["青春时尚店", "青年友好型空间"])

    assert len(plated) == 25
    assert len({row["阵地编号"] for row in plated}) == 24


def test_reprints_stand_beside_the_first_placements(office: Office) -> None:
    every = office.published("媒体刊发", 题材="改革案例")
    named = [row for row in every if row["媒体"] in ("团建头条", "甘肃青年")]

    assert len(every) > len(_reform_cases(office))
    assert len(named) > 3


def test_recommended_pioneers_are_only_partly_among_those_admitted(office: Office) -> None:
    admitted = people(office.reached("已批准", ["发展入团"]))
    pioneers = people(office.reached("已入团", ["少先队员推优入团"]))

    assert 0 < len(admitted & pioneers) < len(pioneers)


def test_one_problem_was_opened_again_and_one_waits_for_the_next_year(office: Office) -> None:
    assert len(office.reached("重新打开", ["督导整改问题"])) == 1
    assert len(office.reached("已办结", ["督导整改问题"], 2024)) == 1
    assert len(office.reached("已办结", ["督导整改问题"])) == 9


def test_youth_home_activities_without_cloud_number_are_not_confirmed_ones(office: Office) -> None:
    every = [row for row in office.rows["activities"] if row["类别"] == "青年之家活动"]
    mine = [row for row in every if row["日期"].year == 2023]

    assert len(mine) > len(_homes(office))
    assert all(row.get("云平台编号") for row in _homes(office))


def test_required_papers_are_missing_here_and_there(office: Office) -> None:
    founded = office.kept("unit_events", "新建团组织", 进展="已批准")

    assert any("批复文件" in row.get("依据材料", "") for row in founded)
    assert any("批复文件" not in row.get("依据材料", "") for row in founded)
