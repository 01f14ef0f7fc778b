"""The 51 figures of the summary, counted again from the workbooks themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from sample.tests.office import Office, people, words

LAST = dt.date(2023, 12, 31)
PRACTICE = ("政务企业实习", "返乡实践", "暑期下乡实践")
AID = ("困难家庭子女入学资助", "共享阳光奖学金")
HALL, CARE = "青少年公益大讲堂", "红领巾爱心托管班"
FREE_GROUPS = ("孤残儿童", "困境家庭子女")
EDUCATION = "团员和青年主题教育"


def _assessed(office: Office) -> list[dict]:
    rows = office.reached("已评定", ["县域基层组织改革评估"], 级别="省级")
    return sorted(rows, key=lambda row: row["日期"])


def _covered(office: Office) -> set[str]:
    answers = [*office.answers("主题教育专题学习"), *office.answers("主题团日+")]
    return {row["组织编码"] for row in answers if row["主题"] == EDUCATION} & office.branches(LAST)


def _lectures(office: Office) -> list[dict]:
    congresses = {"党的二十大精神", "团十九大精神"}
    return [row for row in office.held("宣讲") if words(row, "主题") & congresses and row["宣讲队伍"]]


def _on_duty(office: Office) -> set[str]:
    rows = [row for kind in PRACTICE for row in office.kept("applications", kind)]
    return people(row for row in rows if row.get("上岗日期", dt.date.min).year == 2023)


def _paid(office: Office) -> list[dict]:
    return [
        payment
        for payment in office.rows["payments"]
        if payment["银行结果"] == "已发放"
        and payment["发放日期"].year == 2023
        and office.records.get(payment["登记号"], {}).get("类别") in AID
    ]


def _aided(office: Office) -> set[str]:
    return {office.records[payment["登记号"]]["身份证号"] for payment in _paid(office)}


def _class_hours(office: Office) -> float:
    numbers = {row["登记号"] for row in office.held("公益大讲堂课程", 系列=HALL)}
    lessons = [row for row in office.rows["sessions"] if row["活动登记号"] in numbers]
    return sum(row["课时"] for row in lessons if row["日期"].year == 2023)


def _openings(office: Office) -> int:
    numbers = {row["登记号"] for row in office.published("就业信息推送")}
    listed = [row for row in office.rows["positions"] if row["登记号"] in numbers]
    return sum({(row["用人单位"], row["岗位"]): row["招聘人数"] for row in listed}.values())


def _reform_cases(office: Office) -> list[dict]:
    return [row for row in office.published("媒体刊发", 题材="改革案例") if "转载自登记号" not in row]


def _plated(office: Office) -> set[str]:
    rows = office.reached("已挂牌", ["青春时尚店", "青年友好型空间"])
    return {row["阵地编号"] for row in rows}


def _new_units(office: Office) -> set[str]:
    going_on = {row["组织编码"] for row in office.rows["units"] if "撤销日期" not in row}
    founded = office.kept("unit_events", "新建团组织", 进展="已批准")
    return {row["对象组织编码"] for row in founded if row["日期"].year == 2023} & going_on


def _honoured(office: Office, *kinds: str) -> int:
    return len(office.reached("已获评", kinds, 级别="市级"))


def _homes(office: Office) -> list[dict]:
    return [row for row in office.held("青年之家活动") if row["承办阵地编号"].startswith("ZD-QN")]


FIGURES = {
    1: (2, lambda o: _assessed(o)[-1]["位次"]),
    2: (13, lambda o: len(o.held("领导班子理论学习", 学习形式="专题学习"))),
    3: (4, lambda o: len(o.held("领导班子理论学习", 学习形式="研讨交流"))),
    4: (1, lambda o: len(o.held("领导班子理论学习", 学习形式="专题读书班"))),
    5: (531, lambda o: len(_covered(o))),
    6: (5270, lambda o: len([m for m in o.members(LAST) if m["所在团组织编码"] in _covered(o)])),
    7: (4, lambda o: len({row["期号"] for row in o.answers("主题教育专题学习")})),
    8: (12, lambda o: len({row["期号"] for row in o.answers("主题团日+")})),
    9: (22, lambda o: len({row["期号"] for row in o.answers("青年大学习")})),
    10: (143, lambda o: len(_lectures(o))),
    11: (137, lambda o: len(o.published("公众号文章", 系列="“青春青河”微信公众号", 原创="是"))),
    12: (5, lambda o: len(o.held("主题活动", 主题="民族团结进步教育"))),
    13: (143, lambda o: len(_on_duty(o))),
    14: (2, lambda o: len(o.held("助农直播", 系列="青春助农", 联合单位="区文明办"))),
    15: (1, lambda o: len(o.reached("已报上级争创", ["青年文明号"], 级别="市级"))),
    16: (1, lambda o: len(o.reached("已报上级争创", ["青年安全生产示范岗"], 级别="市级"))),
    17: (4, lambda o: len(o.held("青年文明号开放周", 系列="奋进新征程·号声更嘹亮"))),
    18: (6, lambda o: len(o.held("安全生产主题活动"))),
    19: (3, lambda o: len({r["阵地编号"] for r in o.reached("已命名", ["青年友好型社区"])})),
    20: (83, lambda o: len(o.held("志愿服务", 系列="青春红石榴"))),
    21: (24, lambda o: len(_plated(o))),
    22: (4, lambda o: len(o.held("青年联谊交友"))),
    23: (110, lambda o: len({row["期号"] for row in o.published("就业信息推送")})),
    24: (5036, _openings),
    25: (11, lambda o: len(people(o.reached("已受理", ["结对帮扶困难毕业生"]), "帮扶对象身份证号"))),
    26: (34, lambda o: len([p for p in o.published("青年优惠政策") if p["联合单位"]])),
    27: (152, lambda o: len(_aided(o))),
    28: (500000, lambda o: sum(payment["金额（元）"] for payment in _paid(o))),
    29: (15, lambda o: len(o.held("公益大讲堂课程", 系列=HALL))),
    30: (
        507,
        lambda o: len(o.taking_part(o.held("公益大讲堂课程"), lambda p: p["服务群体"] in FREE_GROUPS)),
    ),
    31: (1600, _class_hours),
    32: (30, lambda o: len(o.held("爱心托管班", 系列=CARE))),
    33: (1043, lambda o: len(o.taking_part(o.held("爱心托管班"), lambda p: True))),
    34: (2, lambda o: len(o.held("中高考减压辅导", 系列="轻松备考"))),
    35: (12, lambda o: len(o.held("权益与法治教育"))),
    36: (12, lambda o: len(_reform_cases(o))),
    37: (3, lambda o: len([r for r in _reform_cases(o) if r["媒体"] in ("团建头条", "甘肃青年")])),
    38: (4, lambda o: _honoured(o, "五四红旗团（工）委", "五四红旗团支部")),
    39: (2, lambda o: _honoured(o, "优秀共青团干部")),
    40: (27, lambda o: len(_new_units(o))),
    41: (259, lambda o: len(people(o.reached("已批准", ["发展入团"])))),
    42: (146, lambda o: len(people(o.reached("已入团", ["少先队员推优入团"])))),
    43: (50, lambda o: len(people(o.reached("上级已确认", ["团员推优入党"])))),
    44: (508, lambda o: len(_homes(o))),
    45: (9437, lambda o: sum(row["参加人次"] for row in _homes(o))),
    46: (508, lambda o: len([row for row in _homes(o) if row.get("云平台编号")])),
    47: (251, lambda o: len([r for r in o.held("团代表联系服务活动") if r["联系机制"]])),
    48: (2, lambda o: len(o.held("与代表委员面对面", 系列="共青团与人大代表、政协委员面对面"))),
    49: (9, lambda o: len(o.reached("已受理", ["督导整改问题"]))),
    50: (6, lambda o: len(o.held("培训会"))),
    51: (6, lambda o: len([row for row in o.held("竞赛练兵") if row["练兵形式"]])),
}


@pytest.mark.parametrize("number", FIGURES)
def test_the_workbooks_hold_the_figure_as_the_summary_states_it(office: Office, number: int) -> None:
    expected, count = FIGURES[number]

    assert count(office) == expected


def test_each_figure_has_a_lighter_year_before(office: Office) -> None:
    lectures = len(office.held("宣讲", 2022))
    homes = len(office.held("青年之家活动", 2022))
    admitted = len(people(office.reached("已批准", ["发展入团"], 2022)))

    assert 0.5 < lectures / len(office.held("宣讲")) < 1
    assert 0.5 < homes / 508 < 1
    assert admitted == 230
    assert len(office.members(dt.date(2022, 12, 31))) == 5148


def test_records_stand_behind_the_claims_without_a_number(office: Office) -> None:
    assert _assessed(office)[-1]["等次"] == "优秀"  # U1, U8
    gala = office.held("主题活动", 主题="青年发展型城市")
    assert any("五四青年节" in words(row, "主题") for row in gala)  # U2
    assert office.held("团课", 系列="艰苦奋斗主题团课队课", 主题="艰苦奋斗")  # U3
    assert office.held("少先队活动课", 主题="艰苦奋斗")  # U3
    assert office.held("志愿服务", 系列="青春红石榴")  # U4
    assert office.held("青年工作联席会议")  # U5
    assert len(office.reached("已启动", ["资助项目启动"])) == 2  # U6
    assert [row for row in _assessed(office) if row.get("榜单") == "红榜" and "位次" not in row]  # U7
    congress = office.kept("unit_events", "团代会", 进展="已开展")
    assert [row for row in congress if "第十五次" in row["名称"]]  # U9
    visited = {row["组织编码"] for row in office.held("督导检查", 督导来源="学校团队督导")}
    assert _schools(office) <= visited  # U10


def _schools(office: Office) -> set[str]:
    domains = ("普通高校", "中等职业学校", "普通高中", "完全中学", "初中")
    return {
        row["组织编码"]
        for row in office.rows["units"]
        if row["领域"] in domains and row["组织类别"] == "团委"
    }
