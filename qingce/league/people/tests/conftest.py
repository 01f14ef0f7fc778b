"""A street with a branch and a neighbour; a pupil, an officer of each, and the district above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from qingce.foundation.accounts.models import User
from qingce.foundation.privacy.fields import digest
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Membership, Post, Unit, UnitKind
from qingce.league.people.models import Person

LONG_AGO = dt.date(2015, 1, 1)
NUMBER, PHONE = "990101200501010014", "19900012345"


@dataclass
class Street:
    district: Unit
    street: Unit
    branch: Unit
    neighbour: Unit
    users: dict[str, User]
    member: Person

    def client(self, by: str) -> Client:
        client = Client()
        client.force_login(self.users[by])
        return client

    def visit(self, address: str, *, by: str, **posted: Any) -> Any:
        client = self.client(by)
        return client.post(address, posted) if posted else client.get(address)


@pytest.fixture
def street(db: None) -> Street:
    district, street = _unit("qh", "青河区", UnitKind.DISTRICT_COMMITTEE), _unit("qh-1", "柳泉街道")
    branch, neighbour = _unit("qh-1-1", "柳泉社区", UnitKind.BRANCH), _unit("qh-2", "河湾街道")
    place([(district, None), (street, district), (neighbour, district), (branch, street)])
    users = {
        "secretary": _officer("林书记", district, "district_secretary"),
        "staff": _officer("小周", district, "district_staff"),
        "inspector": _officer("何检查", district, "inspector"),
        "street": _officer("柳干事", street, "body_officer"),
        "neighbour": _officer("河干事", neighbour, "body_officer"),
        "branch": _officer("陈支书", branch, "branch_secretary"),
    }
    member = Person.objects.create(
        name="周小满", born_on=dt.date(2005, 1, 1), id_number=NUMBER, id_digest=digest(NUMBER), phone=PHONE
    )
    Membership.objects.create(person=member, unit=branch, since=LONG_AGO)
    return Street(district, street, branch, neighbour, users, member)


def _unit(code: str, name: str, kind: UnitKind = UnitKind.WORK_COMMITTEE) -> Unit:
    return Unit.objects.create(
        code=code, name=f"共青团{name}", short_name=name, kind=kind, domain=Domain.STREET, founded_on=LONG_AGO
    )


def _officer(name: str, unit: Unit, role: str) -> User:
    user = User.objects.create_user(username=name, name=name)
    person = Person.objects.create(name=name, user=user)
    Post.objects.create(person=person, unit=unit, role=role, since=LONG_AGO)
    return user
