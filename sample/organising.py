"""Setting up, re-electing, merging, dissolving and mending units in one year."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import Day, spread, year_workdays
from sample.records import Register
from sample.tree import ROOT, Tree, Unit, party_body


class Organising:
    """One year's unit events."""

    def __init__(self, tree: Tree, year: int) -> None:
        self.tree, self.year = tree, year
        self.chance = Chance(f"organising {year}")
        self.events = Register("ZZ", year, ("请示", "选举结果报告"))
        self.foundings = Register("JT", year, ("请示",))
        self.congress = ""  # the number of its record
        self.elected: set[str] = set()  # codes of units whose term the events of the year begin
        self.former: dict[str, str] = {}  # code → short name before the renaming of the year
        self._found()
        self._close()
        self._re_elect()
        self._rename()
        self._relocate()
        self._mend()
        if year == 2023:
            self._hold_congress()

    def _event(self, kind: str, name: str, unit: Unit, day: Day, stage: str, **cells: Any) -> str:
        told = {
            "类别": kind,
            "名称": name,
            "组织编码": ROOT,
            "对象组织编码": unit.code,
            "日期": day,
            "进展": stage,
        }
        return self.events.add(**{**told, **cells})

    def _found(self) -> None:
        """Every founding has its approval; two papers were never handed in."""
        new = [unit for unit in self.tree.units if unit.founded.year == self.year]
        for place, unit in enumerate(new):
            paper = {"依据": "附有材料", "依据材料": "批复文件"} if place not in (5, 11) else {}
            start, end = unit.term or (None, None)
            self.foundings.add(
                类别="新建团组织",
                名称=f"关于同意成立{unit.short}的批复",
                组织编码=ROOT,
                日期=unit.founded,
                进展="已批准",
                文号=f"青团复〔{self.year}〕{place + 1}号",
                批准单位="共青团青河区委员会",
                新建组织编码=unit.code,
                全国系统编码=f"9901{unit.place:08d}",
                组织全称=unit.name,
                简称=unit.short,
                组织类别=unit.kind,
                领域=unit.domain,
                上级组织编码=unit.parent,
                党组织=party_body(unit),
                本届任期起=start,
                本届任期止=end,
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
                told = (
                    {"并入组织编码": self._neighbour(unit).code}
                    if merged
                    else {"撤销生效日期": unit.dissolved}
                )
                number = f"青团复〔{self.year}〕{40 + len(self.events.rows)}号"
                self._event(
                    kind,
                    name,
                    unit,
                    unit.dissolved,
                    "已批准",
                    文号=number,
                    批准单位="共青团青河区委员会",
                    **told,
                )

    def _neighbour(self, unit: Unit) -> Unit:
        """The village branch of the same town into which a merged one goes."""
        return next(u for u in self.tree.branches() if u.parent == unit.parent and u.code != unit.code)

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
            self.elected.add(unit.code)
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
        name = f"关于{unit.short}延期换届的请示"
        self._event("延期换届", name, unit, Day(self.year, 12, 7), "已申请")
        large = self.tree.branches()[0]
        self._event("拆分团组织", f"关于拆分{large.short}的请示", large, Day(self.year, 12, 8), "已申请")

    def _rename(self) -> None:
        classes = [u for u in self.tree.units if u.cohort == self.year and u.founded.year < self.year]
        for unit in self.chance.some(classes, 15):
            told = "毕业班支部顺延更名"
            self.former[unit.code] = unit.short.replace(f"{self.year}级", f"{self.year - 3}级")
            self._event(
                "团组织更名",
                f"{unit.short}更名",
                unit,
                Day(self.year, 9, 8),
                "已批准",
                新组织全称=unit.name,
                新简称=unit.short,
                备注=told,
            )

    def _mend(self) -> None:
        villages = [unit for unit in self.tree.of("行政村") if unit.founded.year < 2022]
        days = spread(self.chance, year_workdays(self.year), 7)
        for place, (unit, day) in enumerate(zip(self.chance.some(villages, 7), days, strict=True)):
            stage = ("已办结", "已办结", "办理中")[place % 3]
            self._event("软弱涣散团支部整顿", f"{unit.short}整顿", unit, day, stage)

    def _hold_congress(self) -> None:
        self.elected.add(ROOT)
        self.congress = self._event(
            "团代会",
            "共青团青河区第十五次代表大会",
            self.tree.root,
            Day(2023, 6, 27),
            "已开展",
            应到人数=152,
            实到人数=147,
            发出选票=147,
            收回选票=147,
            应选名额=27,
            任期起=Day(2023, 6, 28),
            任期止=Day(2028, 6, 27),
            届次=15,
            代表名额=152,
            公示开始日期=Day(2023, 6, 12),
            公示结束日期=Day(2023, 6, 16),
            依据="附有材料",
            依据材料="大会选举结果报告",
        )
