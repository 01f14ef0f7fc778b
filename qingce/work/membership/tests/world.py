"""A school with a class that admits: the cast of the stories of admission, quota and recommendation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.league.organisations import actions as organisations
from qingce.league.organisations.models import Domain, Membership, Post, Unit, UnitKind
from qingce.league.organisations.tests.books import id_number
from qingce.league.people.models import Person
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import actions as ledger
from qingce.work.membership.admission import actions as admission
from qingce.work.membership.admission.notices import put_up_notice
from qingce.work.membership.models import MemberCase
from qingce.work.membership.quota import actions as quota

TODAY = dt.date(2024, 12, 1)
LATE = "纸质材料补录"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass
class School:
    district: Unit
    school: Unit
    branch: Unit
    neighbour: Unit
    users: dict[str, User]
    members: list[Person]
    allotment: Any

    def applicant(self, serial: int = 1, born: str = "20090506", **changes: Any) -> MemberCase:
        """An application of 4 March 2024."""
        facts: dict[str, Any] = {
            "on": day("2024-03-04"),
            "today": TODAY,
            "by": self.users["branch"],
            "name": f"冯小{serial}",
            "id_number": id_number(born, serial),
            "because": LATE,
        }
        case, _warnings = admission.apply(self.branch, **{**facts, **changes})
        return case

    def taught(self, person: Person, hours: str = "8", on: str = "2024-06-01") -> Any:
        """A confirmed League lesson that `person` attended."""
        kind = taxonomy().with_part("counts_as_lesson")[0]
        lesson = apps.get_model("activities", "Activity")(
            kind=kind.code, stage=kind.done, title="团课", unit=self.school, happened_on=day(on)
        )
        ledger.enter(lesson, by=self.users["body"])
        taking_part().objects.create(activity=lesson, person=person, hours=hours)
        ledger.confirm(lesson, by=self.users["body"])
        return lesson

    def noticed(self, case: MemberCase, purpose: str, first: str, last: str) -> Any:
        notice, _warnings = put_up_notice(
            [case], purpose, opens_on=day(first), closes_on=day(last), by=self.users["body"]
        )
        return notice

    def carried(self, case: MemberCase, to: str, **changes: dict[str, Any]) -> MemberCase:
        """Carry a case on, step by step without a fault, until it stands at `to`."""
        for stage in STEPS:
            if case.stage == to:
                break
            if stage not in case.steps.values_list("stage", flat=True):
                self.step(case, stage, **changes.get(stage, {}))
        return case

    def step(self, case: MemberCase, stage: str, **changes: Any) -> list[str]:
        verb, on, facts = STEPS[stage]
        self.prepare(case, stage)
        said = {**facts, **self.named(stage), **changes}
        by = "body" if stage in ("approved", "sworn", "archived") else "branch"
        step = {"on": day(on), "today": TODAY, "by": self.users[by], "because": LATE}
        return verb(case, **{**step, **said})

    def prepare(self, case: MemberCase, stage: str) -> None:
        """What must be there before a step and is no part of it."""
        if stage == "in_training":
            self.noticed(case, "activist", "2024-04-09", "2024-04-15")
        if stage == "target":
            self.taught(case.person)
        if stage == "noticed":
            examined = {"on": day("2024-09-05"), "paper": "预审〔2024〕3号", "today": TODAY}
            admission.pre_examine(case, by=self.users["body"], **examined)
            self.noticed(case, "target", "2024-09-09", "2024-09-13")
        if stage == "sworn":
            admission.file_with_county(case, on=day("2024-10-18"), today=TODAY, by=self.users["body"])
        if stage == "archived":
            self.noticed(case, "new_member", "2024-10-16", "2024-10-22")

    def named(self, stage: str) -> dict[str, Any]:
        if stage == "in_training":
            return {"mentors": self.members[:1]}
        if stage == "voted":
            return {"sponsors": self.members[:2]}
        return {}


STEPS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "talked": (admission.talk, "2024-03-20", {"talked_by": "组织委员"}),
    "activist": (
        admission.take_as_activist,
        "2024-04-08",
        {"recommended_by": "members", "decided_by": "committee"},
    ),
    "in_training": (admission.begin_training, "2024-04-24", {"filed_on": day("2024-04-20")}),
    "target": (admission.propose_as_target, "2024-09-02", {"mentor_talks": 2}),
    "noticed": (admission.pass_notice, "2024-09-13", {}),
    "form_filled": (admission.fill_form, "2024-09-18", {"development_number": "202462000001"}),
    "voted": (
        admission.vote,
        "2024-09-26",
        {
            "sponsored_on": day("2024-09-20"),
            "entitled": 5,
            "present": 5,
            "ballots": 5,
            "in_favour": 4,
            "secret": True,
        },
    ),
    "approved": (
        admission.approve,
        "2024-10-15",
        {"collectively": True, "document_number": "团〔2024〕8号"},
    ),
    "sworn": (admission.swear, "2024-10-25", {}),
    "archived": (
        admission.archive,
        "2024-11-01",
        {"form_kept_at": "档案室", "entered_on": day("2024-10-30")},
    ),
}


def school() -> School:
    district = unit("q", "青河区", UnitKind.DISTRICT_COMMITTEE, Domain.OFFICE)
    committee = unit("q-1", "河湾中学", UnitKind.COMMITTEE, Domain.SENIOR_MIDDLE)
    branch = unit("q-1-1", "高一1班", UnitKind.BRANCH, Domain.SENIOR_MIDDLE)
    other = unit("q-2", "柳泉中学", UnitKind.COMMITTEE, Domain.SENIOR_MIDDLE)
    organisations.place([(district, None), (committee, district), (other, district), (branch, committee)])
    users = {
        "secretary": officer("林书记", district, "district_secretary"),
        "staff": officer("小周", district, "district_staff"),
        "body": officer("何老师", committee, "body_officer"),
        "branch": officer("陈支书", branch, "branch_secretary"),
        "neighbour": officer("外校人", other, "body_officer"),
    }
    members = [member(branch, serial) for serial in range(5)]
    top = quota.receive(
        district,
        year=2024,
        sector="senior",
        count=100,
        block_from="202462000001",
        on=day("2024-03-01"),
        by=users["staff"],
    )
    part = quota.allot(top, committee, count=40, on=day("2024-03-02"), by=users["staff"])
    return School(district, committee, branch, other, users, members, part)


def unit(code: str, name: str, kind: UnitKind, domain: Domain) -> Unit:
    return Unit.objects.create(
        code=code,
        name=f"共青团{name}",
        short_name=name,
        kind=kind,
        domain=domain,
        founded_on=day("2015-01-01"),
    )


def officer(name: str, at: Unit, role: str) -> User:
    user = User.objects.create_user(name, name=name)
    person = Person.objects.create(name=name, user=user)
    Post.objects.create(person=person, unit=at, role=role, since=day("2015-01-01"))
    return user


def member(branch: Unit, serial: int) -> Person:
    person = Person.objects.create(name=f"周甲{'一二三四五六七'[serial]}", born_on=day("2008-01-02"))
    joined = day("2022-05-04")
    Membership.objects.create(person=person, unit=branch, since=joined, joined_on=joined)
    return person


def taking_part() -> Any:
    """The table of attendance: families of work know each other by name alone."""
    return apps.get_model("activities", "Participation")


def voided_attendance(lesson: Any) -> None:
    with telling():
        taking_part().objects.filter(activity=lesson).update(attended=False)
        tell(Told.RECORD_AMENDED, by=None, about="团课")
