"""Transfers, registration, discipline, leaving: the procedures of members in one year."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, later
from sample.people import People, Person
from sample.records import Register, Steps
from sample.roster import Register as Members
from sample.roster import Stay
from sample.tree import Tree, Unit

Walk = list[tuple[str, Day]]

# Kind, reason, and how many days before the approval each step was taken.
HEARD = {"已提请支部大会": 30, "已听取本人意见": 24, "支部大会通过": 16}
LET_GO = (
    ("自行脱团", "连续六个月不交纳团费、不过组织生活", HEARD),
    ("申请退团", "本人申请", {"已申请": 25, "支部大会通过": 11}),
    ("除名", "理想信念动摇，经教育仍无转变", HEARD),
)


class Membership:
    """One year's member cases with their steps."""

    def __init__(self, tree: Tree, people: People, members: Members, year: int) -> None:
        self.tree, self.people, self.members, self.year = tree, people, members, year
        self.chance = Chance(f"membership {year}")
        self.cases = Register("TG", year, ("支部大会决议", "公示材料", "审批表"))
        self.steps = Steps()
        self._transfer()
        self._register()
        self._let_go()

    def _enter(self, kind: str, person: Person, unit: Unit, walk: Walk, **cells: Any) -> None:
        """A procedure that walked through some stages; it stands in the last of them."""
        stage, day = walk[-1]
        told = {
            "类别": kind,
            "姓名": person.name,
            "性别": person.sex,
            "身份证号": person.id_number,
            "出生日期": person.born,
            "组织编码": unit.code,
            "日期": day,
            "进展": stage,
        }
        self.steps.add(self.cases.add(**{**told, **cells}), walk)

    # Moving, registration, leaving.

    def _transfer(self) -> None:
        moves = [(old, new) for old, new in self.members.moves if new.since.year == self.year]
        for old, new in moves:
            day = new.since
            walk = [("已提交", day - 12 * DAY), ("转出已同意", day - 8 * DAY), ("转入已同意", day - 3 * DAY)]
            self._enter(
                "团组织关系转接",
                new.person,
                old.unit,
                [*walk, ("已编入支部", day)],
                转入组织编码=new.unit.code,
                原因=old.because,
                # The old branch may have closed on the very day on which its members were placed.
                **({"日期": walk[-1][1]} if old.unit.dissolved == day else {}),
            )
        pool = [s for s in self.members.current() if s.unit.domain == "普通高校" and s.since.year < self.year]
        for place, stay in enumerate(self.chance.sample(pool, 14)):
            walk = [("已提交", Day(self.year, 9, 4 + place)), ("已退回", Day(self.year, 9, 12 + place))]
            self._enter("团组织关系转接", stay.person, stay.unit, walk[: 1 + place % 2], 原因="学习单位变动")

    def _register(self) -> None:
        """Of the yearly registration only two streets keep the list by name."""
        units = [u for u in self.tree.of(("社区", "两新组织")) if u.founded.year < 2022]
        held = [s for s in self.members.current() if s.unit in units and s.since < Day(self.year, 10, 1)]
        reviewed = self.chance.sample(held, 180)
        grades = self._grades(reviewed)
        for place, stay in enumerate(reviewed):
            day = later(Day(self.year, 11, 27), 0, 24, self.chance)
            walk = [("已评议", day - 3 * DAY), ("已批准", day)]
            state = "待确认" if place % 10 == 7 else ""
            reached = 1 if place % 18 == 0 else 2
            grade = grades[place] if reached > 1 else "不合格"
            self._enter("年度团籍注册", stay.person, stay.unit, walk[:reached], 状态=state, 评议等次=grade)
        for stay in self.chance.sample(held, 2):
            walk = [("支部大会通过", Day(self.year, 6, 8)), ("已批准", Day(self.year, 6, 20))]
            self._enter("团员纪律处分", stay.person, stay.unit, walk, 原因="无正当理由连续不参加组织生活")

    def _grades(self, reviewed: list[Stay]) -> list[str]:
        """Qualified, but for one in four of each branch; the unqualified count among those reviewed."""
        sizes = Counter(stay.unit.code for stay in reviewed)
        given: Counter[str] = Counter()
        grades = []
        for stay in reviewed:
            code = stay.unit.code
            given[code] += 1
            grades.append("优秀" if given[code] <= sizes[code] // 4 else "合格")
        return grades

    def _let_go(self) -> None:
        for stay in self.members.left_in(self.year, "超龄离团"):
            day = stay.until or Day(self.year, 12, 1)
            self._enter("超龄离团", stay.person, stay.unit, [("已提名", day - 9 * DAY), ("已批准", day)])
        for kind, reason, before in LET_GO:
            for stay in self.members.left_in(self.year, kind):
                day = stay.until or Day(self.year, 12, 1)
                walk = [(stage, day - days * DAY) for stage, days in before.items()]
                self._enter(kind, stay.person, stay.unit, [*walk, ("已批准", day)], 原因=reason)
