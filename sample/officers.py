"""Who holds which post: the district's staff, the bodies' officers, the branch secretaries."""

from __future__ import annotations

from dataclasses import dataclass

from sample.books import OFFICERS, Book, Cells, Sheet
from sample.chance import Chance
from sample.days import Day
from sample.people import People, Person, political_status
from sample.roster import LAST_OF_2022, Register, Stay
from sample.tree import ROOT, YEAR_END, Tree, Unit

WITHOUT_SECRETARY = 6
DISTRICT = [
    ("书记", "团区委书记", "专职", 33),
    ("副书记", "团区委干部", "专职", 31),
    ("副书记（挂职）", "团区委干部", "挂职", 34),
    ("副书记（兼职）", "团区委干部", "兼职", 29),
    ("办公室主任", "团区委干部", "专职", 30),
    ("组织部干部", "团区委干部", "专职", 28),
    ("宣传部干部", "团区委干部", "专职", 27),
    ("权益部干部", "团区委干部", "挂职", 29),
    ("西部计划志愿者", "团区委干部", "兼职", 24),
]
# User name, password: fixed, and good for nothing but this fictional district.
LOGINS = {
    "qh_shuji": "jade-river-47-lantern",
    "qh_zuzhi": "cedar-bridge-19-swift",
    "qh_xuanchuan": "amber-field-62-heron",
    "lq_tuangongwei": "willow-canal-35-stone",
    "yz_tuanwei": "maple-hall-81-chalk",
    "yz_banzhishu": "plum-desk-26-window",
    "lq_zhishu": "reed-lane-58-kettle",
    "lq_weiyuan": "cotton-gate-64-plough",
    "line_12355": "quiet-harbour-73-bell",
    "shenji": "plain-ledger-94-ruler",
    "qh_xitong": "slate-engine-28-wheel",
    "qh_anquan": "iron-gate-66-lock",
    "qh_rizhi": "still-water-31-glass",
}


@dataclass(frozen=True)
class Post:
    person: Person
    unit: Unit
    title: str
    role: str
    engagement: str
    since: Day
    until: Day | None = None
    login: str = ""


