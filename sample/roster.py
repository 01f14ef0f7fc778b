"""The register of members: 5,270 stays on the last day of 2023, and the people who left before."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from sample.books import ROSTER, Book, Cells, Sheet
from sample.chance import Chance
from sample.days import DAY, Day, later, years_before
from sample.names import COLLEGE
from sample.people import People, Person, political_status
from sample.tree import CLASSES, SCHOOLS, YEAR_END, Tree, Unit

MEMBERS = 5270
MEMBERS_YEAR_BEFORE = 5148
LAST_OF_2022 = Day(2022, 12, 31)
ADMITTED_2023 = {"初中": 118, "普通高中": 66, "完全中学": 42, "中等职业学校": 20, "普通高校": 7, "社区": 6}
NUMBERED_FROM = 2017
QUOTA_YEARS = (2022, 2023)
SPARE = 2  # places of a block that nobody used
SECTORS = ("初中", "高中", "中职", "高校", "社会领域")
SECTOR_OF = {
    "初中": "初中",
    "普通高中": "高中",
    "完全中学": "高中",
    "中等职业学校": "中职",
    "普通高校": "高校",
}
SIZES = {
    "普通高校": (16, 24),
    "中等职业学校": (11, 18),
    "普通高中": (9, 17),
    "完全中学": (8, 14),
    "初中": (4, 9),
    "社区": (4, 9),
    "行政村": (3, 6),
    "两新组织": (3, 7),
    "新兴青年群体": (4, 9),
}
OTHER_SIZES = (4, 11)
TINY = 9  # village branches with one or two members
LARGE = (53, 55, 58)  # members of the branches that ought to be divided
KEPT_FOR_A_POST = 0.008  # share of the grown members who stay beyond 28 because they hold a post
MOVED_2023, MOVED_2022 = 64, 40
AGED_OUT_2023, AGED_OUT_2022 = 58, 45
LET_GO_2023 = {"自行脱团": Day(2023, 5, 12), "申请退团": Day(2023, 9, 15), "除名": Day(2023, 11, 10)}
LEFT_2022 = 210


@dataclass(frozen=True)
class Stay:
    """One person's stay in one branch."""

    person: Person
    unit: Unit
    joined: Day
    since: Day
    until: Day | None = None
    because: str = ""
    number: str = ""
    duty: str = ""

    def on(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Block:
    """Numbers allotted to a body: the first, how many, and how many of them members have."""

    body: Unit
    first: str
    count: int
    used: int


def number_of(year: int, serial: int) -> str:
    return f"{year}99{serial:06d}"


def _why_moved(to: Unit) -> str:
    """Of school leavers: a firm has employed them, or they live in the community or village."""
    return "就业" if to.domain in ("国有企业", "两新组织") else "未就业"


def fourteenth(person: Person) -> Day:
    """The fourteenth birthday; one of 29 February on 1 March."""
    born = person.born
    leap = (born.month, born.day) == (2, 29)
    return Day(born.year + 14, 3, 1) if leap else Day(born.year + 14, born.month, born.day)


class Register:
    """Every stay, and who came, moved and left in which year."""

    def __init__(self, tree: Tree, people: People) -> None:
        self.tree, self.people = tree, people
        self.chance = Chance("roster")
        self.stays: list[Stay] = []
        self.blocks: dict[int, dict[str, list[Block]]] = {}
        self._spared: Counter[tuple[int, str]] = Counter()
        self._by_unit: defaultdict[str, list[Stay]] = defaultdict(list)
        self.moves: list[tuple[Stay, Stay]] = []
        self._fill_branches()
        self._admit_in_2023()
        self._move_some(2023, MOVED_2023)
        self._merge_villages()
        self._age_out()
        self._let_go()
        self._graduate()
        self._leave_in_2022()
        self._give_numbers()

    def current(self) -> list[Stay]:
        return [stay for stay in self.stays if stay.until is None]

    def by_unit(self, day: Day) -> dict[str, list[Stay]]:
        """Stays on a day by the code of their branch."""
        grouped: dict[str, list[Stay]] = {}
        for stay in self.stays:
            if stay.on(day):
                grouped.setdefault(stay.unit.code, []).append(stay)
        return grouped

    def joined_in(self, year: int) -> list[Stay]:
        return [stay for stay in self.stays if stay.joined.year == year and stay.since == stay.joined]

    def left_in(self, year: int, because: str) -> list[Stay]:
        return [s for s in self.stays if s.until and s.until.year == year and s.because == because]

    def size(self, unit: Unit, day: Day) -> int:
        return self._sizes_on(day)[unit.code]

    def _sizes_on(self, day: Day) -> Counter[str]:
        month = day.replace(day=1)
        if month not in self._sizes:
            self._sizes[month] = Counter(stay.unit.code for stay in self.stays if stay.on(month))
        return self._sizes[month]

    # Those who are members on the last day of 2023.

    def _fill_branches(self) -> None:
        self._sizes: dict[Day, Counter[str]] = {}
        for unit, size in self._sizes_wanted().items():
            for _ in range(size):
                self.stays.append(self._member_of(unit))

    def _sizes_wanted(self) -> dict[Unit, int]:
        """Members of each branch, 5,270 in all."""
        branches = self.tree.branches()
        sizes = {unit: self.chance.randint(*SIZES.get(unit.domain, OTHER_SIZES)) for unit in branches}
        for unit in self.chance.some([u for u in branches if u.domain == "行政村"], TINY):
            sizes[unit] = self.chance.choice((1, 2, 2))
        for unit, size in zip(self.tree.of("普通高校")[::17], LARGE, strict=True):
            sizes[unit] = size
        adjustable = [unit for unit in branches if unit.domain in CLASSES and sizes[unit] < min(LARGE)]
        place = 0
        while (difference := MEMBERS - sum(sizes.values())) != 0:
            sizes[adjustable[place % len(adjustable)]] += 1 if difference > 0 else -1
            place += 1
        return sizes

    def _member_of(self, unit: Unit) -> Stay:
        person = self._person_of(unit)
        joined = self._joining_day(person)
        return Stay(person, unit, joined, self._arrival(person, unit, joined))

    def _person_of(self, unit: Unit) -> Person:
        if unit.domain == "初中":
            return self.people.born(Day(2008, 9, 1), Day(2008, 10, 25))
        if unit.domain == "普通高校":
            return self.people.born(Day(unit.cohort - 19, 9, 1), Day(unit.cohort - 18, 8, 31))
        if unit.cohort:
            return self.people.born(Day(unit.cohort - 17, 11, 1), Day(unit.cohort - 15, 4, 30))
        if self.chance.maybe(KEPT_FOR_A_POST):
            return self.people.born(Day(1991, 1, 5), Day(1995, 12, 28))
        return self.people.born(Day(1996, 1, 5), Day(2004, 12, 28))

    def _joining_day(self, person: Person) -> Day:
        """Between the fourteenth birthday and two and a half years later, at the latest in 2022."""
        fourteen = Day(person.born.year + 14, person.born.month, min(person.born.day, 28)) + DAY
        latest = min(fourteen + dt.timedelta(days=900), Day(2022, 12, 20))
        return later(fourteen, 1, max((latest - fourteen).days - 10, 2), self.chance)

    def _arrival(self, person: Person, unit: Unit, joined: Day) -> Day:
        if unit.cohort and unit.domain != "初中":
            return max(joined, Day(unit.cohort, 9, 1))
        if unit.domain in SCHOOLS:
            return joined
        grown = years_before(person.born, -18)
        opened = unit.founded + 20 * DAY if unit.founded.year >= 2022 else unit.founded
        earliest = max(joined, grown, opened, Day(2017, 1, 1))
        if earliest >= LAST_OF_2022:
            return earliest
        return earliest + dt.timedelta(days=self.chance.randint(0, (LAST_OF_2022 - earliest).days))

    # What happened during the two years.

    def _admit_in_2023(self) -> None:
        """Turn some members into members admitted in the course of 2023."""
        for domain, number in ADMITTED_2023.items():
            places = [
                place
                for place, stay in enumerate(self.stays)
                if stay.unit.domain == domain and stay.since.year < 2024 and stay.unit.founded.year < 2022
            ]
            for place in self.chance.some(places, number):
                self.stays[place] = self._admitted(self.stays[place])

    def _admitted(self, stay: Stay) -> Stay:
        """Admitted by the school of the last term, so never before coming to the class."""
        first = max(Day(2023, 3, 13), stay.since + 60 * DAY)
        joined = later(first, 0, max((Day(2023, 12, 8) - first).days, 1), self.chance)
        return replace(stay, joined=joined, since=joined)

    def _move_some(self, year: int, number: int) -> None:
        """School leavers who went over to the branch of their community, village or firm."""
        schools = [unit for unit in self.tree.of(CLASSES) if unit.cohort == year]
        places = [
            place
            for place, stay in enumerate(self.stays)
            if stay.until is None
            and stay.unit.domain in ("社区", "行政村", "国有企业", "两新组织")
            and stay.unit.founded.year < 2022
            and stay.person.born.year >= 2002
            and stay.joined.year < 2022
        ]
        for place in self.chance.some(places, number):
            new = self.stays[place]
            day = later(Day(year, 7, 3), 0, 70, self.chance)
            school = self.chance.choice(schools)
            came = max(new.joined, Day(year - 3, 9, 1))
            old = replace(new, unit=school, since=came, until=day, because=_why_moved(new.unit))
            self._note_move(place, old, day)

    def _merge_villages(self) -> None:
        """Members of the merged villages stand in the neighbouring branch from that day on."""
        for lost in [unit for unit in self.tree.units if unit.dissolved and unit.domain == "行政村"]:
            day = lost.dissolved or YEAR_END
            neighbours = [unit for unit in self.tree.of("行政村") if unit.parent == lost.parent]
            places = [
                place
                for place, stay in enumerate(self.stays)
                if stay.unit in neighbours and stay.since < Day(2022, 6, 1) and stay.until is None
            ]
            for place in self.chance.some(places, 2):
                self._note_move(
                    place, replace(self.stays[place], unit=lost, until=day, because="支部撤并"), day
                )

    def _note_move(self, place: int, old: Stay, day: Day) -> None:
        new = replace(self.stays[place], since=day)
        self.stays[place] = new
        self.stays.append(old)
        self.moves.append((old, new))

    def _age_out(self) -> None:
        for year, number in ((2023, AGED_OUT_2023), (2022, AGED_OUT_2022)):
            places = [u for u in self.tree.branches() if u.domain not in SCHOOLS and u.founded.year < 2021]
            for _ in range(number):
                person = self.people.born(Day(year - 28, 1, 4), Day(year - 28, 12, 1))
                day = later(years_before(person.born, -28), 1, 20, self.chance)
                self._former(person, self.chance.choice(places), day, "超龄离团")

    def _let_go(self) -> None:
        places = [unit for unit in self.tree.of(("社区", "两新组织")) if unit.founded.year < 2021]
        for because, day in LET_GO_2023.items():
            person = self.people.born(Day(1997, 1, 4), Day(2003, 12, 1))
            self._former(person, self.chance.choice(places), day, because)

    def _graduate(self) -> None:
        """Those who left school in 2023; so many that the stock of the year before comes out."""
        held = sum(stay.on(LAST_OF_2022) for stay in self.stays)
        classes = [u for u in self.tree.units if u.domain in SCHOOLS and u.is_branch]
        leaving = [u for u in classes if u.cohort == 2023 or u.dissolved or u.domain == "初中"]
        for place in range(MEMBERS_YEAR_BEFORE - held):
            unit = leaving[place % len(leaving)]
            self._former(self._graduate_of(unit), unit, self._graduation(unit), "毕业转出")
        short_lived = next(u for u in self.tree.units if u.founded.year == 2023 and u.dissolved)
        for _ in range(3):
            person = self.people.born(Day(1998, 1, 1), Day(2002, 12, 31))
            self._former(person, short_lived, Day(2023, 10, 20), "组织撤销转出", since=Day(2023, 3, 20))

    def _graduate_of(self, unit: Unit) -> Person:
        if unit.domain == "初中":
            return self.people.born(Day(2007, 9, 1), Day(2008, 4, 30))
        if unit.domain == "普通高校":
            return self.people.born(Day(2001, 9, 1), Day(2002, 8, 31))
        return self.people.born(Day(2004, 9, 1), Day(2005, 8, 31))

    def _graduation(self, unit: Unit) -> Day:
        if unit.dissolved:
            return unit.dissolved - 3 * DAY
        return later(Day(2023, 6, 26), 0, 14, self.chance)

    def _leave_in_2022(self) -> None:
        classes = [unit for unit in self.tree.of(CLASSES) if unit.cohort == 2022]
        for place in range(LEFT_2022):
            person = self.people.born(Day(2003, 9, 1), Day(2004, 8, 31))
            day = later(Day(2022, 6, 27), 0, 14, self.chance)
            self._former(person, classes[place % len(classes)], day, "毕业转出", since=Day(2019, 9, 2))
        for _ in range(MOVED_2022):
            self._move_in_2022(self.chance.choice(classes))

    def _move_in_2022(self, school: Unit) -> None:
        target = self.chance.choice(self.tree.of(("社区", "行政村")))
        places = [
            place
            for place, stay in enumerate(self.stays)
            if stay.unit == target and stay.until is None and stay.since < Day(2022, 6, 1)
        ]
        for place in places[:1]:
            new = self.stays[place]
            day = later(Day(2022, 7, 4), 0, 60, self.chance)
            came = max(new.joined, Day(2019, 9, 2))
            old = replace(new, unit=school, since=came, until=day, because=_why_moved(target))
            self._note_move(place, old, day)

    def _former(
        self, person: Person, unit: Unit, until: Day, because: str, *, since: Day | None = None
    ) -> None:
        joined = self._joining_day(person)
        came = since or max(joined, min(Day(until.year - 3, 9, 1), LAST_OF_2022))
        self.stays.append(Stay(person, unit, joined, max(came, joined, unit.founded), until, because))

    def _give_numbers(self) -> None:
        """Development numbers: of a body's block where the quota is known, else in the order of joining."""
        numbers: dict[str, str] = {}
        last: Counter[int] = Counter()
        for year in QUOTA_YEARS:
            self._give_blocks(year, numbers, last)
        for stay in sorted(self.stays, key=lambda stay: (stay.joined, stay.person.id_number)):
            year, holder = stay.joined.year, stay.person.id_number
            if holder not in numbers:
                last[year] += 1
                numbers[holder] = number_of(year, last[year])
        self.stays = [
            replace(stay, number=numbers[stay.person.id_number]) if self._is_numbered(stay) else stay
            for stay in self.stays
        ]
        self.moves = [(replace(old, number=numbers[old.person.id_number]), new) for old, new in self.moves]

    def _give_blocks(self, year: int, numbers: dict[str, str], last: Counter[int]) -> None:
        """A block for each body, sector after sector, with some places more than were used."""
        bodies: dict[str, list[Stay]] = {}
        for stay in self.admissible(year):
            if stay.person.id_number not in numbers:
                bodies.setdefault(self.tree.body_of(stay.unit).code, []).append(stay)
        ordered = sorted(bodies, key=lambda code: (SECTORS.index(self._sector(code)), self._place(code)))
        for code in ordered:
            used = bodies[code]
            first = last[year] + 1
            for serial, stay in enumerate(sorted(used, key=lambda s: (s.joined, s.person.id_number)), first):
                numbers[stay.person.id_number] = number_of(year, serial)
            count = len(used) + SPARE + len(used) // 10
            last[year] += count
            block = Block(self.tree.by_code[code], number_of(year, first), count, len(used))
            self.blocks.setdefault(year, {}).setdefault(self._sector(code), []).append(block)

    def _sector(self, code: str) -> str:
        return SECTOR_OF.get(self.tree.by_code[code].domain, "社会领域")

    def _place(self, code: str) -> int:
        return self.tree.by_code[code].place

    def admissible(self, year: int) -> list[Stay]:
        """Who joined in the year in the branch of the stay, in branches that stood before it."""
        ordered = sorted(self.joined_in(year), key=lambda stay: stay.person.id_number)
        return [stay for stay in ordered if stay.unit.founded < Day(year, 1, 1)]

    def quota(self, year: int) -> dict[str, list[Block]]:
        """The blocks of the year's quota by sector, in the order of their numbers."""
        return self.blocks[year]

    def spare(self, year: int, body: Unit) -> str:
        """A number of the body's block that no member has; each time another."""
        block = next(one for line in self.blocks[year].values() for one in line if one.body == body)
        self._spared[year, body.code] += 1
        return number_of(year, int(block.first[6:]) + block.used + self._spared[year, body.code] - 1)

    def of_unit(self, unit: Unit) -> list[Stay]:
        return self._grouped()[unit.code]

    def of_body(self, body: Unit) -> list[Stay]:
        """Stays in the branches of one body."""
        return self._grouped()[body.code]

    def _grouped(self) -> dict[str, list[Stay]]:
        if not self._by_unit:
            for stay in self.stays:
                self._by_unit[stay.unit.code].append(stay)
                self._by_unit[self.tree.body_of(stay.unit).code].append(stay)
        return self._by_unit

    def _is_numbered(self, stay: Stay) -> bool:
        return stay.joined.year >= NUMBERED_FROM or stay.person.id_number[-2] == "7"


def book(register: Register, duties: dict[str, str]) -> Book:
    """The national system's export; `duties` gives the post by ID number."""
    chance = Chance("roster rows")
    ordered = sorted(register.stays, key=lambda s: (s.unit.place, s.until is not None, s.person.id_number))
    last = _last_stays(ordered)
    rows = [
        _row(stay, last[stay.person.id_number], duties.get(stay.person.id_number, ""), chance)
        for stay in ordered
    ]
    title = "团员花名册（全国系统导出，截至2023年12月31日，含年内离开人员）"
    return Book("03-团员花名册", [Sheet("团员花名册", ROSTER, rows, title)])


def _last_stays(stays: list[Stay]) -> dict[str, Stay]:
    """Where each person is now, which is what the export says of school and education."""
    return {stay.person.id_number: stay for stay in sorted(stays, key=lambda stay: stay.since)}


def _row(stay: Stay, last: Stay, duty: str, chance: Chance) -> Cells:
    person = stay.person
    return {
        "姓名": person.name,
        "性别": person.sex,
        "民族": person.ethnicity,
        "身份证号": person.id_number,
        "出生日期": person.born,
        "政治面貌": political_status(person, on=YEAR_END),
        "学历": _education(last),
        "学校或工作单位": _workplace(last.unit),
        "手机号": person.phone if person.age(YEAR_END) >= 16 else "",
        "所在团组织编码": stay.unit.code,
        "入团时间": stay.joined,
        "发展团员编号": stay.number,
        "团员证编号": person.id_number[-8:-1] + "5" if chance.maybe(0.4) else "",
        "电子档案状态": chance.weighted({"已认证": 92, "待认证": 5, "姓名核验未通过": 2, "线下核验通过": 1}),
        "毕业时间": _graduation_day(stay),
        "团内职务": duty if stay.until is None else "",
        "志愿者编号": f"99{person.id_number[6:14]}{person.id_number[14:17]}" if chance.maybe(0.7) else "",
        "进入本支部时间": stay.since,
        "离开本支部时间": stay.until,
        "离开原因": stay.because,
    }


def _education(stay: Stay) -> str:
    by_domain = {
        "初中": "初中",
        "普通高中": "高中",
        "完全中学": "高中",
        "中等职业学校": "中专",
        "普通高校": "大专",
    }
    if stay.unit.domain in by_domain:
        return by_domain[stay.unit.domain]
    return ("高中", "大专", "大专", "大学本科", "大学本科", "硕士研究生")[stay.person.born.day % 6]


def _workplace(unit: Unit) -> str:
    """The school without the class, else the name of the unit."""
    if unit.domain == "普通高校":
        return COLLEGE
    bare = unit.short.split(str(unit.cohort))[0] if unit.cohort else unit.short
    for ending in ("联合团支部", "教工团支部", "团支部"):
        bare = bare.removesuffix(ending)
    return bare


def _graduation_day(stay: Stay) -> Day | None:
    if not stay.unit.cohort:
        return None
    if stay.until:
        return stay.until.replace(day=1)
    return Day(stay.unit.cohort + 3, 6, 1)
