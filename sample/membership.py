"""Transfers, discipline, leaving: the procedures of members in one year."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day
from sample.people import People, Person
from sample.records import Register, Row, Steps
from sample.roster import Register as Members
from sample.roster import Stay
from sample.tree import Tree, Unit

Walk = list[tuple[str, Day]]

# Kind, reason, and how many days before the approval each step was taken.
HEARD = {"已提请支部大会": 30, "已听取本人意见": 24, "支部大会通过": 16}
LAPSE = "自行脱团"
LET_GO = (
    (LAPSE, "连续六个月不交纳团费", HEARD),
    ("申请退团", "本人申请", {"已申请": 25, "支部大会通过": 11}),
    ("除名", "理想信念动摇，经教育仍无转变", HEARD),
)
UNPAID = 220 * DAY  # between the last dues and the day on which the lapse is put to the meeting


class Membership:
    """One year's member cases with their steps."""

    def __init__(self, tree: Tree, people: People, members: Members, year: int) -> None:
        self.tree, self.people, self.members, self.year = tree, people, members, year
        self.chance = Chance(f"membership {year}")
        self.cases = Register("TG", year, ("支部大会决议", "公示材料", "审批表"))
        self.steps = Steps()
        self._transfer()
        self._punish()
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

    # Moving, discipline, leaving.

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
                日期=walk[0][1],
                转入组织编码=new.unit.code,
                原因=old.because,
            )
        pool = [s for s in self.members.current() if s.unit.domain == "普通高校" and s.since.year < self.year]
        for place, stay in enumerate(self.chance.sample(pool, 14)):
            walk = [("已提交", Day(self.year, 9, 4 + place)), ("已退回", Day(self.year, 9, 12 + place))]
            walk = walk[: 1 + place % 2]
            why = {"日期": walk[0][1], "原因": "学习单位变动"}
            self._enter("团组织关系转接", stay.person, stay.unit, walk, **why)

    def _punish(self) -> None:
        units = [unit for unit in self.tree.of(("社区", "两新组织")) if unit.founded.year < 2022]
        held = [s for s in self.members.current() if s.unit in units and s.since < Day(self.year, 5, 1)]
        for stay in self.chance.sample(held, 2):
            walk = [("支部大会通过", Day(self.year, 6, 8)), ("已批准", Day(self.year, 6, 20))]
            self._enter("团员纪律处分", stay.person, stay.unit, walk, 原因="无正当理由连续不参加组织生活")

    def _let_go(self) -> None:
        for stay in self.members.left_in(self.year, "超龄离团"):
            day = stay.until or Day(self.year, 12, 1)
            self._enter("超龄离团", stay.person, stay.unit, [("已提名", day - 9 * DAY), ("已批准", day)])
        for kind, reason, before in LET_GO:
            for stay in self.members.left_in(self.year, kind):
                day = stay.until or Day(self.year, 12, 1)
                walk = [(stage, day - days * DAY) for stage, days in before.items()]
                self._enter(
                    kind,
                    stay.person,
                    stay.unit,
                    [*walk, ("已批准", day)],
                    日期=walk[0][1],
                    原因=reason,
                    **self._decided(kind, stay, walk),
                )

    def _decided(self, kind: str, stay: Stay, walk: Walk) -> Row:
        """What the branch meeting was told and how it voted; a membership lapses after six months."""
        days = dict(walk)
        voted = days["支部大会通过"]
        entitled = sum(one.on(voted) for one in self.members.of_unit(stay.unit))
        cells: Row = {
            "有表决权人数": entitled,
            "到会人数": entitled - (entitled > 4),
            "赞成票数": entitled - (entitled > 4),
        }
        if "已听取本人意见" in days:
            cells["本人意见"] = "没有异议"
        if kind == LAPSE:
            cells |= {"未尽义务": "不交纳团费", "未尽义务起": walk[0][1] - UNPAID}
        return cells
