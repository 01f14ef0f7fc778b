"""Issues put to the branches, and what the branches answered: theme days, topic study, online lessons."""

from __future__ import annotations

from sample.books import ISSUES, RETURNS, Book, Sheet
from sample.chance import Chance
from sample.days import DAY, Day, later
from sample.records import Row
from sample.roster import Register
from sample.tree import YEAR_END, Tree, Unit
from sample.volumes import volume

THEME_DAYS = "主题团日+"
CAMPAIGN = "主题教育专题学习"
ONLINE = "青年大学习"
REVIEW = "团员教育评议和年度团籍注册"
EDUCATION = "团员和青年主题教育"

THEMES = {
    2022: [
        ("喜迎二十大、永远跟党走", "社会主义核心价值观", 3),
        ("学雷锋，我们在行动", "社会主义核心价值观", 4),
        ("五四精神，代代相传", "五四青年节", 5),
        ("民族团结一家亲", "民族团结进步教育", 9),
        ("党的二十大精神学思践悟", "党的二十大精神", 11),
        ("厉行节约，艰苦奋斗", "艰苦奋斗", 12),
    ],
    2023: [
        ("新年话担当", "社会主义核心价值观", 1),
        ("寒假社会实践分享", "读书分享", 2),
        ("学习雷锋精神六十年", "社会主义核心价值观", 3),
        ("学思想、强党性", EDUCATION, 4),
        ("五四精神照青春", "五四青年节", 5),
        ("团十九大精神学习", "团十九大精神", 6),
        ("安全度暑，健康成长", "自护教育", 7),
        ("暑期返乡看变化", "青年发展型城市", 8),
        ("石榴籽一家亲", "民族团结进步教育", 9),
        ("主题教育学思想", EDUCATION, 10),
        ("119 消防安全日", "消防安全", 11),
        ("传承艰苦奋斗作风", "艰苦奋斗", 12),
    ],
}
STUDIES = {
    2022: [("主题教育先行学习", 10), ("学习青年工作重要思想", 11)],
    2023: [
        ("学习主题教育总要求", 5),
        ("学习青年工作重要思想", 7),
        ("学习调查研究方法", 9),
        ("主题教育总结提升", 12),
    ],
}
WHEN_ONLINE = {2022: Day(2022, 3, 7), 2023: Day(2023, 3, 6)}
ANSWERING = {2022: 0.74, 2023: 1.0}  # share of the branches that answered at all
NOT_HELD = 0.025


def review_opens(year: int) -> Day:
    return Day(year, 11, 20)


class BranchLife:
    """One year's issues and answers."""

    def __init__(self, tree: Tree, register: Register, year: int) -> None:
        self.tree, self.register, self.year = tree, register, year
        self.chance = Chance(f"branch life {year}")
        self.issues: list[Row] = []
        self.returns: list[Row] = []
        for number, (title, theme, month) in enumerate(THEMES[year], 1):
            self._ask_branches(THEME_DAYS, number, title, theme, month)
        last = len(STUDIES[year])
        for number, (title, month) in enumerate(STUDIES[year], 1):
            self._ask_branches(CAMPAIGN, number, title, EDUCATION, month, everybody=number == last)
        self._teach_online()
        title = f"{year} 年度团员教育评议和团籍注册"
        self._issue(REVIEW, 1, title, review_opens(year), Day(year + 1, 1, 20))

    def book(self) -> Book:
        return Book(
            f"05-期次与支部反馈-{self.year}",
            [
                Sheet("期次", ISSUES, self.issues),
                Sheet("支部反馈", RETURNS, self.returns, f"{self.year}年团支部反馈汇总表"),
            ],
        )

    def _ask_branches(
        self, series: str, number: int, title: str, theme: str, month: int, *, everybody: bool = False
    ) -> None:
        opens, due = Day(self.year, month, 1), Day(self.year, month, 28)
        self._issue(series, number, title, opens, due)
        for unit in self.tree.branches(due):
            answers = unit.founded <= opens and self.chance.maybe(ANSWERING[self.year])
            if not answers and not (everybody and self.year == YEAR_END.year):
                continue
            day = later(max(opens, unit.founded), 4, 22, self.chance)
            held = everybody or not self.chance.maybe(NOT_HELD)
            self._answer(series, number, unit, day, theme, held=held)

    def _answer(self, series: str, number: int, unit: Unit, day: Day, theme: str, *, held: bool) -> None:
        due = max(self.register.size(unit, day), 1)
        came = max(1, due - self.chance.weighted({0: 55, 1: 25, 2: 12, 3: 8})) if held else 0
        self.returns.append(
            {
                "系列": series,
                "年份": self.year,
                "期号": number,
                "组织编码": unit.code,
                "开展情况": "已开展" if held else "未开展",
                "日期": day,
                "参加人数": came,
                "应参加人数": due,
                "主题": theme,
                "备注": "" if held else "因集中考试顺延至下月",
            }
        )

    def _teach_online(self) -> None:
        """The platform gives totals by body, week by week in term."""
        day = WHEN_ONLINE[self.year]
        for number in range(1, volume("online_lessons", self.year) + 1):
            if Day(self.year, 7, 8) <= day < Day(self.year, 9, 4):
                day = Day(self.year, 9, 4)
            self._issue(ONLINE, number, f"第{number}期网上主题团课", day, day + 6 * DAY)
            for unit in [*self.tree.bodies(day), *self.tree.general_branches(day)]:
                self._learn(number, unit, day)
            day += 7 * DAY * (2 if number % 4 == 0 and self.year == 2022 else 1)

    def _learn(self, number: int, unit: Unit, day: Day) -> None:
        due = sum(self.register.size(branch, day) for branch in self._taught_through(unit, day))
        if due:
            came = int(due * self.chance.uniform(0.72, 0.97))
            self.returns.append(
                {
                    "系列": ONLINE,
                    "年份": self.year,
                    "期号": number,
                    "组织编码": unit.code,
                    "日期": day + 6 * DAY,
                    "参加人数": came,
                    "应参加人数": due,
                }
            )

    def _taught_through(self, unit: Unit, day: Day) -> list[Unit]:
        return [branch for branch in self._below.get(unit.code, []) if branch.active(day)]

    @property
    def _below(self) -> dict[str, list[Unit]]:
        """Branches by the unit directly above."""
        if not hasattr(self, "_grouped"):
            self._grouped: dict[str, list[Unit]] = {}
            for unit in self.tree.units:
                if unit.is_branch:
                    self._grouped.setdefault(unit.parent, []).append(unit)
        return self._grouped

    def _issue(self, series: str, number: int, title: str, opens: Day, due: Day) -> None:
        self.issues.append(
            {
                "系列": series,
                "年份": self.year,
                "期号": number,
                "主题": title,
                "开始日期": opens,
                "截止日期": due,
            }
        )
