"""Admissions and recommendations of one year: every step with its day, its papers, its votes, its lessons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, is_holiday, spread, year_workdays
from sample.people import People, Person
from sample.records import Register, Row
from sample.roster import Register as Members
from sample.roster import Stay, fourteenth
from sample.tree import SCHOOLS, Tree, Unit
from sample.volumes import volume

LEAST = 150  # days between the fourteenth birthday and the meeting of somebody whose steps are all recorded
IN_PROGRESS = 36
LESSON_DAYS = (80, 60)  # before the first meeting of those who learn together
HOURS = 4  # of each of the two lessons
STEPS = (
    "申请日期",
    "谈话日期",
    "确定积极分子日期",
    "培养开始日期",
    "确定发展对象日期",
    "发展对象公示止",
    "填写志愿书日期",
    "支部大会日期",
    "批准日期",
    "宣誓日期",
    "归档日期",
)
# What belongs to each step beside its day.
WITH = {
    "谈话日期": ("谈话人",),
    "确定积极分子日期": ("推荐方式", "确定方式"),
    "培养开始日期": ("积极分子公示起", "积极分子公示止", "积极分子备案日期", "培养联系人身份证号"),
    "确定发展对象日期": ("培养谈话次数",),
    "发展对象公示止": ("预审日期", "预审文号", "发展对象公示起"),
    "填写志愿书日期": ("发展团员编号",),
    "支部大会日期": (
        "介绍人身份证号",
        "另一介绍人身份证号",
        "介绍人意见日期",
        "有表决权人数",
        "到会人数",
        "收回票数",
        "赞成票数",
        "无记名投票",
    ),
    "批准日期": ("集体讨论", "文号"),
    "宣誓日期": ("县级备案日期", "新团员公示起", "新团员公示止"),
    "归档日期": ("志愿书存放处", "录入全国系统日期"),
}


@dataclass(frozen=True)
class Case:
    """Somebody on the way into the League: who, where, and when the branch meeting is."""

    person: Person
    unit: Unit
    meeting: Day


class Admissions:
    """One year's admissions, the lessons they attended, and the recommendations."""

    def __init__(self, tree: Tree, people: People, members: Members, year: int) -> None:
        self.tree, self.people, self.members, self.year = tree, people, members, year
        self.chance = Chance(f"admissions {year}")
        papers = ("支部大会决议", "公示材料", "审批表")
        self.cases = Register("FZ", year, papers)
        self.recommended = Register("TY", year, papers)
        self.lessons = Register("TK", year)
        self.participations: list[Row] = []
        self.approved: dict[str, Day] = {}
        self.learning: list[Case] = []
        self._admit()
        self._teach()
        self._recommend_pioneers()
        self._recommend_to_party()

    # Admissions.

    def admitted(self) -> list[Stay]:
        """Members of the register whose admission this year's records tell from its beginning."""
        old = [stay for stay in self.members.admissible(self.year) if _age_of_wish(stay) >= LEAST]
        return self.chance.some(old, volume("admissions", self.year))

    def _admit(self) -> None:
        self.new = self.admitted()
        for stay in self.new:
            case = Case(stay.person, stay.unit, stay.joined)
            told = self._told(case) | {"发展团员编号": stay.number}
            self.approved[stay.person.id_number] = told["批准日期"]
            self._enter(case, told, until=Day(self.year, 12, 31))
        for place in range(IN_PROGRESS):
            self._in_progress(place)
        for state, last in (("作废", "批准日期"), ("草稿", "批准日期"), ("草稿", "支部大会日期")):
            case = self._pupils_case(Day(self.year, 11, 16))
            number = self.members.spare(self.year, self.tree.body_of(case.unit))
            self._enter(case, self._told(case) | {"发展团员编号": number}, last=last, 状态=state)
        for _ in range(2):
            case = self._pupils_case(Day(self.year, 11, 23))
            self._enter(case, self._told(case), last="发展对象公示止", 状态="待确认")

    def _in_progress(self, place: int) -> None:
        case = self._pupils_case(Day(self.year, 12, 20) + 40 * DAY)
        last = STEPS[2 + place % 3]
        self._enter(case, self._told(case), last=last, until=Day(self.year, 12, 28))

    def _pupils_case(self, meeting: Day, age: int = 15) -> Case:
        """A pupil who reaches that age in the spring of the year, in a class that is there."""
        first = Day(self.year - age, 1, 1)
        classes = [
            unit
            for unit in self.tree.of(("初中", "普通高中"))
            if unit.founded < Day(self.year, 1, 1) and (unit.cohort or self.year) <= self.year
        ]
        return Case(self.people.born(first, first + 120 * DAY), self.chance.choice(classes), meeting)

    def _told(self, case: Case) -> Row:
        """Every cell of a faultless admission."""
        meeting, wish = case.meeting, case.meeting - 5 * DAY
        until = _workday_before(wish)
        opened = _workdays_back(until, 4)
        examined = opened - 2 * DAY
        applied = max(meeting - 200 * DAY, fourteenth(case.person), case.unit.founded + DAY)
        activist = applied + 14 * DAY
        a_from = _workday_after(activist)
        a_until = _workdays_on(a_from, 4)
        approved = min(meeting + self.chance.randint(4, 15) * DAY, Day(meeting.year, 12, 29))
        n_from = _workday_after(approved)
        n_until = _workdays_on(n_from, 4)
        pool = self._pool(case, a_until + 2 * DAY)
        pair = self.chance.sample(pool, 2)
        entitled, present, favour = self._votes(case)
        return {
            "申请日期": applied,
            "谈话日期": applied + 6 * DAY,
            "谈话人": "组织委员",
            "确定积极分子日期": activist,
            "推荐方式": "少先队推优" if case.person.age(activist) < 15 else "团员推荐",
            "确定方式": "支委会" if entitled >= 7 else "支部大会",
            "积极分子公示起": a_from,
            "积极分子公示止": a_until,
            "积极分子备案日期": a_until + DAY,
            "培养开始日期": a_until + 2 * DAY,
            "培养联系人身份证号": self.chance.choice(pool).id_number,
            "培养谈话次数": self.chance.randint(2, 4),
            "确定发展对象日期": examined - 3 * DAY,
            "预审日期": examined,
            "预审文号": f"预审〔{examined.year}〕{examined.month}号",
            "发展对象公示起": opened,
            "发展对象公示止": until,
            "填写志愿书日期": wish,
            "介绍人身份证号": pair[0].id_number,
            "另一介绍人身份证号": pair[1].id_number,
            "介绍人意见日期": meeting - 2 * DAY,
            "支部大会日期": meeting,
            "有表决权人数": entitled,
            "到会人数": present,
            "收回票数": present,
            "赞成票数": favour,
            "无记名投票": "是",
            "批准日期": approved,
            "集体讨论": "是",
            "文号": f"青团组〔{approved.year}〕{approved.month}号",
            "县级备案日期": approved + 2 * DAY,
            "新团员公示起": n_from,
            "新团员公示止": n_until,
            "宣誓日期": n_until + 3 * DAY,
            "志愿书存放处": "校团委档案柜" if case.unit.domain in SCHOOLS else "街道团工委档案柜",
            "录入全国系统日期": n_until + 5 * DAY,
            "归档日期": n_until + 9 * DAY,
        }

    def _pool(self, case: Case, since: Day) -> list[Person]:
        """Members who can stand by the applicant from training to meeting: of the school, else of all."""
        days = (since, case.meeting)
        body = self.tree.body_of(case.unit)
        near = [s.person for s in self.members.of_body(body) if all(s.on(day) for day in days)]
        near = [one for one in dict.fromkeys(near) if one.id_number != case.person.id_number]
        return near if len(near) >= 4 else near + self._elders(days)

    def _elders(self, days: Iterable[Day]) -> list[Person]:
        """Members of long standing in the communities."""
        every = [s for s in self.members.stays if s.unit.domain == "社区" and all(s.on(day) for day in days)]
        return [stay.person for stay in every[:12]]

    def _votes(self, case: Case) -> tuple[int, int, int]:
        held = [s for s in self.members.of_unit(case.unit) if s.on(case.meeting) and s.joined < case.meeting]
        entitled = len({stay.person.id_number for stay in held}) or 8
        present = entitled - (entitled > 5 and self.chance.maybe(0.5))
        return entitled, present, present - (present > 5 and self.chance.maybe(0.3))

    def _enter(
        self, case: Case, told: Row, *, last: str = STEPS[-1], until: Day = Day.max, **cells: Any
    ) -> None:
        """Write down the case as far as it has come: to a step, or to a day."""
        reached: Row = {}
        for step in STEPS[: STEPS.index(last) + 1]:
            if told[step] > until:
                break
            reached |= {head: told[head] for head in (step, *WITH.get(step, ())) if head in told}
        self.learning.append(case)
        self.cases.add(
            **{
                "类别": "发展入团",
                "姓名": case.person.name,
                "性别": case.person.sex,
                "身份证号": case.person.id_number,
                "出生日期": case.person.born,
                "组织编码": case.unit.code,
                **reached,
                **cells,
            }
        )

    # Lessons.

    def _teach(self) -> None:
        """Two lessons of four hours for those of one body whose meetings fall into one month."""
        together: dict[tuple[str, int, int], list[Case]] = {}
        for case in self.learning:
            key = (self.tree.body_of(case.unit).code, case.meeting.year, case.meeting.month)
            together.setdefault(key, []).append(case)
        for (code, _year, _month), cases in together.items():
            first = min(case.meeting for case in cases)
            for turn, before in enumerate(LESSON_DAYS, 1):
                day = _workday_before(first - before * DAY)
                self._lesson(code, day, turn, cases)

    def _lesson(self, code: str, day: Day, turn: int, cases: list[Case]) -> None:
        number = self.lessons.add(
            类别="团课",
            活动名称=f"入团积极分子团课第{'一二'[turn - 1]}讲",
            组织编码=code,
            日期=day,
            参加人次=len(cases),
            应到人数=len(cases),
            主讲人="团委负责人",
            **{"时长（分钟）": HOURS * 60},
        )
        for case in cases:
            self.participations.append(
                {
                    "活动登记号": number,
                    "姓名": case.person.name,
                    "性别": case.person.sex,
                    "身份证号": case.person.id_number,
                    "出生日期": case.person.born,
                    "参加": "是",
                    "时长（小时）": HOURS,
                }
            )

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
            joined = stay.joined if stay.joined.year == self.year else Day(self.year, 3, 9)
            day = self.approved.get(stay.person.id_number, joined)
            self._pioneer(stay.person, stay.unit, day)
        for place in range(17):
            case = self._pupils_case(Day(self.year, 11, 6 + place), age=14)
            self._pioneer(case.person, case.unit, case.meeting, admitted=False)

    def _pioneer(self, person: Person, unit: Unit, day: Day, *, admitted: bool = True) -> None:
        # A Pioneer is fourteen at most, and the League asks for fourteen.
        oldest = fourteenth(person) + 360 * DAY
        proposed = min(max(day - 60 * DAY, fourteenth(person)), max(oldest, unit.founded + DAY))
        step = min(10, (day - proposed).days // 3) * DAY
        cells: Row = {
            "提名日期": proposed,
            "中队": f"{unit.short}中队",
            "审议日期": proposed + step,
            "大队": f"{self.tree.body_of(unit).short}大队",
            "推荐日期": proposed + 2 * step,
        }
        if admitted:
            cells["推优后入团日期"] = day
        self._recommend("少先队员推优入团", person, unit, cells)

    def _recommend_to_party(self) -> None:
        """Recommended in the year; those of the year before have gone on to the Party."""
        number = volume("party_recommendations", self.year)
        stays = self._adults(number + 9)
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), number)):
            self._party(stays[place], max(day, Day(self.year, 2, 20)), recommended=True)
        for stay in stays[number:]:
            self._party(stay, Day(self.year, 11, 20), recommended=False)

    def _adults(self, number: int) -> list[Stay]:
        """Grown members of long standing, one of a branch, of branches that are large enough."""
        first = Day(self.year, 1, 2)
        adults = [
            stay
            for stay in self.members.current()
            if stay.person.age(first) >= 19
            and stay.since < Day(self.year, 1, 1)
            and stay.joined.year < 2021
            and self.members.size(stay.unit, Day(self.year, 12, 1)) >= 6
        ]
        by_branch = {stay.unit.code: stay for stay in self.chance.sample(adults, len(adults))}
        return self.chance.sample(list(by_branch.values()), number)

    def _party(self, stay: Stay, day: Day, *, recommended: bool) -> None:
        entitled = self.members.size(stay.unit, day)
        proposed = day - 30 * DAY
        cells: Row = {
            "提名日期": proposed,
            "推荐为": self.chance.choice(("入党积极分子", "入党积极分子", "发展对象")),
            "入党申请日期": proposed - 200 * DAY,
            "推优大会日期": day - 20 * DAY,
            "有表决权人数": entitled,
            "到会人数": entitled - (entitled > 4),
            "赞成票数": entitled - (entitled > 4),
        }
        if recommended:
            cells |= {"审议日期": day - 10 * DAY, "审议组织": self.tree.body_of(stay.unit).short}
            cells["上级确认日期"] = day
        if recommended and self.year == 2022:
            cells |= {"报党组织日期": Day(2023, 3, 15), "党组织": "青河区委组织部"}
            if day.month < 8:
                cells["采纳日期"] = Day(2023, 6, 20)
        self._recommend("团员推优入党", stay.person, stay.unit, cells)

    def _recommend(self, kind: str, person: Person, unit: Unit, cells: Row) -> None:
        self.recommended.add(
            **{
                "类别": kind,
                "姓名": person.name,
                "性别": person.sex,
                "身份证号": person.id_number,
                "出生日期": person.born,
                "组织编码": unit.code,
                **cells,
            }
        )


