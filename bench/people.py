"""A large roster of people who do not exist, for measuring the importer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter
from stdnum.cn import ric

HEADS = [
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "出生日期",
    "政治面貌",
    "学历",
    "学校或工作单位",
    "手机号",
    "所在团组织编码",
    "入团时间",
    "发展团员编号",
    "团员证编号",
    "电子档案状态",
    "团内职务",
]
FIRST_BIRTH = dt.date(1999, 1, 1)


def write_roster(out: Path, rows: int) -> None:
    """`rows` members spread over the sample's branches, each with an ID number of their own."""
    from qingce.league.organisations.models import Unit

    branches = list(Unit.objects.branches().filter(dissolved_on=None).values_list("code", flat=True))
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("团员花名册")
        sheet.write_row(0, 0, HEADS)
        for number in range(rows):
            sheet.write_row(number + 1, 0, _member(number, branches[number % len(branches)]))


def _member(number: int, branch: str) -> list[str]:
    """One row; births run through seven years and sequences through 999, so no number repeats."""
    day, sequence = divmod(number, 999)
    born = FIRST_BIRTH + dt.timedelta(days=day)
    joined = born.replace(day=1).replace(year=born.year + 15)
    body = f"990150{born:%Y%m%d}{sequence + 1:03d}"
    sex = "男" if (sequence + 1) % 2 else "女"
    development = f"{joined.year}99{number % 1_000_000:06d}" if joined.year >= 2017 else ""
    return [
        "张" + chr(0x4E00 + number % 2000) + chr(0x5000 + number % 1999), sex, "汉族",
        body + ric.calc_check_digit(body + "0"), born.isoformat(), "共青团员", "高中", "", "",
        branch, joined.isoformat(), development, "", "已认证", "",
    ]  # fmt: skip
