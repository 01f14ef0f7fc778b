"""Workbooks as an office writes them: a title, the heads, then the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

Cells = Mapping[str, Any]
WRITTEN_ON = dt.datetime(2024, 1, 8, 9, 0, tzinfo=dt.UTC)
WIDE = {"组织全称", "活动名称", "名称", "标题", "主题", "学校或工作单位", "地址", "备注", "内容"}
PLAIN_WIDTH, WIDE_WIDTH = 14, 36

# The heads of each sheet in the order in which the office fills them in.
UNITS = (
    "组织编码 行政区划代码 全国系统编码 组织全称 简称 组织类别 领域 上级组织编码 党组织 成立日期 批准文号 "
    "撤销日期 本届任期起 本届任期止 排序"
)
SITES = "阵地编号 阵地名称 阵地类型 责任组织编码 地址 负责人 启用日期 停用日期 云平台编号"
OFFICERS = "姓名 性别 出生日期 身份证号 手机号 政治面貌 组织编码 职务 角色 任职方式 任职日期 离任日期 登录名"
ROSTER = (
    "姓名 性别 民族 身份证号 出生日期 政治面貌 学历 学校或工作单位 手机号 所在团组织编码 入团时间 "
    "发展团员编号 团员证编号 电子档案状态 毕业时间 团内职务 志愿者编号 进入本支部时间 "
    "离开本支部时间 离开原因"
)
ISSUES = "系列 年份 期号 主题 开始日期 截止日期"
RETURNS = "系列 年份 期号 组织编码 开展情况 日期 参加人数 应参加人数 主题 备注"
ACTIVITIES = (
    "登记号 类别 系列 活动名称 组织编码 日期 结束日期 地点 参加人次 应到人数 进展 状态 作废原因 "
    "依据 依据材料 主题 学习形式 学习组织 宣讲队伍 对象 服务内容 联合单位 培训内容 练兵形式 "
    "督导来源 联系机制 主讲人 时长（分钟） 主持人 记录人 决议 承办阵地编号 云平台编号 直播平台 "
    "观看人次 订单数 销售额（元） 备注"
)
SESSIONS = "活动登记号 日期 课时 教师 人数"
PARTICIPATIONS = (
    "活动登记号 姓名 性别 身份证号 出生日期 服务群体 参加 时长（小时） "
    "监护人同意日期 监护人姓名 与监护人关系 监护人电话"
)
APPLICATIONS = (
    "登记号 类别 系列 名称 组织编码 日期 进展 状态 作废原因 依据 依据材料 姓名 性别 身份证号 "
    "出生日期 对象组织编码 阵地编号 级别 文号 有效期至 接收单位 岗位 学校 假期 上岗日期 离岗日期 "
    "实习鉴定 等次 位次 榜单 备注"
)
STEPS = "登记号 进展 日期"
PAYMENTS = "登记号 金额（元） 发放日期 批次 银行结果"
CASES = (
    "登记号 类别 名称 组织编码 日期 进展 状态 作废原因 依据 依据材料 帮扶对象姓名 "
    "帮扶对象身份证号 帮扶人姓名 帮扶人身份证号 办理期限 办理单位 办理结果 督导来源 诉求类别 "
    "意见领域 内容 备注"
)
CONTACTS = "登记号 日期 方式 内容"
PUBLICATIONS = (
    "登记号 类别 系列 标题 组织编码 日期 进展 状态 作废原因 依据 依据材料 期号 媒体 作者或部门 "
    "原创 转载自登记号 链接 有效期至 主题 题材 联合单位 对象 备注"
)
POSITIONS = "登记号 用人单位 岗位 招聘人数 薪资 截止日期"
MEMBER_CASES = (
    "登记号 类别 姓名 性别 身份证号 出生日期 组织编码 日期 进展 状态 作废原因 依据 依据材料 "
    "转入组织编码 发展团员编号 文号 原因 未尽义务 未尽义务起 本人意见 有表决权人数 到会人数 赞成票数 备注"
)
REVIEWS = (
    "年度 组织编码 评议会日期 应到人数 实到人数 上报日期 批准日期 意见建议 姓名 身份证号 评议等次 未评议原因"
)
ADMISSIONS = (
    "登记号 类别 姓名 性别 身份证号 出生日期 组织编码 状态 作废原因 依据 依据材料 申请日期 谈话日期 谈话人 "
    "确定积极分子日期 推荐方式 确定方式 积极分子公示起 积极分子公示止 积极分子备案日期 培养开始日期 "
    "培养联系人身份证号 培养谈话次数 确定发展对象日期 预审日期 预审文号 发展对象公示起 发展对象公示止 "
    "发展团员编号 填写志愿书日期 介绍人身份证号 另一介绍人身份证号 介绍人意见日期 支部大会日期 "
    "有表决权人数 到会人数 收回票数 赞成票数 无记名投票 批准日期 集体讨论 文号 县级备案日期 "
    "新团员公示起 新团员公示止 宣誓日期 志愿书存放处 录入全国系统日期 归档日期 备注"
)
RECOMMENDATIONS = (
    "登记号 类别 姓名 性别 身份证号 出生日期 组织编码 状态 作废原因 依据 依据材料 提名日期 中队 推荐为 "
    "入党申请日期 推优大会日期 有表决权人数 到会人数 赞成票数 审议日期 大队 审议组织 推荐日期 "
    "推优后入团日期 上级确认日期 报党组织日期 党组织 采纳日期 监护人同意日期 监护人姓名 备注"
)
QUOTA = "年度 发展领域 分配组织编码 组织编码 名额 号段起 分配日期 文号"
UNIT_EVENTS = (
    "登记号 类别 名称 组织编码 对象组织编码 日期 进展 状态 作废原因 依据 依据材料 文号 批准单位 "
    "并入组织编码 新组织全称 新简称 撤销生效日期 应到人数 实到人数 发出选票 收回选票 应选名额 任期起 任期止 "
    "届次 代表名额 公示开始日期 公示结束日期 备注"
)
DELEGATES = "大会登记号 代表团组织编码 姓名 身份证号 当选日期 联系团支部编码"
FOUNDINGS = (
    "登记号 类别 名称 组织编码 日期 进展 依据 依据材料 文号 批准单位 新建组织编码 全国系统编码 组织全称 "
    "简称 组织类别 领域 上级组织编码 党组织 本届任期起 本届任期止"
)


@dataclass
class Sheet:
    """One worksheet; a cell whose head a row does not name stays empty."""

    name: str
    heads: str
    rows: Sequence[Cells]
    title: str = ""
    drop_empty: bool = False

    def columns(self) -> list[str]:
        heads = self.heads.split()
        if not self.drop_empty:
            return heads
        used = {head for row in self.rows for head, value in row.items() if value not in ("", None)}
        return [head for head in heads if head in used]


@dataclass
class Book:
    """A workbook: file name without its ending, and the worksheets in it."""

    name: str
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def file_name(self) -> str:
        return f"{self.name}.xlsx"


def write(books: Iterable[Book], folder: Path) -> None:
    for book in books:
        _write_book(book, folder / book.file_name)


def _write_book(book: Book, path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    workbook.set_properties({"author": "青河区委办公室", "created": WRITTEN_ON})
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "head": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF3F2"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "text": workbook.add_format({"num_format": "@"}),
    }
    for sheet in book.sheets:
        _write_sheet(workbook.add_worksheet(sheet.name), sheet, formats)
    workbook.close()


def _write_sheet(table: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    heads = sheet.columns()
    for place, head in enumerate(heads):
        table.set_column(place, place, WIDE_WIDTH if head in WIDE else PLAIN_WIDTH)
    line = 0
    if sheet.title:
        table.write_string(0, 0, sheet.title, formats["title"])
        line = 1
    for place, head in enumerate(heads):
        table.write_string(line, place, head, formats["head"])
    for row, cells in enumerate(sheet.rows, line + 1):
        for place, head in enumerate(heads):
            value = cells.get(head)
            if value not in ("", None):
                _write_cell(table, row, place, value, formats)


def _write_cell(table: Any, row: int, place: int, value: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(value, dt.date):
        table.write_datetime(row, place, value, formats["day"])
    elif isinstance(value, int | float):
        table.write_number(row, place, value)
    else:
        table.write_string(row, place, value, formats["text"])
