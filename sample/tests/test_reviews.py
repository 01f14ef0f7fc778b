"""The yearly reviews of the sample: whole branches, within the shares that the rules allow."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from sample.tests.office import Office, Row

REVIEWED = ("优秀", "合格", "基本合格", "不合格")
REGISTERED = ("优秀", "合格", "基本合格", "免评议注册")


def branches(office: Office, year: int) -> dict[str, list[Row]]:
    grouped = defaultdict(list)
    for row in office.rows["reviews"]:
        if row["年度"] == year:
            grouped[row["组织编码"]].append(row)
    return grouped


@pytest.mark.parametrize("year", [2022, 2023])
def test_every_member_of_a_reviewed_branch_has_a_grade(office: Office, year: int) -> None:
    told = branches(office, year)

    assert len(told) == 27
    for code, rows in told.items():
        [held] = {row["评议会日期"] for row in rows}
        members = {row["身份证号"] for row in office.members(held) if row["所在团组织编码"] == code}
        assert {row["身份证号"] for row in rows} == members
        assert len(rows) == len(members) == rows[0]["应到人数"]


@pytest.mark.parametrize("year", [2022, 2023])
def test_attendance_and_excellence_keep_within_the_rules(office: Office, year: int) -> None:
    for rows in branches(office, year).values():
        grades = Counter(row["评议等次"] for row in rows)
        reviewed = sum(grades[grade] for grade in REVIEWED)
        assert Fraction(rows[0]["实到人数"], rows[0]["应到人数"]) > Fraction(2, 3)
        assert grades["优秀"] <= Fraction(3, 10) * reviewed
        assert all("未评议原因" in row for row in rows if row["评议等次"] == "未参加评议")


@pytest.mark.parametrize("year", [2022, 2023])
def test_those_approved_and_good_enough_are_the_years_number(office: Office, year: int) -> None:
    rows = [row for rows in branches(office, year).values() for row in rows]
    approved = [row for row in rows if row.get("批准日期", dt.date.max).year == year]

    assert sum(row["评议等次"] in REGISTERED for row in approved) == 152
    assert any("批准日期" not in row for row in rows)  # handed up, and counted nowhere
    assert {row["评议等次"] for row in approved} == {"优秀", "合格", "不合格", "免评议注册", "未参加评议"}


def test_the_review_of_each_year_was_put_to_the_branches_before_they_met(office: Office) -> None:
    opened = {row["年份"]: row for row in office.rows["issues"] if row["系列"].startswith("团员教育评议")}

    assert set(opened) == {2022, 2023}
    for row in office.rows["reviews"]:
        issue = opened[row["年度"]]
        assert issue["开始日期"] < row["评议会日期"] < row["上报日期"] <= issue["截止日期"]
