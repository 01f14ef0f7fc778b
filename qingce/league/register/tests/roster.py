"""A district with two branches, and rows of an export for fictional members."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stdnum.cn import ric

from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Unit, UnitKind

TODAY = dt.date(2024, 3, 1)
FOUNDED = dt.date(2015, 1, 1)
OTHER = "QH0102"


def branches() -> Unit:
    """The district above the branches QH0101 and QH0102."""
    district = _unit("QH", UnitKind.DISTRICT_COMMITTEE)
    street = _unit("QH01", UnitKind.WORK_COMMITTEE)
    place([(district, None), (street, district)])
    place([(_unit(code, UnitKind.BRANCH), street) for code in ("QH0101", OTHER)])
    return district


def id_number(number: int) -> str:
    body = f"99015020060101{number:03d}"
    return body + ric.calc_check_digit(body + "0")


def member(number: int, **said: Any) -> dict[str, Any]:
    """A row of the export; odd numbers are men."""
    row = {
        "姓名": f"张{chr(0x4E00 + number)}",
        "性别": "男" if number % 2 else "女",
        "民族": "汉族",
        "身份证号": id_number(number),
        "出生日期": "2006-01-01",
        "政治面貌": "共青团员",
        "学历": "高中",
        "手机号": "",
        "所在团组织编码": "QH0101",
        "入团时间": "2021-05-04",
        "发展团员编号": f"2021620{number:05d}",
    }
    return {**row, **said}


def _unit(code: str, kind: UnitKind) -> Unit:
    return Unit.objects.create(
        code=code, name=f"共青团{code}", short_name=code, kind=kind, domain=Domain.STREET, founded_on=FOUNDED
    )
