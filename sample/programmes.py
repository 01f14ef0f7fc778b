"""Applied for and chosen: student practice, honours, named places, aid money, the assessment."""

from __future__ import annotations

from typing import Any

from sample.chance import Chance
from sample.days import DAY, Day, later, spread, workdays, years_before
from sample.officers import Officers
from sample.people import People, Person
from sample.records import Register, Row, Steps
from sample.roster import Register as Members
from sample.sites import Site, Sites
from sample.tree import ROOT, Tree, Unit
from sample.volumes import volume

Walk = list[tuple[str, Day]]

PRACTICE = {"政务企业实习": 40, "返乡实践": 45, "暑期下乡实践": 15}
UNIVERSITIES = ("北岭大学", "青川大学", "江原师范大学", "东浦理工大学", "西川财经大学", "云台医科大学")
HOSTS = (
    "区政府办公室",
    "区人社局",
    "区文旅局",
    "区融媒体中心",
    "青河水务公司",
    "榆泉街道办事处",
    "青石镇政府",
    "区图书馆",
)
POSTS = ("综合岗", "政务服务助理", "宣传助理", "社区治理助理", "支教志愿者", "数据录入")
TWICE = 9  # students who practised in two terms or schemes
AMOUNTS = {"degree": 10000, "college": 8000, "scholarship": 2000}
AID, SCHOLARSHIP = "困难家庭子女入学资助", "共享阳光奖学金"
RETURNED = 4  # payments that the bank sent back and that were paid again
IN_HALVES = 3


