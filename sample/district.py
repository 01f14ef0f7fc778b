"""Serving the district and its young people: the activities of the second to the fourth chapter."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import Day, spread, term_days, weekends, workdays, year_days, year_workdays
from sample.officers import Officers
from sample.records import Register, Row
from sample.roster import Register as Members
from sample.sites import Site, Sites
from sample.tree import ROOT, YEAR_END, Tree, Unit
from sample.volumes import volume

SERVICES = {
    "绿色银行": "“绿色银行”垃圾分类兑换",
    "家电维修": "家电义务维修",
    "义务诊疗": "义诊进社区",
    "扫雪除冰": "扫雪除冰保畅通",
    "文明交通": "文明交通劝导",
    "敬老助残": "敬老助残陪伴",
}
WINTER = (1, 2, 12)
RIGHTS = ("3·15消费者权益", "国家安全", "自护教育", "毒品预防", "防范校园欺凌")
HOME_ACTIVITIES = (
    ("读书沙龙", "读书分享"),
    ("求职简历门诊", "就业创业"),
    ("青年夜校", ""),
    ("心理减压小组", "身心健康"),
    ("羽毛球友谊赛", "身心健康"),
    ("亲子手工", ""),
    ("防溺水小课堂", "自护教育"),
    ("观影分享", "社会主义核心价值观"),
)
DELEGATE_ACTIVITIES = {
    "专门委员会": ("专门委员会调研", "专门委员会提案讨论"),
    "团代表联络站": ("团代表接待日", "联络站圆桌座谈", "联络站政策宣讲"),
    "两个联系": ("走访联系团支部", "联系青年谈心", "慰问一线青年"),
}
TRAININGS = ("团员发展调控", "基础团务", "青马工程")
CONTESTS = ("理论宣讲大赛", "专题练兵", "团干部上讲台")


class District:
    """The activities of one year outside the chapter on ideas and values."""

    def __init__(self, tree: Tree, sites: Sites, officers: Officers, members: Members, year: int) -> None:
        self.tree, self.sites, self.officers, self.members = tree, sites, officers, members
        self.year = year
        self.chance = Chance(f"district {year}")
        self.brands = Register("PP", year)
        self.volunteers = Register("ZY", year)
        self.participations: list[Row] = []
        self.homes = Register("QJ", year)
        self.delegates = Register("TD", year)
        self.rights = Register("QY", year)
        self.governance = Register("ZJ", year)
        self._stream()
        self._keep_brands()
        self._volunteer()
        self._run_homes()
        self._send_delegates()
        self._protect()
        self._govern()

    def _day(self, month: int, day: int) -> Day:
        return Day(self.year, month, day)

    def _at_root(self, register: Register, kind: str, name: str, day: Day, **cells: Any) -> str:
        return register.add(类别=kind, 活动名称=name, 组织编码=ROOT, 日期=day, **cells)

    # Livestreams.

    def _stream(self) -> None:
        """Two with the civilisation office in the series; one of the town's own outside it."""
        for place in range(volume("livestreams", self.year)):
            self._broadcast(
                f"“青春助农”专场直播（第{place + 1}场）",
                self._day(6 + 3 * place, 16),
                系列="青春助农",
                联合单位="区文明办",
                依据="附有材料",
                依据材料="平台销售数据截图",
            )
        self._broadcast("青石镇甜瓜采摘季直播", self._day(8, 5), 联合单位="区商务局")
        self._broadcast("“青春助农”年货专场直播", self._day(12, 27), 系列="青春助农", 状态="草稿")

    def _broadcast(self, name: str, day: Day, **cells: Any) -> None:
        orders = self.chance.randint(320, 900)
        sold = {
            "直播平台": "短视频平台",
            "观看人次": orders * 41,
            "订单数": orders,
            "销售额（元）": orders * 46.5,
        }
        self._at_root(self.brands, "助农直播", name, day, **sold, **cells)

    # Brands of young workers.

    def _keep_brands(self) -> None:
        for place, day in enumerate(
            spread(self.chance, term_days(self.year), volume("open_weeks", self.year))
        ):
            self.brands.add(
                类别="青年文明号开放周",
                系列="奋进新征程·号声更嘹亮",
                活动名称=f"青年文明号开放日：走进{('水务大厅', '公交调度中心', '急救站', '办税厅')[place]}",
                组织编码=self.tree.bodies()[28 + place % 4].code,
                日期=day,
                参加人次=self.chance.randint(30, 70),
            )
        events = volume("fire_safety_events", self.year)
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), events)):
            self._fire_safety(f"“消防安全 青年当先”第{place + 1}场", day)
        self._fire_safety("“消防安全 青年当先”应急演练", self._day(11, 9), 状态="作废")
        self._fire_safety("“消防安全 青年当先”寒假专场", self._day(12, 26), 进展="计划中")
        for place in range(volume("matchmaking_events", self.year)):
            name = ("缘聚春渠", "云端相约", "金秋牵手", "与你同行")[place]
            day = weekends(self._day(3, 1), self._day(11, 30))[place * 15 + 3]
            came = self.chance.randint(36, 64)
            self._at_root(self.brands, "青年联谊交友", f"“{name}”青年联谊", day, 参加人次=came)
        self._at_root(self.brands, "青年联谊交友", "“冬日暖阳”青年联谊", self._day(12, 23), 进展="计划中")

    def _fire_safety(self, name: str, day: Day, **cells: Any) -> None:
        shown = {"系列": "消防安全 青年当先", "主题": "消防安全", "联合单位": "区消防救援大队"}
        came = None if cells.get("进展") else self.chance.randint(40, 120)
        self._at_root(self.brands, "安全生产主题活动", name, day, 参加人次=came, **shown, **cells)

    # Volunteers.

    def _volunteer(self) -> None:
        number = volume("volunteer_activities", self.year)
        days = spread(self.chance, weekends(self._day(1, 4), self._day(12, 29)), number)
        for place, day in enumerate(days):
            activity = self._serve(day)
            if place % 3 == 0:
                self._list_volunteers(activity)
        for day in days[4::12]:
            self._serve(day, 状态=self.volunteers.spoilt())
        for day in days[7::28]:
            self._serve(day, 系列="", 状态="作废")

    def _serve(self, day: Day, **cells: Any) -> Row:
        services = [one for one in SERVICES if (one == "扫雪除冰") <= (day.month in WINTER)]
        service = self.chance.choice(services)
        unit = self.chance.choice(self.tree.of("社区", day=day))
        told = {
            "类别": "志愿服务",
            "系列": "青春红石榴",
            "活动名称": f"{unit.short.removesuffix('团支部')}{SERVICES[service]}",
            "组织编码": unit.code,
            "日期": day,
            "地点": unit.short.removesuffix("团支部"),
            "参加人次": self.chance.randint(8, 30),
            "服务内容": service,
        }
        self.volunteers.add(**{**told, **cells})
        return self.volunteers.rows[-1]

    def _list_volunteers(self, activity: Row) -> None:
        day = activity["日期"]
        grown = [stay for stay in self._members_on(day) if stay.person.age(day) >= 16]
        activity["参加人次"] = self.chance.randint(6, 12)
        for stay in self.chance.sample(grown, activity["参加人次"]):
            self.participations.append(
                {
                    "活动登记号": activity["登记号"],
                    "姓名": stay.person.name,
                    "性别": stay.person.sex,
                    "身份证号": stay.person.id_number,
                    "出生日期": stay.person.born,
                    "时长（小时）": self.chance.choice((1.5, 2, 2, 2.5, 3)),
                }
            )

    def _members_on(self, day: Day) -> list[Any]:
        return [stay for stay in self.members.current()[::7] if stay.since <= day]

    # Youth homes and delegates.

    def _run_homes(self) -> None:
        """Each activity with its number on the cloud platform; in 2022 some were not entered there."""
        number = volume("home_activities", self.year)
        came = self.chance.parts(volume("home_attendances", self.year), number, least=6, spread=0.9)
        homes = self.sites.of("青年之家")
        for place, day in enumerate(spread(self.chance, year_days(self.year), number)):
            entered = self.year == 2023 or place % 30 != 7
            cloud = f"YHD{self.year}{place + 1:05d}" if entered else ""
            self._host_at_home(homes[place % len(homes)], day, came[place], cloud)
        for day in spread(self.chance, year_days(self.year), 21):
            self._host_at_home(self.chance.choice(homes), day, 20, "", 状态=self.homes.spoilt())

    def _host_at_home(self, site: Site, day: Day, came: int, cloud: str, **cells: Any) -> None:
        name, theme = self.chance.choice(HOME_ACTIVITIES)
        self.homes.add(
            类别="青年之家活动",
            活动名称=f"{site.name}{name}",
            组织编码=site.unit.code,
            日期=day,
            地点=site.name,
            参加人次=came,
            主题=theme,
            承办阵地编号=site.code,
            云平台编号=cloud,
            **cells,
        )

    def _send_delegates(self) -> None:
        stations = self.sites.of("团代表联络站")
        number = volume("delegate_activities", self.year)
        for place, day in enumerate(spread(self.chance, year_workdays(self.year), number)):
            self._delegates_meet(stations[place % len(stations)], day)
        for day in spread(self.chance, year_workdays(self.year), 15):
            self._delegates_meet(self.chance.choice(stations), day, 状态=self.delegates.spoilt())

    def _delegates_meet(self, station: Site, day: Day, **cells: Any) -> None:
        mechanism = self.chance.weighted({"团代表联络站": 60, "两个联系": 30, "专门委员会": 10})
        name = self.chance.choice(DELEGATE_ACTIVITIES[mechanism])
        at_station = mechanism == "团代表联络站"
        self.delegates.add(
            类别="团代表联系服务活动",
            活动名称=f"{station.name}：{name}" if at_station else name,
            组织编码=ROOT if mechanism == "专门委员会" else station.unit.code,
            日期=day,
            参加人次=self.chance.randint(4, 25),
            联系机制=mechanism,
            承办阵地编号=station.code if at_station else "",
            **cells,
        )

    # Rights of the young.

    def _protect(self) -> None:
        for place in range(volume("exam_sessions", self.year)):
            unit = self.tree.schools()[4 + place]
            self.rights.add(
                类别="中高考减压辅导",
                系列="轻松备考",
                活动名称=f"“轻松备考”减压辅导走进{unit.short.removesuffix('团委')}",
                组织编码=unit.code,
                日期=self._day(5, 18 + place),
                参加人次=210 + 30 * place,
                主讲人=self.officers.leaders()[place].name,
                主题="身心健康",
                对象="中小学生",
            )
        number = volume("rights_events", self.year)
        for place, day in enumerate(spread(self.chance, term_days(self.year), number)):
            themes = RIGHTS[place % len(RIGHTS)]
            if place in (4, 9):  # one event, two themes
                themes = "毒品预防、防范校园欺凌"
            self._teach_rights(themes, day)
        self._teach_rights("国家安全", self._day(4, 14), 状态="作废")
        self._teach_rights("自护教育", self._day(12, 28), 进展="计划中")

    def _teach_rights(self, themes: str, day: Day, **cells: Any) -> None:
        unit = self.chance.choice(self.tree.schools())
        self.rights.add(
            类别="权益与法治教育",
            活动名称=f"{themes.replace('、', '和')}主题教育进{unit.short.removesuffix('团委')}",
            组织编码=unit.code,
            日期=day,
            参加人次=None if cells.get("进展") else self.chance.randint(60, 300),
            主题=themes,
            对象="中小学生",
            主讲人=self.chance.choice(self.officers.leaders()).name,
            联合单位=self.chance.choice(("区检察院", "区教育局")),
            **cells,
        )

    # Governance: deputies, the joint meeting, training, contests, inspection.

    def _govern(self) -> None:
        for place in range(volume("deputies_meetings", self.year)):
            self._at_root(
                self.governance,
                "与代表委员面对面",
                f"共青团与人大代表、政协委员面对面（第{place + 1}场）",
                self._day(6 + 5 * place, 20),
                系列="共青团与人大代表、政协委员面对面",
                参加人次=28,
                主持人=self.officers.cadres()[0].name,
            )
        self._at_root(
            self.governance,
            "青年工作联席会议",
            f"青河区青年工作联席会议{self.year}年全体会议",
            self._day(4, 20),
            参加人次=36,
            应到人数=38,
            决议="审议年度青年工作要点，明确八项任务和责任单位。",
            依据="附有材料",
            依据材料="会议纪要",
        )
        self._train()
        self._inspect()

    def _train(self) -> None:
        for place, day in enumerate(
            spread(self.chance, year_workdays(self.year), volume("trainings", self.year))
        ):
            topic = TRAININGS[place % 3] if place else "团员发展调控、基础团务"
            came = self.chance.randint(45, 120)
            name = f"{self.year}年{topic.replace('、', '暨')}培训会"
            self._at_root(self.governance, "培训会", name, day, 参加人次=came, 培训内容=topic)
        self._at_root(
            self.governance,
            "培训会",
            "“青马工程”结业培训会",
            self._day(12, 27),
            培训内容="青马工程",
            进展="计划中",
        )
        for place, day in enumerate(
            spread(self.chance, year_workdays(self.year), volume("contests", self.year))
        ):
            form = CONTESTS[place % 3]
            came = self.chance.randint(24, 90)
            name = f"“新时代 新思想”{form}（第{place // 3 + 1}轮）"
            self._at_root(self.governance, "竞赛练兵", name, day, 参加人次=came, 练兵形式=form)
        self._at_root(
            self.governance,
            "竞赛练兵",
            "团干部上讲台补赛",
            self._day(11, 3),
            练兵形式="团干部上讲台",
            状态="草稿",
        )

    def _inspect(self) -> None:
        """Every school of the district, once; in 2022 only half of them."""
        schools = [*self.tree.schools(), *self.tree.of("小学")]
        chosen = schools if self.year == 2023 else schools[::2]
        days = spread(self.chance, workdays(self._day(10, 9), self._day(11, 30)), len(chosen))
        for unit, day in zip(chosen, days, strict=True):
            self._visit(unit, day, "学校团队督导")
        for unit in self.tree.bodies(YEAR_END)[:12:3]:
            self._visit(unit, self._day(9, 14), "基础团务提升")

    def _visit(self, unit: Unit, day: Day, source: str) -> None:
        self.governance.add(
            类别="督导检查",
            活动名称=f"{source}：{unit.short}",
            组织编码=unit.code,
            日期=day,
            督导来源=source,
            主持人=self.officers.cadres()[1].name,
            决议="当场反馈问题，限期整改。",
        )
