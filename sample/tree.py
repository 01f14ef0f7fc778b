"""The organisation tree of the district: 531 branches on the last day of 2023, and those that went."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sample.books import FOUNDINGS, UNITS, Book, Cells, Sheet
from sample.chance import Chance
from sample.days import Day
from sample.names import (
    COLLEGE,
    COMPLETE,
    DEPARTMENTS,
    EMERGING,
    FIRMS,
    INSTITUTIONS,
    JUNIOR,
    NEW_2022,
    NEW_2022_JOINT,
    NEW_EMERGING_JOINT,
    NEW_PRIVATE,
    NEW_PRIVATE_JOINT,
    OFFICES,
    PRIMARY,
    PRIVATE,
    SENIOR,
    STREETS,
    TOWNSHIPS,
    VOCATIONAL,
    WORKSHOPS,
)
from sample.volumes import YEARS

ROOT = "demo"
DIVISION = "990100"  # of no district there is
YEAR_END = Day(2023, 12, 31)
OLDEST_COHORT = 2021
BRANCH_KINDS = ("团支部", "联合团支部")
SCHOOLS = ("普通高校", "中等职业学校", "普通高中", "完全中学", "初中")
CLASSES = ("普通高校", "中等职业学校", "普通高中", "完全中学")  # with cohorts that come and graduate


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    short: str
    kind: str
    domain: str
    parent: str
    founded: Day
    dissolved: Day | None = None
    cohort: int = 0  # the year in which the class came to the school
    term: tuple[Day, Day] | None = None
    place: int = 0  # protocol order

    @property
    def is_branch(self) -> bool:
        return self.kind in BRANCH_KINDS

    def active(self, day: Day) -> bool:
        return self.founded <= day and (self.dissolved is None or day < self.dissolved)


class Tree:
    """The units of the district, in protocol order, and questions about them."""

    def __init__(self) -> None:
        self.chance = Chance("tree")
        self.units: list[Unit] = []
        self.serials: dict[str, int] = {}
        self.tops = 0
        self._plant()
        self.by_code = {unit.code: unit for unit in self.units}

    @property
    def root(self) -> Unit:
        return self.units[0]

    def branches(self, day: Day = YEAR_END) -> list[Unit]:
        return [unit for unit in self.units if unit.is_branch and unit.active(day)]

    def bodies(self, day: Day = YEAR_END) -> list[Unit]:
        """Committees and work committees below the district."""
        return [u for u in self.units[1:] if u.kind in ("团委", "团工委") and u.active(day)]

    def general_branches(self, day: Day = YEAR_END) -> list[Unit]:
        return [unit for unit in self.units if unit.kind == "团总支" and unit.active(day)]

    def schools(self) -> list[Unit]:
        return [unit for unit in self.bodies() if unit.domain in SCHOOLS]

    def of(self, domains: str | Sequence[str], *, day: Day = YEAR_END) -> list[Unit]:
        """Branches in one of the domains."""
        wanted = (domains,) if isinstance(domains, str) else domains
        return [unit for unit in self.branches(day) if unit.domain in wanted]

    def named(self, short: str) -> Unit:
        return next(unit for unit in self.units if unit.short == short)

    def body_of(self, unit: Unit) -> Unit:
        """The committee or work committee that a unit stands under."""
        above = self.by_code[unit.parent]
        while above.kind == "团总支":
            above = self.by_code[above.parent]
        return above

    # Planting, in protocol order.

    def _plant(self) -> None:
        self._add_root()
        for street, communities in STREETS.items():
            self._add_street(street, communities.split())
        for town, villages in TOWNSHIPS.items():
            self._add_town(town, villages.split())
        self._add_college()
        self._add_classes(VOCATIONAL, "中等职业学校", classes=20)
        self._add_classes(SENIOR, "普通高中", classes=30)
        self._add_classes(COMPLETE, "完全中学", classes=17)
        self._add_classes(JUNIOR, "初中", classes=8)
        self._add_work_bodies()
        self._add_firms()
        self._add_private_sector()
        self._lose_some()
        self._found_some()

    def _add_root(self) -> None:
        self.units.append(
            Unit(
                code=ROOT,
                name="共青团青河区委员会",
                short="青河区委",
                kind="团区委",
                domain="机关",
                parent="",
                founded=Day(1956, 5, 4),
                term=(Day(2023, 6, 28), Day(2028, 6, 27)),
            )
        )

    def _add_street(self, street: str, communities: Sequence[str]) -> None:
        body = self._top(f"共青团{street}工作委员会", f"{street}团工委", "团工委", "街道", 1998)
        general = self._below(body, f"{communities[0]}片区团总支", "团总支", "社区", 2012)
        for place, community in enumerate(communities):
            parent = general if place < 3 else body
            self._below(parent, f"{community}社区团支部", "团支部", "社区", 2006)

    def _add_town(self, town: str, villages: Sequence[str]) -> None:
        body = self._top(f"共青团{town}委员会", f"{town}团委", "团委", "乡镇", 1985)
        for village in villages:
            self._below(body, f"{village}村团支部", "团支部", "行政村", 1999)

    def _add_college(self) -> None:
        body = self._top(f"共青团{COLLEGE}委员会", f"{COLLEGE}团委", "团委", "普通高校", 2004)
        for department in DEPARTMENTS:
            general = self._below(body, f"{department}团总支", "团总支", "普通高校", 2005)
            for cohort, number in _class_numbers(8):
                title = f"{department.removesuffix('系')}{cohort}级{number}班团支部"
                self._below(general, title, "团支部", "普通高校", 2014, cohort=cohort)

    def _add_classes(self, schools: Sequence[str], domain: str, *, classes: int) -> None:
        for school in schools:
            short = school.removeprefix("青河区")
            body = self._top(f"共青团{school}委员会", f"{short}团委", "团委", domain, 1990)
            general = self._grade_general(body, domain)
            for cohort, number in _class_numbers(classes, one_cohort=domain == "初中"):
                title = f"{short}{cohort}级（{number}）班团支部"
                parent = general if general and cohort == OLDEST_COHORT else body
                self._below(parent, title, "团支部", domain, 2010, cohort=cohort)

    def _grade_general(self, body: Unit, domain: str) -> Unit | None:
        if domain != "普通高中":
            return None
        return self._below(body, f"{body.short.removesuffix('团委')}高三年级团总支", "团总支", domain, 2011)

    def _add_work_bodies(self) -> None:
        offices = self._top("共青团青河区直属机关工作委员会", "区直机关团工委", "团工委", "机关", 2001)
        for office in OFFICES:
            self._below(offices, f"{office}团支部", "团支部", "机关", 2003)
        health = self._top("共青团青河区卫生健康系统委员会", "区卫健系统团委", "团委", "事业单位", 2002)
        for place in INSTITUTIONS:
            self._below(health, f"{place}团支部", "团支部", "事业单位", 2008)
        teaching = self._top("共青团青河区教育系统工作委员会", "区教育系统团工委", "团工委", "机关", 2002)
        for school in PRIMARY:
            self._below(teaching, f"{school}小学教工团支部", "团支部", "小学", 2009)

    def _add_firms(self) -> None:
        body = self._top("共青团青河区属国有企业工作委员会", "区属国企团工委", "团工委", "国有企业", 2005)
        for firm in FIRMS:
            committee = self._below(body, f"{firm}团委", "团委", "国有企业", 1996)
            general = None
            if firm == FIRMS[0]:
                general = self._below(committee, f"{firm}生产片区团总支", "团总支", "国有企业", 2000)
            for place, shop in enumerate(WORKSHOPS):
                parent = general if general and place < 4 else committee
                self._below(parent, f"{firm}{shop}团支部", "团支部", "国有企业", 2000)

    def _add_private_sector(self) -> None:
        body = self._top("共青团青河区两新组织工作委员会", "区两新团工委", "团工委", "两新组织", 2015)
        for firm in PRIVATE:
            self._below(body, f"{firm}团支部", "团支部", "两新组织", 2017)
        emerging = self._top(
            "共青团青河区新兴青年群体工作委员会", "区新兴青年团工委", "团工委", "新兴青年群体", 2019
        )
        for trade in EMERGING:
            self._below(emerging, f"{trade}联合团支部", "联合团支部", "新兴青年群体", 2020)
        days = iter(_spread_over(2022, len(NEW_2022) + len(NEW_2022_JOINT)))
        for firm in NEW_2022:
            self._founded(body, f"{firm}团支部", "团支部", "两新组织", next(days))
        for trade in NEW_2022_JOINT:
            self._founded(emerging, f"{trade}联合团支部", "联合团支部", "新兴青年群体", next(days))

    def _lose_some(self) -> None:
        """Classes that graduated from shrinking schools, villages that merged, firms that closed."""
        school = self.named("职业技术学校团委")
        for place in range(5):
            self._below(
                school,
                f"职业技术学校2020级（{place + 7}）班团支部",
                "团支部",
                "中等职业学校",
                2015,
                cohort=2020,
                dissolved=Day(2023, 7, 14),
            )
        for short, village in (("青石镇团委", "新泉"), ("河湾镇团委", "沙坡")):
            self._below(
                self.named(short), f"{village}村团支部", "团支部", "行政村", 1999, dissolved=Day(2023, 9, 18)
            )
        for firm, day in (("双木家具", Day(2022, 5, 20)), ("长风印务", Day(2022, 11, 8))):
            self._below(
                self.named("区两新团工委"), f"{firm}团支部", "团支部", "两新组织", 2018, dissolved=day
            )

    def _found_some(self) -> None:
        """27 organisations founded in 2023 that stay, and one that did not last the year."""
        body, emerging = self.named("区两新团工委"), self.named("区新兴青年团工委")
        days = iter(_spread_over(2023, 28))
        couriers = self._founded(emerging, "区快递行业团总支", "团总支", "新兴青年群体", next(days))
        for firm in NEW_PRIVATE:
            self._founded(body, f"{firm}团支部", "团支部", "两新组织", next(days))
        for trade in NEW_PRIVATE_JOINT:
            self._founded(body, f"{trade}联合团支部", "联合团支部", "两新组织", next(days))
        for trade in NEW_EMERGING_JOINT:
            self._founded(emerging, f"{trade}联合团支部", "联合团支部", "新兴青年群体", next(days))
        self._founded(couriers, "青禾分拨中心快递员团支部", "团支部", "新兴青年群体", next(days))
        self._founded(self.named("新站街道团工委"), "高铁新区社区团支部", "团支部", "社区", next(days))
        works = self._founded(
            self.named("区属国企团工委"), "青河文旅公司团委", "团委", "国有企业", next(days)
        )
        self._founded(works, "青河文旅公司景区团支部", "团支部", "国有企业", next(days))
        lost = self._founded(body, "极速共享单车团支部", "团支部", "两新组织", Day(2023, 3, 15))
        self.units[-1] = replace(lost, dissolved=Day(2023, 10, 20))

    # One unit at a time.

    def _top(self, name: str, short: str, kind: str, domain: str, year: int) -> Unit:
        self.tops += 1
        return self._put(f"9901-{self.tops:03d}", name, short, kind, domain, ROOT, self._day(year))

    def _below(
        self,
        parent: Unit,
        short: str,
        kind: str,
        domain: str,
        year: int,
        *,
        cohort: int = 0,
        dissolved: Day | None = None,
    ) -> Unit:
        unit = self._put(
            self._next_code(parent), f"共青团{short}", short, kind, domain, parent.code, self._day(year)
        )
        self.units[-1] = replace(unit, cohort=cohort, dissolved=dissolved)
        return self.units[-1]

    def _founded(self, parent: Unit, short: str, kind: str, domain: str, day: Day) -> Unit:
        return self._put(self._next_code(parent), f"共青团{short}", short, kind, domain, parent.code, day)

    def _put(
        self, code: str, name: str, short: str, kind: str, domain: str, parent: str, founded: Day
    ) -> Unit:
        unit = Unit(
            code=code,
            name=name if name.endswith(("会", "部", "总支")) else name.replace("团委", "委员会"),
            short=short,
            kind=kind,
            domain=domain,
            parent=parent,
            founded=founded,
            term=self._term(domain, kind, founded),
            place=len(self.units),
        )
        self.units.append(unit)
        return unit

    def _next_code(self, parent: Unit) -> str:
        top = "-".join(parent.code.split("-")[:2])
        self.serials[top] = self.serials.get(top, 0) + 1
        return f"{top}-{self.serials[top]:03d}"

    def _day(self, year: int) -> Day:
        """A day of founding from `year` on, before 2022."""
        return Day(
            min(2021, year + self.chance.randint(0, 4)),
            self.chance.randint(3, 11),
            self.chance.randint(1, 28),
        )

    def _term(self, domain: str, kind: str, founded: Day) -> tuple[Day, Day]:
        if domain in SCHOOLS and kind == "团支部":
            start, years = Day(2023, 9, self.chance.randint(11, 28)), 1
            if self.chance.maybe(0.02):  # last year's term has run out and nobody was elected
                start = start.replace(year=2022)
        else:
            years = 3
            start = Day(self.chance.choice((2021, 2022, 2023)), self.chance.randint(3, 11), 15)
            if self.chance.maybe(0.05):
                start = start.replace(year=2020)
        start = max(start, founded)
        return start, start.replace(year=start.year + years, day=min(start.day, 28))


def _class_numbers(classes: int, *, one_cohort: bool = False) -> Iterator[tuple[int, int]]:
    """Cohort and number within the cohort: three cohorts, or only the oldest."""
    cohorts = 1 if one_cohort else 3
    seen: Counter[int] = Counter()
    for place in range(classes):
        cohort = OLDEST_COHORT + place * cohorts // classes
        seen[cohort] += 1
        yield cohort, seen[cohort]


def _spread_over(year: int, number: int) -> list[Day]:
    """Days from the spring to the middle of November."""
    return [Day(year, 2, 20) + dt.timedelta(days=place * 265 // number) for place in range(number)]


def book(
    tree: Tree, foundings: Sequence[Cells], *, elected: Collection[str], former: Mapping[str, str]
) -> Book:
    """The units as they stood before the two years, and the papers by which others were founded since.

    What changed in the two years (names, terms, units that went) is told by the events, not here.
    """
    old = [unit for unit in tree.units if unit.founded.year not in YEARS]
    rows = [_row(unit, elected, former) for unit in old]
    return Book(
        "01-团组织名录",
        [
            Sheet("组织", UNITS, rows, "青河区团组织名录"),
            Sheet("新建团组织", FOUNDINGS, foundings, "青河区新建团组织登记"),
        ],
    )


def first_term(row: Cells, elected: Collection[str]) -> Cells:
    """A unit that was founded and elected anew in the two years: the founding tells its first term."""
    if row["新建组织编码"] not in elected:
        return row
    return {**row, "本届任期起": row["日期"], "本届任期止": row["本届任期起"] - dt.timedelta(days=1)}


def _row(unit: Unit, elected: Collection[str], former: Mapping[str, str]) -> Cells:
    start, end = unit.term or (None, None)
    if unit.code in elected and start and end:
        years = end.year - start.year
        start, end = start.replace(year=start.year - years), start - dt.timedelta(days=1)
    short = former.get(unit.code, unit.short)
    return {
        "组织编码": unit.code,
        "行政区划代码": DIVISION if unit.code == ROOT else "",
        "全国系统编码": f"9901{unit.place:08d}",
        "组织全称": unit.name.replace(unit.short, short),
        "简称": short,
        "组织类别": unit.kind,
        "领域": unit.domain,
        "上级组织编码": unit.parent,
        "党组织": party_body(unit),
        "成立日期": unit.founded,
        "批准文号": f"青团发〔{unit.founded.year}〕{unit.place % 60 + 1}号"
        if unit.founded.year > 2000
        else "",
        "本届任期起": start,
        "本届任期止": end,
        "排序": unit.place,
    }


def party_body(unit: Unit) -> str:
    if unit.parent == "":
        return "中共青河区委员会"
    bare = unit.short
    for ending in ("联合团支部", "团支部", "团总支", "团工委", "团委"):
        bare = bare.removesuffix(ending)
    return "" if unit.domain in ("新兴青年群体",) or unit.cohort else f"中共{bare}党组织"
