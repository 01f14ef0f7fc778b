"""A year in which everything happened once: a record of every kind, carrying every word it may carry.

For tests that walk all indicators, all slots of a document, all pages of figures: whatever the
catalogue counts is found here at least once, whichever filter an indicator has.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Membership, Post, Unit, UnitKind
from qingce.league.people.models import Person
from qingce.league.places.models import Site
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from qingce.ledger.records import actions
from qingce.ledger.records.families import family_of
from qingce.ledger.records.models import Record

YEAR = 2023
MAY = dt.date(YEAR, 5, 4)
LONG_AGO = dt.date(2015, 1, 1)


@dataclass
class FullYear:
    """The units, the officers, and the records by kind."""

    district: Unit
    street: Unit
    other_street: Unit
    branch: Unit
    school: Unit
    users: dict[str, User]
    numbers: dict[str, list[str]] = field(default_factory=dict)

    def record(self, kind: str) -> Record:
        """The first record of a kind, as it stands now."""
        return self.records(kind)[0]

    def records(self, kind: str) -> list[Record]:
        """Every record of a kind, in the order in which they were made."""
        model = family_of(kind).model
        return list(model.objects.filter(number__in=self.numbers[kind]).order_by("pk"))


def full_year() -> FullYear:
    district = _unit("demo", "青河区", UnitKind.DISTRICT_COMMITTEE, Domain.OFFICE)
    street = _unit("demo-1", "柳泉街道", UnitKind.WORK_COMMITTEE, Domain.STREET)
    other = _unit("demo-2", "河湾街道", UnitKind.WORK_COMMITTEE, Domain.STREET)
    branch = _unit("demo-1-1", "柳泉社区团支部", UnitKind.BRANCH, Domain.COMMUNITY)
    school = _unit("demo-3", "河湾中学", UnitKind.COMMITTEE, Domain.SENIOR_MIDDLE)
    place([(unit, district) for unit in (street, other, school)] + [(district, None), (branch, street)])
    users = {
        "secretary": _officer("林书记", district, "district_secretary"),
        "staff": _officer("小周", district, "district_staff"),
        "inspector": _officer("何检查", district, "inspector"),
        "counsellor": _officer("方老师", district, "line_counsellor"),
        "street officer": _officer("柳干事", street, "body_officer"),
        "neighbour": _officer("河干事", other, "body_officer"),
        "branch secretary": _officer("陈支书", branch, "branch_secretary"),
    }
    year = FullYear(district, street, other, branch, school, users)
    people = [Person.objects.create(name=name) for name in ("张小明", "王芳")]
    for person in people:
        Membership.objects.create(person=person, unit=branch, since=LONG_AGO, joined_on=LONG_AGO)
    graduate = Person.objects.create(name="毕业生")
    Membership.objects.create(
        person=graduate, unit=branch, since=LONG_AGO, until=dt.date(YEAR, 5, 20), graduates_on=MAY
    )
    site = Site.objects.create(
        code="S1", name="柳泉青年之家", unit=street, sort="youth_home", opened_on=LONG_AGO, cloud_code="Y1"
    )
    for kind in taxonomy().kinds.values():
        year.numbers[kind.code] = [
            _recorded(kind, series, tier, year, people, site).number
            for series in _series_of(kind)
            for tier in _tiers_of(kind)
        ]
    return year


def _unit(code: str, name: str, kind: UnitKind, domain: Domain) -> Unit:
    return Unit.objects.create(
        code=code,
        name=f"共青团{name}",
        short_name=name,
        kind=kind,
        domain=domain,
        founded_on=LONG_AGO if kind != UnitKind.BRANCH else dt.date(YEAR, 1, 10),
    )


def _officer(name: str, unit: Unit, role: str) -> User:
    user = User.objects.create_user(username=name, password="leave-it-to-the-test", name=name)
    person = Person.objects.create(name=name, user=user)
    Post.objects.create(person=person, unit=unit, role=role, since=LONG_AGO)
    return user


def _series_of(kind: Kind) -> list[str]:
    return [one.code for one in taxonomy().series.values() if one.kind == kind.code] or [""]


def _tiers_of(kind: Kind) -> list[str]:
    return ["city", "provincial"] if "tier" in kind.parts else [""]


def _recorded(kind: Kind, series: str, tier: str, year: FullYear, people: list[Person], site: Site) -> Record:
    """One confirmed record of `kind` in May, with every part that may be counted."""
    model = family_of(kind.code).model
    columns = {one.name for one in model._meta.get_fields()}
    offered: dict[str, Any] = {
        "person": people[0],
        "subject_unit": year.branch,
        "site": site,
        "tier": tier,
        "attendance": 31,
        "expected": 40,
        "issue_number": 1,
        "outlet": "league_headlines",
        "author": "区人社局",
        "helper": year.users["secretary"].person,  # type: ignore[attr-defined]
        "issue": _issue(series, year) if series else None,
    }
    record = model(
        kind=kind.code,
        stage=kind.done,
        series=series,
        title=f"{kind.label}{series and '·'}{taxonomy().series[series].label if series else ''}",
        unit=year.school if kind.code == "inspection_visit" else year.branch,
        happened_on=MAY,
        **{name: value for name, value in offered.items() if name in columns},
    )
    by = year.users["secretary"]
    actions.enter(record, by=by)
    _parts(record, kind, people, site)
    for label in kind.evidence:
        apps.get_model("records", "Evidence").objects.create(record=record.number, label=label)
    return actions.confirm(record, by=by)


def _issue(series: str, year: FullYear) -> Any:
    issue, _made = apps.get_model("records", "Issue").objects.get_or_create(
        series=series,
        year=YEAR,
        number=1,
        defaults={"title": "第一期", "issued_by": year.district, "opens_on": MAY},
    )
    return issue


def _parts(record: Record, kind: Kind, people: list[Person], site: Site) -> None:
    family = record._meta.app_label
    if family == "activities":
        _part(family, "Hosting", activity=record, site=site, cloud_number="C1")
        _part(family, "Talk", activity=record, lecturer="刘讲师")
        _part(family, "Broadcast", activity=record, platform="平台", viewers=10, sales=100)
        _part(family, "Session", activity=record, held_on=MAY, hours=2, attendance=20)
        groups = taxonomy().facets["group"].words
        for person, group in zip(people, groups, strict=False):
            _part(family, "Participation", activity=record, person=person, group=group, hours=2)
    if family == "programmes":
        _part(family, "Placement", application=record, host="区政府", season="summer", began_on=MAY)
        _part(family, "Payment", application=record, amount=3000, paid_on=MAY, result="paid")
        _part(family, "Verdict", application=record, grade="优秀", rank=2, listed="红榜")
    if family == "publishing":
        job = {"employer": "石化一厂", "post": "操作工", "fingerprint": "石化一厂操作工"}
        _part(family, "Position", publication=record, openings=12, **job)
    _tagged(record, family)
    _stepped(record, kind, family)


def _tagged(record: Record, family: str) -> None:
    owner = {"activities": "activity", "cases": "case", "publishing": "publication"}.get(family)
    if owner:
        tag = apps.get_model(family, "Tag")
        with telling():
            tag.objects.bulk_create(
                tag(**{owner: record}, facet=facet.code, word=word)
                for facet in taxonomy().facets.values()
                for word in facet.words
            )
            tell(Told.RECORD_AMENDED, by=record.recorded_by, about=str(record), reference=record.number)


def _stepped(record: Record, kind: Kind, family: str) -> None:
    owner = {"programmes": "application", "cases": "case", "membership": "member_case"}.get(family)
    if owner:
        before = [stage for stage in kind.stages if stage != kind.done]
        for stage in [*before, kind.done]:
            _part(family, "Step", **{owner: record}, stage=stage, on=MAY)


def _part(family: str, model: str, **facts: Any) -> None:
    apps.get_model(family, model).objects.create(**facts)
