"""Reads the written workbooks back with openpyxl, so that nothing here trusts the program."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl

Row = dict[str, Any]

# One head that only the sheet of that name has.
MARKS = {
    "delegates": "代表团组织编码",
    "foundings": "新建组织编码",
    "units": "组织类别",
    "sites": "阵地类型",
    "officers": "登录名",
    "roster": "所在团组织编码",
    "returns": "开展情况",
    "issues": "开始日期",
    "sessions": "课时",
    "participations": "活动登记号",
    "payments": "银行结果",
    "contacts": "方式",
    "positions": "用人单位",
    "publications": "转载自登记号",
    "member_cases": "转入组织编码",
    "reviews": "评议会日期",
    "admissions": "支部大会日期",
    "recommendations": "提名日期",
    "allotments": "号段起",
    "unit_events": "应选名额",
    "cases": "帮扶人姓名",
    "applications": "对象组织编码",
    "activities": "活动名称",
}

# Sheets on which one row tells every step by its day: head of the day → the stage.
STEP_HEADS = {
    "admissions": {
        "申请日期": "已申请",
        "谈话日期": "已谈话",
        "确定积极分子日期": "入团积极分子",
        "培养开始日期": "培养教育中",
        "确定发展对象日期": "发展对象",
        "发展对象公示止": "已公示",
        "填写志愿书日期": "已填志愿书",
        "支部大会日期": "支部大会通过",
        "批准日期": "已批准",
        "宣誓日期": "已宣誓",
        "归档日期": "已归档",
    },
    "recommendations": {
        "提名日期": "已提名",
        "推优大会日期": "支部大会通过",
        "审议日期": "已审议",
        "推荐日期": "已推荐",
        "推优后入团日期": "已入团",
        "上级确认日期": "上级已确认",
        "报党组织日期": "已报党组织",
        "采纳日期": "已采纳",
    },
}


class Office:
    """Every row of every workbook by the sheet it belongs to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.heads: dict[str, set[str]] = defaultdict(set)
        for name in (folder / "ORDER.txt").read_text(encoding="utf-8").split("\n"):
            if name:
                self._read(folder / name)
        self._read_steps()

        self._tell_what_changed()

    def _tell_what_changed(self) -> None:
        """The units as they stand at the end: founded, renamed and gone as the papers say."""
        for row in self.rows["foundings"]:
            code, day = row["新建组织编码"], row["日期"]
            self.rows["units"].append({**row, "组织编码": code, "成立日期": day})
            self.rows["unit_events"].append({**row, "对象组织编码": code})
        units = {row["组织编码"]: row for row in self.rows["units"]}
        for row in self.kept("unit_events", 进展="已批准"):
            unit = units[row["对象组织编码"]]
            if row["类别"] in ("撤销团组织", "合并团组织"):
                unit["撤销日期"] = row["日期"]
            if "新简称" in row:
                unit["简称"], unit["组织全称"] = row["新简称"], row["新组织全称"]

    def _read(self, path: Path) -> None:
        book = openpyxl.load_workbook(path, read_only=True)
        for table in book.worksheets:
            lines = list(table.iter_rows(values_only=True))
            start = next(place for place, line in enumerate(lines) if sum(map(bool, line)) > 1)
            heads = [str(head) for head in lines[start] if head]
            sheet = next((code for code, mark in MARKS.items() if mark in heads), "steps")
            self.heads[sheet].update(heads)
            for line in lines[start + 1 :]:
                self.rows[sheet].append(
                    {
                        head: value.date() if isinstance(value, dt.datetime) else value
                        for head, value in zip(heads, line, strict=False)
                        if value is not None
                    }
                )
        book.close()

    def _read_steps(self) -> None:
        """Rows that tell a whole procedure, as steps of the sheet of steps; the last is where they stand."""
        for sheet, heads in STEP_HEADS.items():
            for row in self.rows[sheet]:
                steps = [(row[head], stage) for head, stage in heads.items() if head in row]
                row["日期"], row["进展"] = max(steps)
                self.rows["steps"] += [
                    {"登记号": row["登记号"], "进展": stage, "日期": day} for day, stage in steps
                ]

    def kept(self, sheet: str, kind: str = "", **cells: str) -> list[Row]:
        """Confirmed rows, of one kind, with these cells; a cell may hold several words."""
        return [
            row
            for row in self.rows[sheet]
            if row.get("状态", "已确认") == "已确认"
            and (not kind or row.get("类别") == kind)
            and all(word == row.get(head) or word in words(row, head) for head, word in cells.items())
        ]

    def held(self, kind: str, year: int = 2023, **cells: str) -> list[Row]:
        """Confirmed activities of the year that took place."""
        return [
            row
            for row in self.kept("activities", kind, **cells)
            if row["日期"].year == year and row.get("进展", "已开展") == "已开展"
        ]

    def published(self, kind: str, year: int = 2023, **cells: str) -> list[Row]:
        return [
            row
            for row in self.kept("publications", kind, **cells)
            if row["日期"].year == year and row["进展"] == "已发布"
        ]

    @cached_property
    def records(self) -> dict[str, Row]:
        sheets = ("activities", "applications", "cases", "publications", "member_cases")
        sheets += ("admissions", "recommendations")
        return {row["登记号"]: row for sheet in sheets for row in self.kept(sheet)}

    def reached(self, stage: str, kinds: Iterable[str], year: int = 2023, **cells: str) -> list[Row]:
        """Confirmed records of the kinds that reached a stage in the year."""
        steps = [step for step in self.rows["steps"] if step["进展"] == stage and step["日期"].year == year]
        found = [self.records[step["登记号"]] for step in steps if step["登记号"] in self.records]
        return [
            row
            for row in found
            if row["类别"] in kinds and all(row.get(head) == word for head, word in cells.items())
        ]

    def answers(self, series: str, year: int = 2023) -> list[Row]:
        return [
            row
            for row in self.rows["returns"]
            if row["系列"] == series and row["日期"].year == year and row.get("开展情况") != "未开展"
        ]

    def branches(self, day: dt.date) -> set[str]:
        return {
            row["组织编码"]
            for row in self.rows["units"]
            if row["组织类别"] in ("团支部", "联合团支部")
            and row["成立日期"] <= day
            and row.get("撤销日期", dt.date.max) > day
        }

    def members(self, day: dt.date) -> list[Row]:
        return [
            row
            for row in self.rows["roster"]
            if row["进入本支部时间"] <= day and row.get("离开本支部时间", dt.date.max) > day
        ]

    def taking_part(self, activities: Iterable[Row], among: Callable[[Row], bool]) -> set[str]:
        numbers = {row["登记号"] for row in activities}
        return {
            row["身份证号"]
            for row in self.rows["participations"]
            if row["活动登记号"] in numbers and row.get("参加", "是") == "是" and among(row)
        }


def people(rows: Iterable[Row], head: str = "身份证号") -> set[str]:
    return {row[head] for row in rows}


def words(row: Row, head: str) -> set[str]:
    return set(str(row.get(head, "")).split("、"))
