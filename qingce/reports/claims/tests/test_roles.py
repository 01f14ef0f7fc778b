"""What each number of a text is: one line each, in the wordings that summaries use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qingce.reports.claims.reading import Claim, read

COUNTED = [  # text, raw, value, unit, qualifier
    ("累计开展活动120场。", "120场", 120, "场", "exact"),
    ("共有青年近500人参加。", "近500人", 500, "人", "nearly"),
    ("提供岗位超9000个。", "超9000个", 9000, "个", "more_than"),
    ("阅读量突破万次。", "突破万次", 10000, "次", "more_than"),
    ("服务青年两千余人次。", "两千余人次", 2000, "人次", "more_than"),
    ("十余名青年报名。", "十余名", 10, "名", "more_than"),
    ("百余名志愿者参与。", "百余名", 100, "名", "more_than"),
    ("服务群众1.2万余人次。", "1.2万余人次", 12000, "人次", "more_than"),
    ("吸引3000多名学生。", "3000多名", 3000, "名", "more_than"),
    ("走访企业20多个。", "20多个", 20, "个", "more_than"),
    ("募集资金500余万元。", "500余万元", 5000000, "元", "more_than"),
    ("发放贷款1亿2千万元。", "1亿2千万元", 120000000, "元", "exact"),
    ("优秀团员、优秀团干部各2名。", "2名", 2, "名", "exact"),
    ("同比增长12.5%。", "12.5%", "12.5", "%", "percent"),
    ("参学率提升3个百分点。", "3个百分点", 3, "个百分点", "exact"),
    ("阅读量翻了一番。", "一番", 1, "番", "exact"),
    ("综合考核位列全市第3位。", "第3位", 3, "位", "rank"),
    ("总分居全省前三。", "三", 3, "", "rank"),
    ("获6个一等奖。", "6个", 6, "个", "exact"),
    ("全区8个街道全部参与。", "8个", 8, "个", "exact"),
    ("粉丝6万,覆盖全县。", "6万", 60000, "", "exact"),
    ("活动参与率达百分之九十五。", "百分之九十五", 95, "%", "percent"),
    ("招募志愿者５６名。", "５６名", 56, "名", "exact"),
    ("现场观众近 500 人。", "近 500 人", 500, "人", "nearly"),
    ("培训团干部约4.5 万余人。", "约4.5 万余人", 45000, "人", "approx"),
    ("打造品牌3个以上并挂牌。", "3个以上", 3, "个", "at_least"),
    ("网络话题阅读量10万+。", "10万+", 100000, "", "more_than"),
    ("开展活动100+场。", "100+场", 100, "场", "more_than"),
    ("举办专题读书班一期,效果良好。", "一期", 1, "期", "exact"),
    ("成立一支青年突击队。", "一支", 1, "支", "exact"),
    ("村企共建项目签约136个。", "136个", 136, "个", "exact"),
    ("为困难群众节约30万元。", "30万元", 300000, "元", "exact"),
    ("志愿服务时长1.2万小时。", "1.2万小时", 12000, "小时", "exact"),
    ("开展宣讲,累计开展12\n场次。", "12\n场次", 12, "场次", "exact"),
    ("新增团员5,270名。", "5,270名", 5270, "名", "exact"),
    ("整理台账三百二十六个。", "三百二十六个", 326, "个", "exact"),
    ("邀请12名校外辅导员。", "12名", 12, "名", "exact"),
    ("联合3家电商企业。", "3家", 3, "家", "exact"),
    ("开展模拟政协提案评选,评出作品5件。", "5件", 5, "件", "exact"),
    ("团员\t259\n合计\t300", "259", 259, "", "exact"),
]
ASIDE = [  # text, raw within it, role
    ("活动于2023年1月至6月开展。", "2023年1月至6月", "date"),
    ("12月5日上午9:00召开会议。", "12月5日", "date"),
    ("会议于9:00开始。", "9:00", "date"),
    ("咨询电话：0935-6221234。", "电话:0935-6221234", "name"),
    ("根据青发〔2023〕5号文件。", "〔2023〕5号", "name"),
    ("按照GB/T 9704-2012排版。", "GB/T 9704-2012", "name"),
    ("召开第十八届代表大会。", "第十八届", "ordinal"),
    ("学习党的十八大精神。", "十八大", "name"),
    ("五四期间开展活动。", "五四", "name"),
    ("举办六一慰问。", "六一", "name"),
    ("开展“七进”宣传。", "“七进”", "name"),
    ("做到两个维护。", "两个维护", "name"),
    ("坚定四个自信。", "四个自信", "name"),
    ("组织三下乡活动。", "三下乡", "name"),
    ("建团百年之际。", "百年", "name"),
    ("庆祝新中国成立75周年。", "75周年", "name"),
    ("建立“1+N”机制。", "“1+N”", "name"),
    ("开展一对一辅导。", "一对一", "name"),
    ("面向14—28周岁青年。", "14—28周岁", "criterion"),
    ("每人2000元。", "2000元", "per_unit"),
    ("每月开展2次。", "2次", "per_unit"),
    ("用3天时间完成。", "3天", "duration"),
    ("培训为期一周。", "一周", "duration"),
    ("力争全年举办10场。", "10场", "plan"),
    ("计划新建青年之家6个。", "6个", "plan"),
    ("到2025年，参学率达到90%。", "90%", "plan"),
    ("省市县三级联动。", "三级", "level"),
    ("从三个方面发力。", "三个", "enumeration"),
    ("讲三点意见。", "三点", "enumeration"),
    ("涌现出一批先进典型。", "一批", "vague"),
    ("数十名青年参加。", "数十名", "vague"),
    ("上演了一场青春盛宴。", "一场", "figurative"),
    ("打造一支过硬队伍。", "一支", "figurative"),
    ("获评五星级团支部。", "五星", "grade"),
    ("荣获一等奖。", "一等奖", "grade"),
    ("进入下一年，拟发展团员200名。", "200名", "plan"),
    ("平均年龄27.6岁。", "27.6岁", "criterion"),
    ("按照1:50的比例配备。", "1:50", "name"),
    ("总人口35万。", "35万", "context"),
]
NOTHING = [
    "一是抓学习；二是抓队伍；三是抓落实。",
    "深入一线，一手抓防控，一手抓发展，凝聚一体合力。",
    "提供一站式服务，形成一系列成果，取得进一步成效。",
    "（一）加强组织建设\n1. 夯实基础\n（2）提升质量",
    "01\n扎实推进",
    "— 3 —",
]


@pytest.mark.parametrize(
    ("text", "raw", "value", "unit", "qualifier"), COUNTED, ids=[one[0] for one in COUNTED]
)
def test_what_counts(text, raw, value, unit, qualifier):
    found = read(text).countable
    claim = next((one for one in found if one.raw == raw), None)
    assert claim is not None, [(one.raw, one.role) for one in read(text).claims]
    assert (claim.value, claim.unit, claim.qualifier) == (Decimal(str(value)), unit, qualifier)


@pytest.mark.parametrize(("text", "raw", "role"), ASIDE, ids=[one[0] for one in ASIDE])
def test_what_is_left_aside_and_why(text, raw, role):
    reading = read(text)
    assert [one.raw for one in reading.countable] == []
    assert role in {one.role for one in reading.claims}, said(reading.claims)


@pytest.mark.parametrize("text", NOTHING)
def test_words_and_points_are_no_figures(text):
    assert said(read(text).countable) == []


def said(claims: list[Claim] | tuple[Claim, ...]) -> list[tuple[str, str]]:
    return [(claim.raw, claim.role) for claim in claims]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展宣讲3场次120人次。", ["3场次", "120人次"]),
        ("新入队100名，其中男32女68。", ["100名", "32", "68"]),
        ("青年之家由23个增至31个，增长34.8%。", ["23个", "31个", "34.8%"]),
        ("三支队伍分别为12人、15人、18人。", ["三支", "12人", "15人", "18人"]),
        ("每场约50人，全年20场，参加1000人次。", ["20场", "1000人次"]),
    ],
)
def test_several_figures_in_one_clause(text, found):
    assert [claim.raw for claim in read(text).countable] == found


def test_a_section_of_plans_ends_where_the_next_report_begins():
    text = "一、上半年工作\n举办活动5场。\n二、下半年工作打算\n举办活动6场。\n三、上半年荣誉情况\n获奖7项。"
    assert [claim.raw for claim in read(text).countable] == ["5场", "7项"]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("目标任务：发展团员300名，截至目前已发展259名，完成86.3%。", ["259名", "86.3%"]),
        ("全年计划发展团员200名，实际发展198名。", ["198名"]),
        ("到2025年建成青年之家30家，目前已建成22家。", ["22家"]),
        ("阵地由2020年的56处增加到2023年的132处。", ["56处", "132处"]),
        ("下一步，从以下方面着手：一是举办活动6场。二是发展团员7名。", []),
        ("2024年，我委将开展活动8场，发展团员10名。", []),
        ("青年培育计划覆盖602人，开展模拟提案活动3场。", ["602人", "3场"]),
        ("为进一步做好工作，制定3项制度，将物资送到10个乡镇。", ["3项", "10个"]),
    ],
)
def test_targets_stand_beside_results(text, done):
    assert [claim.raw for claim in read(text).countable] == done


def test_work_points_hold_targets_only():
    assert read("共青团某县委2025年工作要点\n一、开展宣讲100场，覆盖2万人次。").countable == []
