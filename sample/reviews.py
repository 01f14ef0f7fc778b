"""The yearly review (团员教育评议): whole branches of three streets, a row for each member."""

from __future__ import annotations

from dataclasses import dataclass

from sample.branch_life import review_opens
from sample.chance import Chance
from sample.days import Day, later
from sample.people import political_status
from sample.records import Row
from sample.roster import Register, Stay
from sample.tree import YEAR_END, Tree, Unit
from sample.volumes import volume

STREETS = 3  # of the district keep the list by name
NOT_GOOD_ENOUGH = 8  # at the least, of those whose review is approved
DEFERRED = 2
OPINIONS = ("多组织到社区报到", "团课请结合本职工作", "")


@dataclass(frozen=True)
class Meeting:
    """One branch's meeting, the way up, and who was a member that day."""

    unit: Unit
    held: Day
    handed_up: Day
    approved: Day
    members: list[Stay]


class Reviews:
    """One year's reviews: most are approved, the last branches still wait."""

    def __init__(self, tree: Tree, register: Register, year: int) -> None:
        self.tree, self.register, self.year = tree, register, year
        self.chance = Chance(f"reviews {year}")
        self.rows: list[Row] = []
        meetings = [self._meeting(unit) for unit in self._branches()]
        approved = self._approved(meetings)
        worst = self._worst(approved)
        for meeting in meetings:
            self._tell(meeting, worst.get(meeting.unit, ""), waits=meeting not in approved)

    def _worst(self, approved: list[Meeting]) -> dict[Unit, str]:
        """In which branches one member is not registered, so that the year's number comes out."""
        number = sum(len(one.members) for one in approved) - volume("registered", self.year)
        units = self.chance.some([one.unit for one in approved if len(one.members) > 3], number)
        return {unit: "未参加评议" if place < DEFERRED else "不合格" for place, unit in enumerate(units)}

    def _branches(self) -> list[Unit]:
        streets = [body for body in self.tree.bodies() if body.domain == "街道"][:STREETS]
        communities = self.tree.of("社区")
        return [one for one in communities if one.founded.year < 2022 and self.tree.body_of(one) in streets]

    def _meeting(self, unit: Unit) -> Meeting:
        held = later(review_opens(self.year), 7, 18, self.chance)
        handed_up = later(held, 1, 3, self.chance)
        members = [stay for stay in self.register.of_unit(unit) if stay.on(held)]
        return Meeting(unit, held, handed_up, later(handed_up, 2, 9, self.chance), members)

    def _approved(self, meetings: list[Meeting]) -> list[Meeting]:
        """So many from the front that the year's number can be registered and some are not good enough."""
        wanted, held = volume("registered", self.year) + NOT_GOOD_ENOUGH, 0
        for number, meeting in enumerate(meetings, 1):
            held += len(meeting.members)
            if held >= wanted:
                return meetings[:number]
        raise ValueError(f"the streets have only {held} members in {self.year}")

    def _tell(self, meeting: Meeting, worst: str, *, waits: bool) -> None:
        """The last of the branch is not reviewed, or found wanting; the first are the best of it."""
        due = len(meeting.members)
        said = {
            "年度": self.year,
            "组织编码": meeting.unit.code,
            "评议会日期": meeting.held,
            "应到人数": due,
            "实到人数": due - (due > 3 and self.chance.maybe(0.4)),
            "上报日期": meeting.handed_up,
            "批准日期": "" if waits else meeting.approved,
            "意见建议": self.chance.choice(OPINIONS),
        }
        for stay, grade in zip(meeting.members, _grades(meeting.members, worst), strict=True):
            who = {"姓名": stay.person.name, "身份证号": stay.person.id_number, "评议等次": grade}
            why = {"未评议原因": "在外地实习"} if grade == "未参加评议" else {}
            self.rows.append({**said, **who, **why})


def _grades(members: list[Stay], worst: str) -> list[str]:
    """Qualified, but for one in four; Party members are registered without review."""
    grades = [
        "免评议注册" if political_status(stay.person, on=YEAR_END).startswith("中共") else "合格"
        for stay in members
    ]
    if worst:
        grades[len(grades) - 1 - grades[::-1].index("合格")] = worst
    reviewed = sum(grade in ("合格", "不合格") for grade in grades)
    for _best in range(reviewed // 4):
        grades[grades.index("合格")] = "优秀"
    return grades
