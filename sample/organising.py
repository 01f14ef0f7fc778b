"""Setting up, re-electing, merging, dissolving and mending units in one year."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, spread, year_workdays
from sample.records import Register
from sample.tree import ROOT, Tree, Unit


class Organising:
    """One year's unit events."""

    def __init__(self, tree: Tree, year: int) -> None:
        self.tree, self.year = tree, year
        self.chance = Chance(f"organising {year}")
        self.events = Register("ZZ", year, ("请示", "选举结果报告"))
        self._found()
        self._close()
        self._re_elect()
        self._rename()
        self._relocate()
        self._mend()
        if year == 2023:
            self._hold_congress()

    def _event(self, kind: str, name: str, unit: Unit, day: Day, stage: str, **cells: Any) -> None:
        told = {
            "类别": kind,
            "名称": name,
            "组织编码": ROOT,
            "对象组织编码": unit.code,
            "日期": day,
            "进展": stage,
        }
        self.events.add(**{**told, **cells})

    def _found(self) -> None:
        """Every founding has its approval; two papers were never handed in."""
        new = [unit for unit in self.tree.units if unit.founded.year == self.year]
        for place, unit in enumerate(new):
            paper = {"依据": "附有材料", "依据材料": "批复文件"} if place not in (5, 11) else {}
            self._event(
                "新建团组织",
                f"关于同意成立{unit.short}的批复",
                unit,
                unit.founded,
                "已批准",
                文号=f"青团复〔{self.year}〕{place + 1}号",
                批准单位="共青团青河区委员会",
                **paper,
            )
        waiting = self.tree.named("青禾物流团支部")
        self._event("新建团组织", "关于成立商圈联合团支部的请示", waiting, Day(self.year, 12, 18), "已申请")

    def _close(self) -> None:
        for unit in self.tree.units:
            if unit.dissolved and unit.dissolved.year == self.year:
                merged = unit.domain == "行政村"
                kind = "合并团组织" if merged else "撤销团组织"
                name = f"{unit.short}{'并入邻村团支部' if merged else '撤销'}"
                self._event(kind, name, unit, unit.dissolved - DAY, "已批准", 批准单位="共青团青河区委员会")

    def _re_elect(self) -> None:
        """Elections of the branches whose term began this year, as far as the papers came in."""
        chosen = [
            unit
            for unit in self.tree.units[1:]
            if unit.term and unit.term[0].year == self.year and unit.founded.year < self.year
        ]
        for unit in self.chance.some(chosen, min(44, len(chosen))):
            start, end = unit.term or (unit.founded, unit.founded)
            due = self.chance.randint(6, 20)
            self._event(
                "换届选举",
                f"{unit.short}换届选举",
                unit,
                start,
                "已开展",
                应到人数=due,
                实到人数=due - self.chance.randint(0, due // 6),
                应选名额=3,
                任期起=start,
                任期止=end,
            )

    def _relocate(self) -> None:
        """Asked for, not yet approved: the tree stays as it is."""
        unit = self.tree.named("晨光家政团支部" if self.year == 2023 else "青禾物流团支部")
        name = f"关于{unit.short}划归街道管理的请示"
        self._event("隶属关系调整", name, unit, Day(self.year, 12, 6), "已申请")

    def _rename(self) -> None:
        classes = [u for u in self.tree.units if u.cohort == self.year and u.founded.year < self.year]
        for unit in self.chance.some(classes, 15):
            told = "毕业班支部顺延更名"
            self._event("团组织更名", f"{unit.short}更名", unit, Day(self.year, 9, 8), "已批准", 备注=told)

    def _mend(self) -> None:
        villages = [unit for unit in self.tree.of("行政村") if unit.founded.year < 2022]
        days = spread(self.chance, year_workdays(self.year), 7)
        for place, (unit, day) in enumerate(zip(self.chance.some(villages, 7), days, strict=True)):
            stage = ("已办结", "已办结", "办理中")[place % 3]
            self._event("软弱涣散团支部整顿", f"{unit.short}整顿", unit, day, stage)

    def _hold_congress(self) -> None:
        self._event(
            "团代会",
            "共青团青河区第十五次代表大会",
            self.tree.root,
            Day(2023, 6, 27),
            "已开展",
            应到人数=152,
            实到人数=147,
            应选名额=27,
            任期起=Day(2023, 6, 28),
            任期止=Day(2028, 6, 27),
            依据="附有材料",
            依据材料="大会选举结果报告",
        )
