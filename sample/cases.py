"""What somebody must resolve: line cases, pairings, problems found, wishes, opinions, tasks."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, later, spread, workdays, year_workdays
from sample.officers import Officers
from sample.people import People, Person
from sample.records import Register, Row, Steps
from sample.tree import ROOT, Tree
from sample.volumes import volume

Walk = list[tuple[str, Day]]

SOURCES = ("学校团队督导", "基础团务提升", "团员发展核查", "标志标识自查")
PROBLEMS = (
    "团员档案缺少志愿书",
    "支部未按期换届",
    "团费收缴登记不全",
    "入团积极分子培养记录缺失",
    "团旗规格不符合规定",
    "少先队标志使用不规范",
    "团课学时记录不足",
    "团员证编号登记有误",
    "组织生活记录不完整",
)
SORTS = {"心理": 14, "学业": 9, "家庭": 8, "就业": 5, "法律": 3, "欺凌": 2}
WISHES = ("一套课外书", "一个新书包", "一双运动鞋", "一次科技馆参观", "一盏护眼灯", "一副羽毛球拍")
OPINIONS = (
    ("增加夜间自习场所", "教育"),
    ("招聘会办到社区", "就业"),
    ("小区增设充电桩", "环境"),
    ("青年夜校增开课程", "青年服务"),
    ("公交末班车延时", "青年服务"),
)


class Cases:
    """One year's matters with their steps and contacts."""

    def __init__(self, tree: Tree, people: People, officers: Officers, year: int) -> None:
        self.tree, self.people, self.officers, self.year = tree, people, officers, year
        self.chance = Chance(f"cases {year}")
        self.cases = Register("SX", year, ("办理单", "整改报告", "回访记录"))
        self.steps = Steps()
        self.contacts: list[Row] = []
        self._pair_graduates()
        self._find_problems()
        self._answer_the_line()
        self._grant_wishes()
        self._hear_opinions()
        self._hand_out_tasks()

    def _day(self, month: int, day: int) -> Day:
        return Day(self.year, month, day)

    def _take_up(self, kind: str, name: str, walk: Walk, **cells: Any) -> str:
        """A matter taken up on the day of its first step; it stands in its last stage."""
        told = {"类别": kind, "名称": name, "组织编码": ROOT, "日期": walk[0][1], "进展": walk[-1][0]}
        number = self.cases.add(**{**told, **cells})
        self.steps.add(number, walk)
        return number

    # Cadres and graduates: one student has two helpers and is one student.

    def _pair_graduates(self) -> None:
        students = [
            self.people.aged(21, 24, on=self._day(7, 1)) for _ in range(volume("paired_students", self.year))
        ]
        for place, student in enumerate([*students, students[0]]):
            self._pair(student, self.officers.cadres()[place % 6 + 1], place)
        spare = self.people.aged(21, 24, on=self._day(7, 1))
        self._pair(spare, self.officers.cadres()[1], 0, 状态="草稿")

    def _pair(self, student: Person, cadre: Person, place: int, **cells: Any) -> None:
        opened = later(self._day(4, 10), 0, 60, self.chance)
        walk = [("已受理", opened), ("办理中", opened + 5 * DAY)]
        if place % 3 == 0:
            walk.append(("已办结", self._day(11, 20)))
        number = self._take_up(
            "结对帮扶困难毕业生",
            f"{cadre.name}结对帮扶{student.name}",
            walk,
            帮扶对象姓名=student.name,
            帮扶对象身份证号=student.id_number,
            帮扶人姓名=cadre.name,
            帮扶人身份证号=cadre.id_number,
            办理结果="已签约就业" if place % 3 == 0 else "",
            **cells,
        )
        for contact in range(3 + place % 3):
            self._contact(number, opened + (10 + 30 * contact) * DAY, contact)

    def _contact(self, number: str, day: Day, place: int) -> None:
        form = ("走访", "电话", "推荐岗位")[place % 3]
        told = {"走访": "了解家庭和求职意愿", "电话": "提醒招聘会时间", "推荐岗位": "推荐会计岗位两个"}
        self.contacts.append({"登记号": number, "日期": day, "方式": form, "内容": told[form]})

    # Problems: issued, put right, verified; one is opened again, one waits into the next year.

    def _find_problems(self) -> None:
        number = volume("problems", self.year)
        days = spread(self.chance, workdays(self._day(4, 10), self._day(11, 17)), number)
        units = self.chance.sample(self.tree.schools()[1:], 8)
        for place, day in enumerate(days):
            unit = units[place % len(units)]
            problem = PROBLEMS[place]
            self._take_up(
                "督导整改问题",
                f"{unit.short}：{problem}",
                self._put_right(day, place),
                督导来源=SOURCES[place % len(SOURCES)],
                办理期限=day + 30 * DAY,
                办理单位=unit.short,
                组织编码=unit.code,
            )
        void = [("已受理", self._day(9, 5))]
        self._take_up("督导整改问题", "重复下发的问题", void, 督导来源=SOURCES[0], 状态="作废")

    def _put_right(self, day: Day, place: int) -> Walk:
        walk = [("已受理", day), ("办理中", day + 3 * DAY), ("已自报整改", day + 15 * DAY)]
        if place == volume("problems", self.year) - 1:
            # Found late in the year, closed in the next.
            return [*walk, ("已核实", Day(self.year + 1, 1, 5)), ("已办结", Day(self.year + 1, 1, 8))]
        closed = [*walk, ("已核实", day + 22 * DAY), ("已办结", day + 24 * DAY)]
        return [*closed, ("重新打开", day + 30 * DAY)] if place == 2 else closed

    # The youth line, by alias.

    def _answer_the_line(self) -> None:
        days = spread(self.chance, year_workdays(self.year), volume("line_cases", self.year))
        for place, day in enumerate(days, 1):
            sort = self.chance.weighted(SORTS)
            walk = [("已受理", day), ("办理中", day + DAY)]
            if place % 9 == 0:
                walk.append(("已转介", day + 3 * DAY))
            elif place % 11:
                walk.append(("已办结", day + 12 * DAY))
            self._take_up(
                "12355服务台个案",
                f"个案{self.year % 100}{place:03d}（小{'青河山川云林雨风'[place % 8]}）",
                walk,
                诉求类别=sort,
                内容=f"来电反映{sort}方面的困扰，已约定回访。",
                办理单位="12355 服务台" if place % 9 else "区心理援助中心",
            )
        for place in range(3):
            walk = [("已受理", self._day(3 + 3 * place, 16))]
            name = f"个案{self.year % 100}9{place}（小风）"
            self._take_up("12355服务台个案", name, walk, 诉求类别="学业", 状态=self.cases.spoilt())
        walk = [("已受理", self._day(10, 12)), ("已报告", self._day(10, 12))]
        self._take_up("强制报告", "报告一（小石）", walk, 内容="发现疑似侵害线索，已当日报告公安机关。")

    # Wishes, opinions, tasks.

    def _grant_wishes(self) -> None:
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), 24)):
            child = self.people.aged(8, 13, on=day)
            walk = [("已受理", day), ("办理中", day + 4 * DAY)]
            if place % 6:
                walk.append(("已办结", day + 11 * DAY))
            unit = self.chance.choice(self.tree.of("社区", day=day))
            self._take_up(
                "微心愿",
                f"{unit.short.removesuffix('团支部')}：{WISHES[place % len(WISHES)]}",
                walk,
                组织编码=unit.code,
                帮扶对象姓名=child.name,
                帮扶对象身份证号=child.id_number,
            )

    def _hear_opinions(self) -> None:
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), 26)):
            walk = [("已受理", day), ("办理中", day + 5 * DAY)]
            if place % 5:
                walk.append(("已答复", day + 20 * DAY))
            opinion, field = OPINIONS[place * 3 % len(OPINIONS)]
            name = f"{opinion}（第{place + 1}件）"
            self._take_up("团代表意见建议", name, walk, 意见领域=field, 办理期限=day + 30 * DAY)
        for place in range(4):
            day = self._day(6 + place, 12)
            walk = [("已受理", day), ("已提交", day + 10 * DAY), ("已答复", day + 60 * DAY)]
            self._take_up("建议与提案", f"关于青年发展的建议（第{place + 1}号）", walk[: 2 + place % 2])
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), 9)):
            walk = [("已受理", day), ("办理中", day + 2 * DAY), ("已答复", day + 9 * DAY)]
            self._take_up("群众意见投诉", f"群众来信（第{place + 1}件）", walk[: 3 - (place == 8)])

    def _hand_out_tasks(self) -> None:
        for place, owner in enumerate(
            ("区教育局", "区人社局", "区住建局", "区文旅局", "区卫健局", "区商务局", "区民政局", "区财政局")
        ):
            walk = [("已受理", self._day(4, 25)), ("办理中", self._day(5, 15))]
            if place % 4:
                walk.append(("已办结", self._day(11, 10 + place)))
            self._take_up(
                "联席会议任务",
                f"{owner}青年发展年度任务",
                walk,
                办理期限=self._day(11, 30),
                办理单位=owner,
            )
