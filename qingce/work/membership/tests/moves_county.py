"""The cast of these stories: a street and a school, a handful of members, and those who decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from qingce.foundation.accounts.models import User
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Membership, Post, Unit, UnitKind
from qingce.league.people.models import Person

LONG_AGO = dt.date(2015, 1, 1)
JUNE = dt.date(2024, 6, 20)


def unit(code: str, name: str, kind: str, domain: str, **facts: Any) -> Unit:
    return Unit.objects.create(
        code=code,
        name=f"共青团{name}",
        short_name=name,
        kind=kind,
        domain=domain,
        **{"founded_on": LONG_AGO, **facts},
    )


@dataclass
class County:
    """District › street › two branches and a mobile one; district › school › a class."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    turn: int = 0

    @classmethod
    def founded(cls) -> County:
        county = cls()
        made = {
            "district": unit("q", "青河区", UnitKind.DISTRICT_COMMITTEE, Domain.OFFICE),
            "street": unit("q1", "柳泉街道", UnitKind.WORK_COMMITTEE, Domain.STREET),
            "school": unit("q2", "河湾中学", UnitKind.COMMITTEE, Domain.SENIOR_MIDDLE),
            "community": unit("q11", "柳泉社区", UnitKind.BRANCH, Domain.COMMUNITY),
            "firm": unit("q12", "石化一厂", UnitKind.BRANCH, Domain.STATE_FIRM),
            "mobile": unit("q21", "流动团员支部", UnitKind.MOBILE_BRANCH, Domain.SENIOR_MIDDLE),
            "class": unit("q22", "高三（1）班", UnitKind.BRANCH, Domain.SENIOR_MIDDLE),
        }
        county.units = made
        place(
            [(made["district"], None), (made["street"], made["district"]), (made["school"], made["district"])]
        )
        place([(made[name], made["street"]) for name in ("community", "firm")])
        place([(made[name], made["school"]) for name in ("mobile", "class")])
        for name, at, role in (
            ("林书记", "district", "district_secretary"),
            ("柳干事", "street", "body_officer"),
            ("河老师", "school", "body_officer"),
            ("陈支书", "class", "branch_secretary"),
            ("周支书", "community", "branch_secretary"),
        ):
            county.appoint(name, at, role)
        return county

    def appoint(self, name: str, at: str, role: str) -> User:
        user = User.objects.create_user(username=name, name=name)
        person = Person.objects.create(name=name, user=user)
        Post.objects.create(person=person, unit=self.units[at], role=role, since=LONG_AGO)
        self.users[name] = user
        return user

    def member(self, at: str, *, born: dt.date = dt.date(2006, 3, 1), **facts: Any) -> Membership:
        """One more member of a branch."""
        self.turn += 1
        about = {name: facts.pop(name) for name in ("political_status",) if name in facts}
        person = Person.objects.create(name=f"张小{self.turn}", born_on=born, **about)
        known = {"since": dt.date(2022, 9, 1), "joined_on": dt.date(2021, 5, 4), **facts}
        return Membership.objects.create(person=person, unit=self.units[at], **known)

    def members(self, at: str, number: int, **facts: Any) -> list[Membership]:
        return [self.member(at, **facts) for _turn in range(number)]
