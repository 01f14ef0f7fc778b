"""A district with a school of two classes, a second school, and those who act for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from qingce.foundation.accounts.models import User
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Membership, Post, Unit, UnitKind
from qingce.league.organisations.tests.books import small_county
from qingce.league.people.models import Person
from qingce.ledger.records import actions as ledger
from qingce.ledger.records import families
from qingce.ledger.records.models import Record
from qingce.work.organising.models import UnitEvent

LONG_AGO = dt.date(2015, 9, 1)
TODAY = dt.date(2024, 6, 1)


class Office:
    """The district's secretary, the officers of both schools, a class's secretary; members of classes."""

    def __init__(self) -> None:
        self.units = small_county()
        other = Unit.objects.create(
            code="X2",
            name="共青团河湾中学委员会",
            short_name="河湾中学团委",
            kind=UnitKind.COMMITTEE,
            domain=Domain.SENIOR_MIDDLE,
            founded_on=LONG_AGO,
        )
        place([(other, self.units["demo"])])
        self.units["X2"] = other
        self.users = {
            "secretary": self.officer("林书记", "demo", "district_secretary"),
            "staff": self.officer("小周", "demo", "district_staff"),
            "school": self.officer("陈老师", "X1", "body_officer"),
            "other": self.officer("何老师", "X2", "body_officer"),
            "class": self.officer("张小明", "X1B1", "branch_secretary"),
        }
        for code, names in {"X1B1": "王芳 李雷 韩梅 赵强 孙丽 周洋", "X1B2": "吴刚 郑爽 冯军 陈晨"}.items():
            for name in names.split():
                self.join(name, code)

    def unit(self, code: str) -> Unit:
        return Unit.objects.get(code=code)

    def officer(self, name: str, code: str, role: str) -> User:
        user = User.objects.create_user(username=name, password="leave-it-to-the-test", name=name)
        person = Person.objects.create(name=name, user=user)
        Post.objects.create(person=person, unit=self.unit(code), role=role, since=LONG_AGO)
        return user

    def join(self, name: str, code: str, since: dt.date = LONG_AGO) -> Person:
        person = Person.objects.create(name=name, born_on=dt.date(2007, 5, 4))
        Membership.objects.create(person=person, unit=self.unit(code), since=since, joined_on=since)
        return person

    def activity(self, code: str, on: dt.date, by: str = "secretary") -> Record:
        family = families.family_of("branch_assembly")
        record = family.model(
            kind="branch_assembly", stage="held", title="支部大会", unit=self.unit(code), happened_on=on
        )
        return ledger.enter(record, by=self.users[by])

    def client(self, by: str) -> Client:
        client = Client()
        client.force_login(self.users[by])
        return client

    def sent(self, address: str, by: str = "secretary", **fields: Any) -> Any:
        """The answer to a form, and the last paper there is."""
        facts = {"on": "2024-03-01", "document_number": "青团复〔2024〕3号", "do": "approve", **fields}
        return self.client(by).post(address, {name: str(value) for name, value in facts.items()})

    def last(self) -> UnitEvent:
        return UnitEvent.objects.latest("pk")


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def said(answer: Any) -> str:
    """Everything that the form refuses."""
    form = answer.context["form"]
    return " ".join(str(one) for errors in form.errors.values() for one in errors)
