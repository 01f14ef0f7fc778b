"""The two years put together: every workbook, in the order in which an officer would import them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sample import books, officers, roster, sites, tree
from sample.admission import Admissions, quota_rows
from sample.books import Book, Sheet
from sample.branch_life import BranchLife
from sample.cases import Cases
from sample.classes import Classes
from sample.delegates import delegates
from sample.district import District
from sample.membership import Membership
from sample.officers import Officers
from sample.organising import Organising
from sample.people import People
from sample.programmes import Programmes
from sample.publishing import Publishing
from sample.reviews import Reviews
from sample.roster import Register
from sample.sites import Sites
from sample.thought import Thought
from sample.tree import Tree
from sample.volumes import YEARS

ORDER, LOGINS = "ORDER.txt", "LOGINS.txt"


class Sample:
    """The fictional district with two years of work."""

    def __init__(self) -> None:
        self.tree, self.people = Tree(), People()
        self.register = Register(self.tree, self.people)
        self.officers = Officers(self.tree, self.people, self.register)
        self.sites = Sites(self.tree)
        self.organising = {year: Organising(self.tree, year) for year in YEARS}
        self.admissions = {year: Admissions(self.tree, self.people, self.register, year) for year in YEARS}

    def books(self) -> Iterator[Book]:
        yield self._units()
        yield sites.book(self.sites)
        yield roster.book(self.register, self.officers.duties)
        yield officers.book(self.officers)
        for year in YEARS:
            yield BranchLife(self.tree, self.register, year).book()
            yield self._activities(year)
            yield self._classes(year)
            yield self._programmes(year)
            yield self._cases(year)
            yield self._publications(year)
            yield self._quota(year)
            yield self._member_cases(year)
            yield self._unit_events(year)

    def _unit_events(self, year: int) -> Book:
        work = self.organising[year]
        sheets = [Sheet("组织建设", books.UNIT_EVENTS, work.events.rows)]
        if work.congress:
            rows = delegates(self.tree, self.register, work.congress)
            sheets.append(Sheet("团代表", books.DELEGATES, rows))
        return Book(f"12-组织建设-{year}", sheets)

    def _units(self) -> Book:
        work = self.organising.values()
        elected = {code for one in work for code in one.elected}
        foundings = [tree.first_term(row, elected) for one in work for row in one.foundings.rows]
        former = {code: name for one in work for code, name in one.former.items()}
        return tree.book(self.tree, foundings, elected=elected, former=former)

    def _activities(self, year: int) -> Book:
        thought = Thought(self.tree, self.officers, year)
        admissions = self.admissions[year]
        district = District(self.tree, self.sites, self.officers, self.register, year)
        lists = {
            "理论学习": thought.study,
            "宣讲": thought.lectures,
            "主题活动与团队课": thought.events,
            "三会一课": thought.meetings,
            "品牌活动": district.brands,
            "志愿服务": district.volunteers,
            "青年之家": district.homes,
            "团代表活动": district.delegates,
            "权益与法治": district.rights,
            "会议培训督导": district.governance,
            "入团积极分子团课": admissions.lessons,
        }
        sheets = [
            Sheet(name, books.ACTIVITIES, record.rows, drop_empty=True) for name, record in lists.items()
        ]
        served = Sheet("志愿服务参加名单", books.PARTICIPATIONS, district.participations, drop_empty=True)
        learnt = Sheet("团课参加名单", books.PARTICIPATIONS, admissions.participations, drop_empty=True)
        return Book(f"06-活动台账-{year}", [*sheets, served, learnt])

    def _classes(self, year: int) -> Book:
        classes = Classes(self.tree, self.people, year)
        return Book(
            f"07-公益课程与爱心托管-{year}",
            [
                Sheet("课程与托管班", books.ACTIVITIES, classes.activities.rows, drop_empty=True),
                Sheet("课次", books.SESSIONS, classes.sessions),
                Sheet("参加名单", books.PARTICIPATIONS, classes.participations, drop_empty=True),
            ],
        )

    def _programmes(self, year: int) -> Book:
        work = Programmes(self.tree, self.sites, self.people, self.officers, self.register, year)
        return Book(
            f"08-项目与荣誉-{year}",
            [
                Sheet("项目与荣誉", books.APPLICATIONS, work.applications.rows, f"{year}年项目与荣誉台账"),
                Sheet("进展", books.STEPS, work.steps.rows),
                Sheet("资助发放", books.PAYMENTS, work.payments),
            ],
        )

    def _cases(self, year: int) -> Book:
        work = Cases(self.tree, self.people, self.officers, year)
        return Book(
            f"09-事项-{year}",
            [
                Sheet("事项", books.CASES, work.cases.rows),
                Sheet("进展", books.STEPS, work.steps.rows),
                Sheet("帮扶联系", books.CONTACTS, work.contacts),
            ],
        )

    def _publications(self, year: int) -> Book:
        work = Publishing(year)
        lists = {
            "公众号文章": work.posts,
            "媒体刊发": work.media,
            "就业信息": work.bulletins,
            "政策与公告": work.policies,
        }
        sheets = [Sheet(name, books.PUBLICATIONS, record.rows) for name, record in lists.items()]
        return Book(f"10-发布-{year}", [*sheets, Sheet("岗位", books.POSITIONS, work.positions)])

    def _quota(self, year: int) -> Book:
        rows = quota_rows(self.tree, self.register, year)
        return Book(f"11-发展团员名额-{year}", [Sheet("发展团员名额", books.QUOTA, rows)])

    def _member_cases(self, year: int) -> Book:
        admissions = self.admissions[year]
        work = Membership(self.tree, self.people, self.register, year)
        return Book(
            f"11-团员管理-{year}",
            [
                Sheet("团员管理", books.MEMBER_CASES, work.cases.rows),
                Sheet("进展", books.STEPS, work.steps.rows),
                Sheet("发展入团", books.ADMISSIONS, admissions.cases.rows),
                Sheet("推优", books.RECOMMENDATIONS, admissions.recommended.rows),
                Sheet("团员教育评议", books.REVIEWS, Reviews(self.tree, self.register, year).rows),
            ],
        )


def write(folder: Path) -> list[str]:
    """Write every workbook and the two lists into `folder`; the file names in order of import."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = Sample()
    every = list(sample.books())
    books.write(every, folder)
    names = [book.file_name for book in every]
    (folder / ORDER).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    logins = ("\t".join(login) + "\n" for login in sample.officers.logins())
    (folder / LOGINS).write_text("".join(logins), encoding="utf-8")
    return names
