"""Public courses and holiday care: sessions, hours, and the children with their guardians' consent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, days, weekends
from sample.lists import listed
from sample.people import People, Person
from sample.records import Register, Row
from sample.tree import ROOT, Tree, Unit
from sample.volumes import volume

COURSES = listed(
    "少儿编程 书法 国画 古筝 声乐 舞蹈 足球 篮球 围棋 英语绘本 科学实验 作文 陶艺 播音主持",
    "数学思维",
)
HOURS = (2, 2, 2, 1.5, 2.5)  # of five lessons in turn: ten in all
FREE_GROUPS = ("孤残儿童", "困境家庭子女")
IN_TWO_COURSES, OTHER_CHILDREN, NEVER_CAME = 58, 43, 6
IN_TWO_TERMS, ABSENT_PUPILS = 61, 7
WINTER_SHARE = 0.3


class Classes:
    """One year's courses and care classes, with their three sheets."""

    def __init__(self, tree: Tree, people: People, year: int) -> None:
        self.tree, self.people, self.year = tree, people, year
        self.chance = Chance(f"classes {year}")
        self.activities = Register("KC", year)
        self.sessions: list[Row] = []
        self.participations: list[Row] = []
        self._teach()
        self._care()

    # Courses.

    def _teach(self) -> None:
        number = volume("courses", self.year)
        lessons = self.chance.parts(volume("class_hours", self.year) // 10, number, least=7, spread=0.3)
        courses = [
            self._course(name, fives * len(HOURS)) for name, fives in zip(COURSES, lessons, strict=False)
        ]
        self._enrol(courses)
        planned = self._open("轮滑", Day(self.year, 12, 16), 进展="计划中")
        void = self._open("电子琴", Day(self.year, 3, 18), 状态="作废")
        for course in (planned, void):
            self._hold(course, Day(self.year, 12, 16), 10)
        self._take_part(void, self._child(), FREE_GROUPS[0])

    def _course(self, name: str, lessons: int) -> Row:
        first = weekends(Day(self.year, 3, 4), Day(self.year, 3, 26))[self.chance.randint(0, 6)]
        course = self._open(name, first)
        self._hold(course, first, lessons)
        return course

    def _open(self, name: str, day: Day, **cells: Any) -> Row:
        self.activities.add(
            类别="公益大讲堂课程",
            系列="青少年公益大讲堂",
            活动名称=f"公益大讲堂：{name}",
            组织编码=ROOT,
            日期=day,
            结束日期=Day(self.year, 12, 17),
            地点="青少年活动中心",
            **cells,
        )
        return self.activities.rows[-1]

    def _hold(self, course: Row, first: Day, lessons: int) -> None:
        """Lessons on weekends and through the summer, so many as the course has."""
        free = [
            day for day in days(first, Day(self.year, 12, 17)) if day.weekday() >= 5 or day.month in (7, 8)
        ]
        teacher = self.people.aged(24, 45, on=first).name
        for place in range(lessons):
            self.sessions.append(
                {
                    "活动登记号": course["登记号"],
                    "日期": free[place * len(free) // lessons],
                    "课时": HOURS[place % len(HOURS)],
                    "教师": teacher,
                    "人数": self.chance.randint(18, 34),
                }
            )

    def _enrol(self, courses: list[Row]) -> None:
        children = [(self._child(), group) for group in self._groups()]
        for place, (child, group) in enumerate(children):
            self._take_part(courses[place % len(courses)], child, group)
        for place, (child, group) in enumerate(children[:IN_TWO_COURSES]):
            self._take_part(courses[(place + 4) % len(courses)], child, group)
        for place in range(OTHER_CHILDREN):
            self._take_part(courses[place % len(courses)], self._child(), "其他")
        for place in range(NEVER_CAME):
            self._take_part(courses[place], self._child(), FREE_GROUPS[1], came=False)

    def _groups(self) -> list[str]:
        number = volume("course_children", self.year)
        return [FREE_GROUPS[place % 9 != 0] for place in range(number)]

    # Care.

    def _care(self) -> None:
        number = volume("care_classes", self.year)
        winters = round(number * WINTER_SHARE)
        classes = [self._care_class(place, winter=place < winters) for place in range(number)]
        pupils = [self._child() for _ in range(volume("care_pupils", self.year))]
        for place, pupil in enumerate(pupils):
            self._take_part(classes[place % number], pupil, self._reason())
        for place, pupil in enumerate(pupils[:IN_TWO_TERMS]):
            self._take_part(classes[(place + winters + 1) % number], pupil, self._reason())
        for place in range(ABSENT_PUPILS):
            self._take_part(classes[place], self._child(), "双职工家庭子女", came=False)
        cancelled = self._open_care("北塬社区", Day(self.year, 8, 14), "暑假", 状态="作废")
        self._take_part(cancelled, self._child(), "双职工家庭子女")

    def _care_class(self, place: int, *, winter: bool) -> Row:
        unit = self.tree.of("社区")[place * 2]
        community = unit.short.removesuffix("团支部")
        begins = Day(self.year, 1, 6) if winter else Day(self.year, 7, 10) + (place % 3) * 14 * DAY
        care = self._open_care(community, begins, "寒假" if winter else "暑假", unit)
        for day in range(12):
            self._care_day(care, begins + dt.timedelta(days=day))
        return care

    def _open_care(
        self, community: str, begins: Day, season: str, unit: Unit | None = None, **cells: Any
    ) -> Row:
        self.activities.add(
            类别="爱心托管班",
            系列="红领巾爱心托管班",
            活动名称=f"{community}{season}爱心托管班（{begins.month}月）",
            组织编码=unit.code if unit else ROOT,
            日期=begins,
            结束日期=begins + 11 * DAY,
            地点=community,
            **cells,
        )
        return self.activities.rows[-1]

    def _care_day(self, care: Row, day: Day) -> None:
        if day.weekday() < 5:
            self.sessions.append(
                {"活动登记号": care["登记号"], "日期": day, "课时": 4, "人数": self.chance.randint(26, 36)}
            )

    def _reason(self) -> str:
        return self.chance.weighted({"双职工家庭子女": 70, "留守儿童": 15, "困境家庭子女": 15})

    # Children.

    def _child(self) -> Person:
        return self.people.born(Day(self.year - 12, 1, 1), Day(self.year - 7, 1, 1))

    def _take_part(self, activity: Row, child: Person, group: str, *, came: bool = True) -> None:
        self.participations.append(
            {
                "活动登记号": activity["登记号"],
                "姓名": child.name,
                "性别": child.sex,
                "身份证号": child.id_number,
                "出生日期": child.born,
                "服务群体": group,
                "参加": "是" if came else "否",
                "监护人同意日期": activity["日期"] - self.chance.randint(2, 12) * DAY,
                **_guardian(child),
            }
        )


def _guardian(child: Person) -> dict[str, str]:
    """Father or mother, by a chance of the child's own, so that nothing else of the year moves."""
    chance = Chance(f"guardian {child.id_number}")
    given = "".join(chance.some("建国志强秀英丽华海燕文军玉兰晓东春梅", 2))
    father = chance.maybe(0.45)
    surname = child.name[0] if father else chance.choice("王李张刘陈杨赵黄周吴")
    phone = f"199001{chance.randint(0, 99999):05d}"
    return {
        "监护人姓名": surname + given,
        "与监护人关系": "父亲" if father else "母亲",
        "监护人电话": phone,
    }