class Programmes:
    """One year's applications with their steps and payments."""

    def __init__(
        self, tree: Tree, sites: Sites, people: People, officers: Officers, members: Members, year: int
    ) -> None:
        self.tree, self.sites, self.people = tree, sites, people
        self.officers, self.members, self.year = officers, members, year
        self.chance = Chance(f"programmes {year}")
        self.applications = Register("XM", year, ("申请表", "审核意见", "公示材料"))
        self.steps = Steps()
        self.payments: list[Row] = []
        self._practise()
        self._serve_in_the_west()
        self._strive()
        self._honour()
        self._name_places()
        self._launch_aid()
        self._give_aid()
        self._assess()

    def _day(self, month: int, day: int) -> Day:
        return Day(self.year, month, day)

    def _apply(self, kind: str, name: str, walk: Walk, **cells: Any) -> str:
        """An application that walked through some stages; it stands in the last of them."""
        stage, day = walk[-1]
        number = self.applications.add(
            **{"类别": kind, "名称": name, "组织编码": ROOT, "日期": day, "进展": stage, **cells}
        )
        self.steps.add(number, walk)
        return number

    # Students on duty.

    def _practise(self) -> None:
        number = volume("practice_students", self.year)
        students = [self._student() for _ in range(number)]
        for student in students:
            self._on_duty(student, winter=self.chance.maybe(0.3))
        for student in students[:TWICE]:
            self._on_duty(student, winter=False, kind="暑期下乡实践")
        for place in range(12):
            self._not_on_duty(self._student(), ("已申请", "已匹配", "已退出")[place % 3])
        for _ in range(9):
            self._on_duty(self._student(), winter=False, 状态=self.applications.spoilt())

    def _student(self) -> Person:
        return self.people.aged(19, 22, on=self._day(7, 1))

    def _on_duty(self, student: Person, *, winter: bool, kind: str = "", **cells: Any) -> None:
        kind = kind or ("返乡实践" if winter else self.chance.weighted(PRACTICE))
        began = later(self._day(1, 9) if winter else self._day(7, 5), 0, 6, self.chance)
        ended = later(began, 24, 34, self.chance)
        walk = [
            ("已申请", began - 20 * DAY),
            ("已匹配", began - 7 * DAY),
            ("已上岗", began),
            ("已完成", ended),
        ]
        if self.chance.maybe(0.06):
            walk = walk[:3]
        completed = walk[-1][0] == "已完成"
        self._apply(
            kind,
            f"{student.name}{self.year}年{'寒假' if winter else '暑假'}实践",
            walk,
            **_who(student),
            接收单位=self.chance.choice(HOSTS),
            岗位=self.chance.choice(POSTS),
            学校=self.chance.choice(UNIVERSITIES),
            假期="寒假" if winter else "暑假",
            上岗日期=began,
            离岗日期=ended if completed else None,
            实习鉴定=self.chance.choice(("优秀", "良好", "良好", "合格")) if completed else "",
            **cells,
        )

    def _not_on_duty(self, student: Person, stage: str) -> None:
        day = later(self._day(6, 12), 0, 10, self.chance)
        walk = [("已申请", day)] if stage == "已申请" else [("已申请", day), (stage, day + 8 * DAY)]
        self._apply(
            self.chance.weighted(PRACTICE),
            f"{student.name}{self.year}年暑假实践",
            walk,
            **_who(student),
            学校=self.chance.choice(UNIVERSITIES),
            假期="暑假",
        )

    def _serve_in_the_west(self) -> None:
        for _ in range(5):
            volunteer, day = self.people.aged(22, 25, on=self._day(7, 1)), self._day(8, 1)
            walk = [("已申请", day - 60 * DAY), ("已匹配", day - 20 * DAY), ("已上岗", day)]
            self._apply(
                "西部计划志愿者",
                f"{volunteer.name}西部计划志愿服务",
                walk,
                **_who(volunteer),
                接收单位=self.chance.choice(HOSTS),
                岗位="基层青年工作",
                上岗日期=day,
            )

    # Honours: striving is one stage, being awarded another.

    def _strive(self) -> None:
        firms = self.tree.of(("国有企业", "事业单位"), day=self._day(1, 1))
        station, hall, shop, clinic, depot = firms[0], firms[6], firms[11], firms[31 % len(firms)], firms[20]
        spring = self._walk(self._day(6, 5), "已申请", "团组织审核", "公示中", "已报上级争创")
        self._unit_honour("青年文明号", hall, "市级", spring)
        self._unit_honour("青年安全生产示范岗", station, "市级", spring)
        self._unit_honour("青年安全生产示范岗", shop, "省级", spring)
        self._unit_honour("青年文明号", clinic, "市级", spring[:2])
        self._unit_honour("青年文明号", depot, "市级", spring, 状态="作废")
        awarded = [
            *self._walk(Day(self.year - 1, 6, 8), "已申请", "团组织审核", "公示中", "已报上级争创"),
            ("已获评", self._day(3, 20)),
        ]
        # Striven for in the year before, awarded in this one.
        until = Day(self.year + 2, 3, 19)
        self._unit_honour("青年文明号", firms[15], "省级", awarded, 有效期至=until)
        self._unit_honour("青年安全生产示范岗", firms[24], "省级", awarded, 有效期至=until)

    def _walk(self, begins: Day, *stages: str) -> Walk:
        """Stages about twelve days apart."""
        return [(stage, begins + place * 12 * DAY) for place, stage in enumerate(stages)]

    def _unit_honour(self, kind: str, unit: Unit, tier: str, walk: Walk, **cells: Any) -> None:
        name = f"{unit.short.removesuffix('团支部')}{kind}"
        self._apply(kind, name, walk, 对象组织编码=unit.code, 级别=tier, **cells)

    def _honour(self) -> None:
        bodies = self.tree.bodies(self._day(1, 1))
        branches = self.tree.of(("社区", "普通高中", "国有企业"), day=self._day(1, 1))
        units = [bodies[2], branches[20], branches[100], bodies[16]][: volume("red_flags", self.year)]
        for unit in units:
            self._red_flag(unit, "市级", "已获评")
        for place, (unit, tier, stage) in enumerate(
            [
                (bodies[5], "市级", "未获评"),
                (branches[44], "省级", "已报上级争创"),
                (bodies[9], "县级", "已获评"),
            ]
            + [(unit, "县级", "已获评") for unit in branches[30:42:3]]
        ):
            self._red_flag(unit, tier, stage, paper=place != 4)
        self._honour_people()

    def _red_flag(self, unit: Unit, tier: str, stage: str, *, paper: bool = True) -> None:
        kind = "五四红旗团支部" if unit.is_branch else "五四红旗团（工）委"
        proof = {"依据": "附有材料", "依据材料": "表彰决定"} if stage == "已获评" and paper else {}
        self._unit_honour(kind, unit, tier, self._award(stage), 文号=self._document(tier, stage), **proof)

    def _award(self, stage: str) -> Walk:
        walk = self._walk(self._day(3, 1), "已申请", "团组织审核", "公示中", "已报上级争创")
        return walk if stage == "已报上级争创" else [*walk, (stage, self._day(4, 28))]

    def _document(self, tier: str, stage: str) -> str:
        issuer = {"市级": "市团发", "省级": "省团发", "县级": "青团发"}[tier]
        return f"{issuer}〔{self.year}〕{self.chance.randint(8, 20)}号" if stage == "已获评" else ""

    def _honour_people(self) -> None:
        leaders = self.officers.leaders()
        for place in range(volume("outstanding_cadres", self.year)):
            self._personal_honour("优秀共青团干部", leaders[place * 3 + self.year % 5], "市级", "已获评")
        for leader, tier, stage in (
            (leaders[20], "省级", "已获评"),
            (leaders[21], "市级", "未获评"),
            (leaders[22], "市级", "已报上级争创"),
            *((leader, "县级", "已获评") for leader in leaders[24:29]),
        ):
            self._personal_honour("优秀共青团干部", leader, tier, stage)
        held = [stay for stay in self.members.current() if stay.joined.year < self.year - 2]
        for stay in self.chance.sample(held, 18):
            self._personal_honour("优秀共青团员", stay.person, "县级", "已获评")
        for leader in leaders[30:34]:
            self._personal_honour("青年岗位能手", leader, "县级", "已获评")

    def _personal_honour(self, kind: str, person: Person, tier: str, stage: str) -> None:
        walk = self._award(stage)
        document = self._document(tier, stage)
        self._apply(kind, f"{person.name}{tier}{kind}", walk, **_who(person), 级别=tier, 文号=document)

    # Named places.

    def _name_places(self) -> None:
        communities = self.sites.of("社区")[0 if self.year == 2022 else 3 :]
        named = volume("friendly_communities", self.year)
        for place, site in enumerate(communities[: named + 3]):
            stages = ["已申请", "已实地核查", "已命名"][: 3 if place < named else 1 + place % 2]
            self._name("青年友好型社区", site, stages)
        self._hang_plates()

    def _hang_plates(self) -> None:
        """Shops and spaces; in 2023 one place is both and counts once."""
        every = [*self.sites.of("店铺"), *self.sites.of("空间")]
        mine = every[1::2] if self.year == 2022 else every[::2]
        places = volume("plated_sites", self.year)
        if self.year == 2023:
            mine += [site for site in every[1::2] if site.code.endswith(("2", "4"))]
        for site in mine[:places]:
            self._name(self._sort_of_name(site), site, ["已申请", "已实地核查", "已命名", "已挂牌"])
        if self.year == 2023:
            self._name("青年友好型空间", mine[0], ["已申请", "已实地核查", "已命名", "已挂牌"])
        for place, site in enumerate(mine[places : places + 4]):
            cells = {"状态": "作废"} if place == 3 else {}
            stages = ["已申请", "已实地核查", "已命名", "已挂牌"][: 4 if place == 3 else 3]
            self._name(self._sort_of_name(site), site, stages, **cells)

    def _sort_of_name(self, site: Site) -> str:
        return "青春时尚店" if site.sort == "店铺" else "青年友好型空间"

    def _name(self, kind: str, site: Site, stages: list[str], **cells: Any) -> None:
        begins = self._day(4, 10) + self.chance.randint(0, 150) * DAY
        walk = self._walk(begins, *stages)
        until = Day(self.year + 2, 12, 31) if len(stages) > 2 else None
        self._apply(kind, f"{site.name}{kind}命名", walk, 阵地编号=site.code, 有效期至=until, **cells)

    # Aid.

    def _launch_aid(self) -> None:
        for place, name in enumerate((f"{AID}项目", "“共享阳光”奖学金项目")):
            walk = self._walk(self._day(5, 20 + place), "计划中", "已启动")
            self._apply("资助项目启动", f"{self.year}年{name}", walk, 对象组织编码=ROOT)

    def _give_aid(self) -> None:
        """One student is supported by both funds; some payments come back and go out again."""
        aided = [self._school_leaver() for _ in range(volume("aid_degree", self.year))]
        for student in aided:
            self._support(AID, student, AMOUNTS["degree"])
        for _ in range(volume("aid_college", self.year)):
            self._support(AID, self._school_leaver(), AMOUNTS["college"])
        scholars = [aided[0], *(self._school_leaver() for _ in range(volume("scholarships", self.year) - 1))]
        for place, student in enumerate(scholars):
            trouble = "returned" if place < RETURNED else "halves" if place < RETURNED + IN_HALVES else ""
            self._support(SCHOLARSHIP, student, AMOUNTS["scholarship"], trouble=trouble)
        self._await_payment()

    def _school_leaver(self) -> Person:
        return self.people.born(years_before(self._day(9, 1), 19), years_before(self._day(9, 1), 18))

    def _support(self, kind: str, student: Person, amount: int, *, trouble: str = "", **cells: Any) -> None:
        paid = later(self._day(8, 18), 0, 12, self.chance)
        first = paid if trouble != "returned" else paid - 8 * DAY
        walk = self._award_aid()
        last = paid + 14 * DAY if trouble == "halves" else paid
        number = self._support_record(kind, student, [*walk, ("已发放", last)], **cells)
        if trouble == "returned":
            self._pay(number, amount, first, "退回")
        if trouble == "halves":
            self._pay(number, amount / 2, paid, "已发放")
            self._pay(number, amount / 2, last, "已发放")
        else:
            self._pay(number, amount, paid, "已发放")

    def _award_aid(self) -> Walk:
        begins = self._day(7, 3) + self.chance.randint(0, 6) * DAY
        return self._walk(begins, "已申请", "已核实", "已公示", "已获评")

    def _support_record(self, kind: str, student: Person, walk: Walk, **cells: Any) -> str:
        schools = [u for u in self.tree.schools() if u.domain in ("普通高中", "完全中学")]
        school = self.chance.choice(schools)
        name = f"{student.name}{kind}"
        return self._apply(kind, name, walk, **_who(student), 学校=school.short.removesuffix("团委"), **cells)

    def _pay(self, number: str, amount: float, day: Day, result: str) -> None:
        batch = f"{day:%Y%m}-{1 + (day.day > 20)}"
        self.payments.append(
            {"登记号": number, "金额（元）": amount, "发放日期": day, "批次": batch, "银行结果": result}
        )

    def _await_payment(self) -> None:
        """Awarded but not paid, not awarded at all, and a record that is void."""
        number = self._support_record(SCHOLARSHIP, self._school_leaver(), self._award_aid())
        self._pay(number, AMOUNTS["scholarship"], self._day(12, 28), "计划")
        for _ in range(3):
            walk = [*self._award_aid()[:2], ("未获评", self._day(8, 3))]
            self._support_record(AID, self._school_leaver(), walk)
        self._support(SCHOLARSHIP, self._school_leaver(), AMOUNTS["scholarship"], 状态="作废")
        for place, day in enumerate(spread(self.chance, workdays(self._day(3, 1), self._day(11, 1)), 3)):
            founder = self.people.aged(23, 33, on=day)
            walk = self._walk(day, "已申请", "已核实", "已公示", "已获评")
            number = self._apply("青年创业扶持", f"{founder.name}创业扶持", walk, **_who(founder))
            self._pay(number, 3000 + 1000 * place, day + 50 * DAY, "计划")

    # The official result of the reform.

    def _assess(self) -> None:
        told = {"级别": "省级", "对象组织编码": ROOT, "依据": "附有材料", "依据材料": "评估结果通报"}
        if self.year == 2022:
            walk = self._walk(self._day(11, 2), "已申请", "已实地核查", "已评定")
            self._apply("县域基层组织改革评估", "县域共青团改革首轮评估", walk, 等次="良好", 位次=7, **told)
            return
        middle = self._walk(self._day(6, 12), "已申请", "已实地核查", "已评定")
        self._apply("县域基层组织改革评估", "县域共青团基层组织改革中期评估", middle, 榜单="红榜", **told)
        final = self._walk(self._day(11, 20), "已申请", "已实地核查", "已评定")
        self._apply(
            "县域基层组织改革评估", "县域共青团基层组织改革年终评估", final, 等次="优秀", 位次=2, **told
        )


def _who(person: Person) -> dict[str, Any]:
    return {
        "姓名": person.name,
        "性别": person.sex,
        "身份证号": person.id_number,
        "出生日期": person.born,
    }
