"""Admissions, recommendations, transfers, registration, leaving: the procedures of one year."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, later, spread, year_workdays
from sample.people import People, Person
from sample.records import Register, Steps
from sample.roster import Register as Members
from sample.roster import Stay
from sample.tree import SCHOOLS, Tree, Unit
from sample.volumes import volume

Walk = list[tuple[str, Day]]

ADMISSION = ("已申请", "已谈话", "入团积极分子", "培养教育中", "发展对象", "已公示", "已填志愿书")
BEFORE_MEETING = (200, 185, 160, 150, 40, 25, 4)  # days before the branch meeting


class Membership:
    """One year's member cases with their steps."""

    def __init__(self, tree: Tree, people: People, members: Members, year: int) -> None:
        self.tree, self.people, self.members, self.year = tree, people, members, year
        self.chance = Chance(f"membership {year}")
        self.cases = Register("TY", year, ("支部大会决议", "公示材料", "审批表"))
        self.steps = Steps()
        self._admit()
        self._recommend_pioneers()
        self._recommend_to_party()
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

    def admitted(self) -> list[Stay]:
        """Members of the register whom this year's cases admitted."""
        ordered = sorted(self.members.joined_in(self.year), key=lambda stay: stay.person.id_number)
        old = [stay for stay in ordered if stay.unit.founded < Day(self.year, 1, 1)]
        return self.chance.some(old, volume("admissions", self.year))

    def _admit(self) -> None:
        self.new = self.admitted()
        for stay in self.new:
            self._enter(
                "发展入团",
                stay.person,
                stay.unit,
                self._walk_to(stay.joined),
                发展团员编号=stay.number,
                文号=f"青团组〔{self.year}〕{stay.joined.month}号",
            )
        for place in range(36):
            self._in_progress(place)
        for state in ("作废", "草稿", "草稿", "待确认", "待确认"):
            walk = self._walk_to(Day(self.year, 11, 16))
            self._enter("发展入团", self._pupil(), self._class(), walk, 状态=state)

    def _walk_to(self, meeting: Day) -> Walk:
        """Approved on the day of joining, which the register takes from the branch's meeting."""
        walk = [
            (stage, meeting - before * DAY) for stage, before in zip(ADMISSION, BEFORE_MEETING, strict=True)
        ]
        return [*walk, ("支部大会通过", meeting - DAY), ("已批准", meeting)]

    def _in_progress(self, place: int) -> None:
        walk = self._walk_to(Day(self.year, 12, 20) + 40 * DAY)
        reached = 3 + place % 3
        last = min(walk[:reached][-1][1], Day(self.year, 12, 28))
        steps = [(stage, min(day, last)) for stage, day in walk[:reached]]
        self._enter("发展入团", self._pupil(), self._class(), steps)

    def _pupil(self) -> Person:
        first = Day(self.year - 15, 1, 1)
        return self.people.born(first, first + 120 * DAY)

    def _class(self) -> Unit:
        return self.chance.choice(self.tree.of(("初中", "普通高中")))

    # Recommendations.

    def _recommend_pioneers(self) -> None:
        """Some of those recommended are among the year's admissions, some joined the year before."""
        number = volume("pioneer_recommendations", self.year)
        young = sorted(self.new, key=lambda stay: stay.person.born, reverse=True)
        chosen = young[: int(number * 0.75)]
        known = {stay.person.id_number for stay in self.new}
        school = [stay for stay in self.members.stays if stay.unit.domain in SCHOOLS and not stay.because]
        earlier = [
            stay
            for stay in school
            if stay.joined.year <= self.year
            and stay.since.year <= self.year
            and stay.person.id_number not in known
            and stay.unit.founded < Day(self.year, 1, 1)
        ]
        earlier.sort(key=lambda stay: (stay.person.born, stay.person.id_number), reverse=True)
        chosen += earlier[: number - len(chosen)]
        for stay in chosen:
            day = stay.joined if stay.joined.year == self.year else Day(self.year, 3, 9)
            self._pioneer(stay.person, stay.unit, day)
        for place in range(17):
            self._pioneer(self._pupil(), self._class(), Day(self.year, 11, 6 + place), admitted=False)

    def _pioneer(self, person: Person, unit: Unit, day: Day, *, admitted: bool = True) -> None:
        walk = [("已提名", day - 60 * DAY), ("已审议", day - 50 * DAY), ("已推荐", day - 40 * DAY)]
        if admitted:
            walk.append(("已入团", day))
        self._enter("少先队员推优入团", person, unit, walk)

    def _recommend_to_party(self) -> None:
        """Recommended in the year; those of the year before have gone on to the Party."""
        adults = [stay for stay in self.members.current() if stay.person.age(Day(self.year, 3, 1)) >= 18]
        adults = [stay for stay in adults if stay.since < Day(self.year, 1, 1) and stay.joined.year < 2021]
        number = volume("party_recommendations", self.year)
        stays = self.chance.sample(adults, number + 9)
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), number)):
            self._party(stays[place], max(day, Day(self.year, 2, 20)), recommended=True)
        for stay in stays[number:]:
            self._party(stay, Day(self.year, 11, 20), recommended=False)

    def _party(self, stay: Stay, day: Day, *, recommended: bool) -> None:
        walk = [("已提名", day - 30 * DAY), ("支部大会通过", day - 20 * DAY)]
        if recommended:
            walk += [("已审议", day - 10 * DAY), ("已推荐", day)]
        if recommended and self.year == 2022:
            walk.append(("已报党组织", Day(2023, 3, 15)))
            if day.month < 8:
                walk.append(("已采纳", Day(2023, 6, 20)))
        self._enter("团员推优入党", stay.person, stay.unit, walk)

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
        for place, stay in enumerate(self.chance.sample(held, 180)):
            day = later(Day(self.year, 11, 27), 0, 24, self.chance)
            walk = [("已评议", day - 3 * DAY), ("已批准", day)]
            state = "待确认" if place % 10 == 7 else ""
            reached = 1 if place % 18 == 0 else 2
            self._enter("年度团籍注册", stay.person, stay.unit, walk[:reached], 状态=state)
        for stay in self.chance.sample(held, 2):
            walk = [("支部大会通过", Day(self.year, 6, 8)), ("已批准", Day(self.year, 6, 20))]
            self._enter("团员纪律处分", stay.person, stay.unit, walk, 原因="无正当理由连续不参加组织生活")

    def _let_go(self) -> None:
        for stay in self.members.left_in(self.year, "超龄离团"):
            day = stay.until or Day(self.year, 12, 1)
            self._enter("超龄离团", stay.person, stay.unit, [("已提名", day - 9 * DAY), ("已批准", day)])
