"""Ideas and values: the leading body's study, talks, themed events, lessons, meetings of branches."""

from __future__ import annotations

from sample.chance import Chance
from sample.days import DAY, Day, later, spread, term_days, workdays, year_workdays
from sample.officers import Officers
from sample.people import Person
from sample.records import Register
from sample.tree import ROOT, Tree, Unit
from sample.volumes import volume

CONGRESS_20, CONGRESS_19 = "党的二十大精神", "团十九大精神"
OPENED_20, OPENED_19 = Day(2022, 10, 24), Day(2023, 6, 26)  # from when on there was something to tell
TEAMS = ("青年讲师团", "红领巾巡讲团")
TOPICS = (
    "青年工作重要论述",
    "党的二十大报告",
    "党章",
    "青年发展规划",
    "县域共青团改革文件",
    "基层团建工作要求",
    "意识形态工作责任制",
    "全面从严治团要求",
    "调查研究方法",
    "安全生产重要论述",
)
PLACES = ("机关三楼会议室", "青年之家", "学校报告厅", "社区会议室", "党群服务中心", "村委会会议室")


class Thought:
    """The activities of one year that the chapter on ideas and values draws upon."""

    def __init__(self, tree: Tree, officers: Officers, year: int) -> None:
        self.tree, self.officers, self.year = tree, officers, year
        self.chance = Chance(f"thought {year}")
        self.study = Register("XX", year)
        self.lectures = Register("XJ", year)
        self.events = Register("ZT", year)
        self.meetings = Register("SH", year)
        self._study()
        self._lecture()
        self._hold_events()
        self._meet_in_branches()

    # The leading body.

    def _study(self) -> None:
        both = volume("both_forms", self.year)
        studies, talks = volume("topic_studies", self.year), volume("discussions", self.year)
        forms = (
            ["专题学习"] * (studies - both) + ["专题学习、研讨交流"] * both + ["研讨交流"] * (talks - both)
        )
        self.chance.shuffle(forms)
        for day, form in zip(spread(self.chance, year_workdays(self.year), len(forms)), forms, strict=True):
            self._study_session(day, form)
        self._study_session(Day(self.year, 9, 12), "专题读书班", ended=Day(self.year, 9, 15))
        self._study_session(Day(self.year, 4, 11), "专题学习", state="草稿")
        self._study_session(Day(self.year, 8, 8), "研讨交流", state="作废")

    def _study_session(self, day: Day, form: str, *, ended: Day | None = None, state: str = "") -> None:
        body = "理论学习中心组" if "研讨" in form or "读书班" in form else "书记办公会"
        self.study.add(
            状态=state,
            类别="领导班子理论学习",
            活动名称=f"{body}{form.replace('、', '暨')}：{self.chance.choice(TOPICS)}",
            组织编码=ROOT,
            日期=day,
            结束日期=ended,
            地点=PLACES[0],
            参加人次=self.chance.randint(6, 9),
            应到人数=9,
            学习形式=form,
            学习组织=body,
            主持人=self.officers.cadres()[0].name,
            记录人=self.officers.cadres()[4].name,
        )

    # Lecturers.

    def _lecture(self) -> None:
        """Talks on the two congresses; talks on other matters, planned and unconfirmed ones besides."""
        days = self._lecture_days(volume("lectures", self.year))
        for day in days:
            self._talk(day, self._congresses(day))
        for day in spread(self.chance, year_workdays(self.year), 19):
            self._talk(day, self.chance.choice(("国家安全", "毒品预防", "社会主义核心价值观", "身心健康")))
        for day in days[5::31]:
            self._talk(day, CONGRESS_20, stage="计划中")
        for day in days[3::12]:
            self._talk(day, CONGRESS_20, state=self.lectures.spoilt())

    def _lecture_days(self, number: int) -> list[Day]:
        first = OPENED_20 if self.year == 2022 else Day(2023, 1, 9)
        return spread(self.chance, workdays(first, Day(self.year, 12, 22)), number)

    def _congresses(self, day: Day) -> str:
        if day < OPENED_19:
            return CONGRESS_20
        return self.chance.weighted({CONGRESS_20: 25, CONGRESS_19: 45, f"{CONGRESS_20}、{CONGRESS_19}": 30})

    def _talk(self, day: Day, themes: str, *, stage: str = "", state: str = "") -> None:
        children = self.chance.maybe(0.4)
        units = self.tree.schools() if children else self.tree.bodies(day)
        unit = self.chance.choice([one for one in units if one.active(day)])
        self.lectures.add(
            状态=state,
            类别="宣讲",
            活动名称=f"{TEAMS[children]}走进{unit.short}宣讲{themes.replace('、', '和')}",
            组织编码=unit.code,
            日期=day,
            地点=self.chance.choice(PLACES[1:]),
            参加人次=self.chance.randint(25, 160),
            进展=stage,
            主题=themes,
            宣讲队伍=TEAMS[children],
            对象="中小学生"
            if children
            else self.chance.choice(("企业青年", "机关青年", "社区青年", "大学生")),
            主讲人=self._lecturer().name,
            **{"时长（分钟）": self.chance.choice((30, 40, 45, 60))},
        )

    def _lecturer(self) -> Person:
        return self.chance.choice(self.officers.leaders()[:24])

    # Events and lessons.

    def _hold_events(self) -> None:
        self._event("庆祝五四青年节暨建设青年发展型城市文艺汇演", (5, 4), "五四青年节、青年发展型城市", 620)
        for place, day in enumerate(self._event_days(volume("ethnic_unity_events", self.year))):
            name = ("石榴籽诵读比赛", "各族青少年手拉手", "民族团结故事会", "非遗进校园", "同唱一首歌")[place]
            themes = "民族团结进步教育、五四青年节" if place == 1 else "民族团结进步教育"
            self._event(name, (day.month, day.day), themes, 90 + 17 * place)
        for month, name, themes in (
            (3, "青年读书分享会", "读书分享"),
            (6, "六一少先队主题队日", "社会主义核心价值观"),
            (9, "新生团前教育", "社会主义核心价值观"),
            (10, "青年创业沙龙", "就业创业"),
        ):
            self._event(name, (month, 15), themes, 80)
        self._event("民族团结趣味运动会", (11, 9), "民族团结进步教育", 70, state="草稿")
        self._event("民族团结知识竞赛", (10, 26), "民族团结进步教育", 66, state="作废")
        self._event("石榴花开音乐会", (12, 20), "民族团结进步教育", 0, stage="计划中")
        self._teach_hard_work()

    def _event_days(self, number: int) -> list[Day]:
        return spread(self.chance, term_days(self.year), number)

    def _event(
        self, name: str, date: tuple[int, int], themes: str, came: int, *, state: str = "", stage: str = ""
    ) -> None:
        self.events.add(
            状态=state,
            类别="主题活动",
            活动名称=name,
            组织编码=ROOT,
            日期=Day(self.year, *date),
            地点="青河区青少年活动中心",
            参加人次=came or None,
            进展=stage,
            主题=themes,
            对象="中小学生",
        )

    def _teach_hard_work(self) -> None:
        lessons = spread(self.chance, term_days(self.year), 14)
        for day, unit in zip(
            lessons, self.chance.sample(self.tree.of(("普通高中", "完全中学")), 14), strict=True
        ):
            self.events.add(
                类别="团课",
                系列="艰苦奋斗主题团课队课",
                活动名称="“矢志艰苦奋斗、传承优良作风”主题团课",
                组织编码=unit.code,
                日期=day,
                参加人次=self.chance.randint(8, 40),
                主题="艰苦奋斗",
                主讲人=self._lecturer().name,
            )
        for day, unit in zip(
            spread(self.chance, term_days(self.year), 10), self.tree.of("小学"), strict=True
        ):
            self.events.add(
                类别="少先队活动课",
                活动名称="艰苦奋斗好传统主题队课",
                组织编码=unit.code,
                日期=day,
                参加人次=self.chance.randint(38, 50),
                主题="艰苦奋斗",
            )

    # Meetings of the branches, as far as the branches send their minutes.

    def _meet_in_branches(self) -> None:
        for month in (3, 12):
            self._meet("全委会", self.tree.root, Day(self.year, month, 16), came=21, due=23)
        kinds = {"支部大会": 60, "支委会": 40, "团课": 50, "团小组会": 30}
        for kind, number in kinds.items():
            units = self.chance.sample(self.tree.branches(Day(self.year, 3, 1)), number)
            for unit, day in zip(units, spread(self.chance, year_workdays(self.year), number), strict=True):
                self._meet(kind, unit, later(max(day, unit.founded + DAY), 0, 1, self.chance))

    def _meet(self, kind: str, unit: Unit, day: Day, *, came: int = 0, due: int = 12) -> None:
        if unit.dissolved and day >= unit.dissolved:
            return
        minutes = {"主持人": "书记", "记录人": "组织委员", "决议": "同意有关事项，会后公布。"}
        self.meetings.add(
            类别=kind,
            活动名称=f"{unit.short}{kind}",
            组织编码=unit.code,
            日期=min(day, Day(self.year, 12, 29)),
            参加人次=came or self.chance.randint(3, due),
            应到人数=due,
            **(minutes if kind != "团课" else {"主讲人": self._lecturer().name, "主题": "读书分享"}),
        )
