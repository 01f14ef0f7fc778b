"""The sheet of officers: persons, the posts they hold and the accounts they sign in with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.accounts.models import User
from qingce.foundation.exchange import (
    Choice,
    Column,
    Date,
    Fault,
    IdNumber,
    Name,
    Outcome,
    Phone,
    Reference,
    Row,
    Sheet,
    Text,
)
from qingce.foundation.exchange.saving import Gathering
from qingce.foundation.exchange.vocabulary import named, offered
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.access.reach import Reach
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Engagement, Post
from qingce.league.people.matching import People, identity_problems, name_clash, names_by_digest
from qingce.league.people.models import Person, Sex

ENGAGEMENT_WORDS = {
    "专职": Engagement.FULL_TIME,
    "挂职": Engagement.SECONDED,
    "兼职": Engagement.PART_TIME,
}
SEX_WORDS = {"男": Sex.MALE, "女": Sex.FEMALE}
OWN = ("name", "id_number", "sex", "born_on", "phone", "political_status")
HELD = ("title", "engagement", "until")


@dataclass
class Look:
    names: Mapping[str, str]  # digest of the ID number → name on the register
    accounts: Mapping[str, str]  # user name → digest of its owner's ID number
    by: Reach | None  # None: the machine itself, which may give everything
    today: dt.date


class OfficerSheet(Sheet):
    code = "officers"
    label = gettext_lazy("League officers")
    order = 30
    key = ("id_number", "unit", "role", "since")
    columns: Sequence[Column] = [
        Name("name", gettext_lazy("Name"), synonyms=["姓名"], required=True, sample="林小青"),
        Choice("sex", gettext_lazy("Sex"), synonyms=["性别"], choices=lambda: offered(Sex, SEX_WORDS)),
        Date("born_on", gettext_lazy("Date of birth"), synonyms=["出生日期", "出生年月日"]),
        IdNumber(
            "id_number",
            gettext_lazy("ID number"),
            synonyms=["身份证号", "身份证号码", "公民身份号码"],
            required=True,
        ),
        Phone("phone", gettext_lazy("Phone"), synonyms=["手机号", "手机号码", "联系电话"]),
        Text("political_status", gettext_lazy("Political status"), synonyms=["政治面貌"], max_length=20),
        Reference(
            "unit",
            gettext_lazy("Unit code"),
            resolve="units",
            synonyms=["组织编码", "所在组织编码", "任职组织编码"],
            required=True,
            sample="QH0101",
        ),
        Text("title", gettext_lazy("Title of the post"), synonyms=["职务"], required=True, max_length=40),
        Choice(
            "role",
            gettext_lazy("Role"),
            choices=lambda: named(roles().values()),
            synonyms=["角色"],
            required=True,
        ),
        Choice(
            "engagement",
            gettext_lazy("Engagement"),
            choices=lambda: offered(Engagement, ENGAGEMENT_WORDS),
            synonyms=["任职方式"],
        ),
        Date("since", gettext_lazy("In post from"), synonyms=["任职日期", "任职时间"], required=True),
        Date("until", gettext_lazy("In post until"), synonyms=["离任日期", "离任时间"]),
        Text("login", gettext_lazy("Sign-in name"), synonyms=["登录名"], max_length=60),
    ]

    def prepare(self, rows: Sequence[Row], *, by: Any) -> Look:
        today = timezone.localdate()
        taken = User.objects.filter(username__in={row["login"] for row in rows if row["login"]})
        return Look(
            names=names_by_digest({digest(row["id_number"]) for row in rows}),
            accounts=dict(taken.values_list("username", "person__id_digest")),
            by=None if by is None else Reach(by, on=today),
            today=today,
        )

    def check(self, row: Row, look: Look) -> Iterable[Fault]:
        if row["until"] and row["until"] < row["since"]:
            yield Fault("until", _("The post ends before it begins; check both days."))
        yield from _person_faults(row, look)
        if look.by is not None and not look.by.may_appoint("file.import", row["role"], row["unit"]):
            yield Fault("role", _("This role is not yours to give there; ask the body above."))

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        people = People(amend=True)
        persons = people.bring([_said(row, OWN) for row in rows])
        posts = _Posts(persons)
        outcome = Outcome()
        for row, person in zip(rows, persons, strict=True):
            new, changed = posts.bring(person, row)
            outcome.created += new
            outcome.updated += not new and (changed or person.pk in people.changed)
        outcome.unchanged = len(rows) - outcome.created - outcome.updated
        posts.gathering.save()
        _link_accounts([(row["login"], person) for row, person in zip(rows, persons, strict=True)])
        return outcome


class _Posts:
    """Posts by person, unit, role and first day."""

    def __init__(self, persons: Iterable[Person]) -> None:
        held = Post.objects.filter(person__in={person.pk for person in persons})
        self.known = {(one.person_id, one.unit_id, one.role, one.since): one for one in held}
        self.gathering = Gathering(Post)

    def bring(self, person: Person, row: Row) -> tuple[bool, bool]:
        """Whether the post is new, and whether a known one changed."""
        key = (person.pk, row["unit"].pk, row["role"], row["since"])
        facts = _said(row, HELD)
        if (post := self.known.get(key)) is not None:
            return False, bool(self.gathering.change(post, facts))
        identity = dict(zip(("person_id", "unit_id", "role", "since"), key, strict=True))
        self.known[key] = self.gathering.add(Post(**identity, **facts))
        return True, False


def _person_faults(row: Row, look: Look) -> Iterator[Fault]:
    mark = digest(row["id_number"])
    if clash := name_clash(look.names.get(mark), row["name"]):
        yield Fault("name", clash)
    for name, because in identity_problems(row["id_number"], row["born_on"], row["sex"]):
        yield Fault(name, because)
    owner = look.accounts.get(row["login"], mark)
    if owner not in (mark, None):
        yield Fault("login", _("This user name belongs to somebody else; choose another."))


def _link_accounts(wanted: Sequence[tuple[str, Person]]) -> None:
    """Create the accounts that are missing, without a password, and hand them to their persons."""
    logins = {login: person for login, person in wanted if login}
    known = User.objects.in_bulk(list(logins), field_name="username")
    # One unusable password for all: hashing 500 of them would take a minute and protect nothing.
    unusable = make_password(None)
    fresh = [
        User(username=login, name=person.name, password=unusable)
        for login, person in logins.items()
        if login not in known
    ]
    known.update((user.username, user) for user in User.objects.bulk_create(fresh))
    gathering = Gathering(Person)
    for login, person in logins.items():
        if person.user_id not in (None, known[login].pk):
            raise Refused(_("%s signs in with another user name already.") % person.name)
        gathering.change(person, {"user_id": known[login].pk})
    gathering.save()


def _said(row: Row, names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}


officer_sheet = OfficerSheet()