class Officers:
    """Every post of the district, present and past."""

    def __init__(self, tree: Tree, people: People, register: Register) -> None:
        self.tree, self.people = tree, people
        self.chance = Chance("officers")
        self.posts: list[Post] = []
        self.duties: dict[str, str] = {}
        self._staff_district()
        self._staff_bodies()
        self._elect_secretaries(register)
        self._call_in_others()

    def cadres(self) -> list[Person]:
        """Those who work at the district committee itself."""
        return [post.person for post in self.posts if post.unit.code == ROOT and not post.until][:9]

    def leaders(self) -> list[Person]:
        """Officers of committees and work committees."""
        return [p.person for p in self.posts if p.role == "基层团委负责人" and not p.until]

    def logins(self) -> list[tuple[str, str, str, str]]:
        """User name, password, role and unit of everybody who can sign in."""
        by_login = {post.login: post for post in self.posts if post.login}
        return [
            (login, password, by_login[login].role, by_login[login].unit.short)
            for login, password in LOGINS.items()
        ]

    def _staff_district(self) -> None:
        logins = {"书记": "qh_shuji", "组织部干部": "qh_zuzhi", "宣传部干部": "qh_xuanchuan"}
        for place, (title, role, engagement, age) in enumerate(DISTRICT):
            person = self.people.aged(age, age, on=Day(2023, 7, 1))
            since = Day(2023, 6, 28) if "书记" in title else Day(2020 + place % 3, 9, 1)
            self._appoint(person, self.tree.root, title, role, engagement, since, logins.get(title, ""))
        former = self.people.aged(37, 37, on=Day(2023, 7, 1))
        self.posts.append(
            Post(former, self.tree.root, "书记", "团区委书记", "专职", Day(2018, 3, 1), Day(2023, 6, 28))
        )

    def _staff_bodies(self) -> None:
        logins = {"临渠街道团工委": "lq_tuangongwei", "青河第一高级中学团委": "yz_tuanwei"}
        for body in [*self.tree.bodies(), *self.tree.general_branches()]:
            person = self.people.aged(24, 34, on=Day(2023, 7, 1))
            engagement = "专职" if body.domain == "普通高校" and body.kind == "团委" else "兼职"
            since = max(Day(2019 + self.chance.randint(0, 3), 3, 15), body.founded)
            title = "副书记（主持工作）" if self.chance.maybe(0.1) else "书记"
            login = logins.get(body.short, "")
            self._appoint(person, body, title, "基层团委负责人", engagement, since, login)

    def _elect_secretaries(self, register: Register) -> None:
        logins = {"青河第一高级中学2022级（3）班团支部": "yz_banzhishu", "石桥社区团支部": "lq_zhishu"}
        now, before = register.by_unit(YEAR_END), register.by_unit(LAST_OF_2022)
        ordinary = [unit for unit in self.tree.branches() if unit.short not in logins]
        vacant = set(self.chance.some(ordinary, WITHOUT_SECRETARY))
        for unit in self.tree.branches():
            if unit in vacant:
                continue
            stay = self._elected(now[unit.code])
            since = max(unit.term[0] if unit.term else stay.since, stay.since, unit.founded)
            self.duties[stay.person.id_number] = "团支部书记"
            login = logins.get(unit.short, "")
            self._appoint(stay.person, unit, "团支部书记", "团支部书记", "兼职", since, login)
            if since > LAST_OF_2022 and unit.code in before:
                self._former_secretary(unit, before[unit.code], since)

        self._seat_a_member(now, self.tree.named("石桥社区团支部"))

    def _seat_a_member(self, now: dict[str, list[Stay]], unit: Unit) -> None:
        """One member of a branch committee who signs in too."""
        leading = {post.person.id_number for post in self.posts}
        stay = next(one for one in now[unit.code] if one.person.id_number not in leading)
        since = max(stay.since, unit.founded)
        self._appoint(stay.person, unit, "组织委员", "团（支）委委员", "兼职", since, "lq_weiyuan")

    def _elected(self, members: list[Stay]) -> Stay:
        """Somebody beyond 28 is still a member because of the post."""
        oldest = min(members, key=lambda stay: stay.person.born)
        return oldest if oldest.person.age(YEAR_END) >= 28 else self.chance.choice(members)

    def _former_secretary(self, unit: Unit, members: list[Stay], until: Day) -> None:
        stay = self.chance.choice(members)
        since = max(stay.since, unit.founded, Day(2021, 9, 15))
        left = min(stay.until or until, until)
        self.posts.append(Post(stay.person, unit, "团支部书记", "团支部书记", "兼职", since, left))

    def _call_in_others(self) -> None:
        for title, role, login in (
            ("12355 值班咨询员", "12355 值班人员", "line_12355"),
            ("驻区审计联络员", "检查审计人员", "shenji"),
            ("信息中心系统管理员", "系统管理员", "qh_xitong"),
            ("信息中心安全管理员", "安全管理员", "qh_anquan"),
            ("信息中心安全审计员", "安全审计员", "qh_rizhi"),
        ):
            person = self.people.aged(30, 38, on=Day(2023, 7, 1))
            self._appoint(person, self.tree.root, title, role, "兼职", Day(2022, 9, 1), login)

    def _appoint(
        self, person: Person, unit: Unit, title: str, role: str, engagement: str, since: Day, login: str
    ) -> None:
        self.posts.append(Post(person, unit, title, role, engagement, since, login=login))


def book(officers: Officers) -> Book:
    title = "青河区团干部名册"
    return Book("04-团干部名册", [Sheet("团干部", OFFICERS, [_row(post) for post in officers.posts], title)])


def _row(post: Post) -> Cells:
    person = post.person
    return {
        "姓名": person.name,
        "性别": person.sex,
        "出生日期": person.born,
        "身份证号": person.id_number,
        "手机号": person.phone,
        "政治面貌": political_status(person, on=YEAR_END),
        "组织编码": post.unit.code,
        "职务": post.title,
        "角色": post.role,
        "任职方式": post.engagement,
        "任职日期": post.since,
        "离任日期": post.until,
        "登录名": post.login,
    }