def quota_rows(tree: Tree, members: Members, year: int) -> list[Row]:
    """What came from above by sector, and what each body was given: a block of as many numbers."""
    rows: list[Row] = []
    spring = {"年度": year, "分配日期": Day(year, 3, 1)}
    for sector, blocks in members.quota(year).items():
        rows.append(
            {
                **spring,
                "发展领域": sector,
                "组织编码": tree.root.code,
                "名额": sum(block.count for block in blocks),
                "号段起": blocks[0].first,
                "文号": f"团市组〔{year}〕7号",
            }
        )
        for block in blocks:
            rows.append(
                {
                    **spring,
                    "发展领域": sector,
                    "分配组织编码": tree.root.code,
                    "组织编码": block.body.code,
                    "名额": block.count,
                    "号段起": block.first,
                    "文号": f"青团组〔{year}〕3号",
                }
            )
    return rows


def _age_of_wish(stay: Stay) -> int:
    """Days between the fourteenth birthday and the joining."""
    return (stay.joined - fourteenth(stay.person)).days


def _is_workday(day: Day) -> bool:
    return day.weekday() < 5 and not is_holiday(day)


def _workday_before(day: Day) -> Day:
    """The last working day before `day`."""
    day -= DAY
    while not _is_workday(day):
        day -= DAY
    return day


def _workday_after(day: Day) -> Day:
    day += DAY
    while not _is_workday(day):
        day += DAY
    return day


def _workdays_back(day: Day, number: int) -> Day:
    for _ in range(number):
        day = _workday_before(day)
    return day


def _workdays_on(day: Day, number: int) -> Day:
    for _ in range(number):
        day = _workday_after(day)
    return day
