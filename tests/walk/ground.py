"""The ground walked on: one district, one reader for each role of the catalogue, things everywhere.

Every reader holds the post at the street (`own`); things stand at the street, at its branch
(`beneath`), at the other street (`neighbour`) and at the district (`above`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import ForeignKey, Model
from django.utils import timezone

from qingce.figures.indicators.actions import state
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.foundation.accounts.models import User
from qingce.league.access.inviting import invite
from qingce.league.access.models import StandIn
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Membership, Post, Unit
from qingce.league.people.actions import ask, give_consent
from qingce.league.people.models import Person
from qingce.league.people.purposes import purposes
from qingce.league.register.models import Difference, Merge, Reconciliation
from qingce.league.rules.models import RuleOverride
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.notices.models import Notice, NoticeEntry
from qingce.ledger.periods import Period
from qingce.ledger.records.actions import enter
from qingce.ledger.records.models import Evidence, Issue, Record
from qingce.reports.actions import issue
from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.issued.actions import put_right
from qingce.reports.issued.certifying import FoundQuestion
from qingce.reports.issued.finding import FoundFigure
from qingce.reports.outline import outlines
from qingce.reports.writing.actions import begin
from qingce.reports.writing.remarks import comment
from qingce.work.activities.actions import record_activity
from qingce.work.membership.models import Admission, Allotment, MemberCase, Recommendation
from qingce.work.organising.models import Congress, Delegate, SeatAllotment, UnitEvent
from tests.full_year import MAY, YEAR, FullYear, full_year
from tests.walk import moves

POSITIONS = ("own", "beneath", "neighbour", "above")
NEAR = ("own", "beneath")
SECRET_NAME = "隔邻甲乙"  # persons and records of the neighbour; no page of the street's readers holds these
SECRET_TITLE = "隔邻秘事"
LONG_AGO = dt.date(2015, 1, 1)


@dataclass
class Ground:
    year: FullYear
    units: dict[str, Unit]
    readers: dict[str, User]
    records: dict[int, Record] = field(default_factory=dict)  # by unit
    # What finders give as another sort than its table: by that sort and by unit.
    things: dict[tuple[str, int], Any] = field(default_factory=dict)

    def example(self, model: str, unit: Unit) -> Any:
        """A thing of this sort that belongs to `unit`; None when there is none."""
        if model == "Unit":
            return unit
        if (model, unit.pk) in self.things:
            return self.things[model, unit.pk]
        if model == "Record":
            return self.records[unit.pk]
        if model in moves.SORTS:
            return moves.example(model, unit)
        found = next((one for one in apps.get_models() if one.__name__ == model), None)
        path = unit_path(found) if found else None
        return found._default_manager.filter(**{path: unit}).first() if found and path else None


def unit_path(model: type[Model], depth: int = 2) -> str | None:
    """How a query gets from `model` to the unit it belongs to, over at most two foreign keys."""
    keys = [one for one in model._meta.get_fields() if isinstance(one, ForeignKey)]
    for key in sorted(keys, key=lambda one: one.name != "unit"):
        if key.related_model is Unit:
            return key.name
    if depth > 1:
        for key in keys:
            if isinstance(key.related_model, type) and key.related_model is not model:
                further = unit_path(key.related_model, depth - 1)
                if further:
                    return f"{key.name}__{further}"
    return None


def prepared() -> Ground:
    """Everything, in the database of the test."""
    year = full_year()
    units = {
        "own": year.street,
        "beneath": year.branch,
        "neighbour": year.other_street,
        "above": year.district,
    }
    ground = Ground(year, units, dict(_readers(year.street)))
    for position, unit in units.items():
        _furnish(ground, unit, SECRET_NAME if position == "neighbour" else f"某{position}")
    moves.furnish(units, by=year.users["secretary"])
    return ground


def _furnish_register(unit: Unit, one: Person, other: Person, by: User) -> None:
    """An export compared, a difference found in it, a merge taken back."""
    compared = Reconciliation.objects.create(unit=unit, file_name="某名册.xlsx", as_of=MAY, by=by)
    Difference.objects.create(reconciliation=compared, sort="gone", branch=unit, name=one.name, person=one)
    Merge.objects.create(unit=unit, kept=one, dropped=other, undone_at=timezone.now(), by=by)


def _readers(unit: Unit) -> Iterator[tuple[str, User]]:
    for role in roles().values():
        user = User.objects.create_user(f"at_street_{role.code}", "walk-7-doors", role.label)
        person = Person.objects.create(name=role.label, user=user)
        Post.objects.create(person=person, unit=unit, role=role.code, since=LONG_AGO)
        yield role.code, user


def _furnish(ground: Ground, unit: Unit, name: str) -> None:
    """People, a post with a stand-in, an invitation, an order, a record with its paper, an issue."""
    by = ground.year.users["staff"]
    user = User.objects.create_user(f"holder_{unit.pk}", name=name)
    holder = Person.objects.create(name=name, user=user)
    post = Post.objects.create(person=holder, unit=unit, role="branch_secretary", since=LONG_AGO)
    other = Person.objects.create(name=f"{name}乙", phone=f"199000000{unit.pk:02d}")
    Membership.objects.create(person=other, unit=unit, since=LONG_AGO)
    today = timezone.localdate()
    month = dt.timedelta(days=30)
    StandIn.objects.create(post=post, person=other, since=today, until=today + month, because="培训")
    invite(
        unit=unit,
        name=f"{name}丙",
        role="branch_secretary",
        since=today,
        by=None,
        now=timezone.now(),
        today=today,
    )
    _furnish_register(unit, holder, other, by)
    RuleOverride.objects.create(
        rule="admission_mentor_talks_least",
        unit=unit,
        value="3",
        since=today,
        reason="试行",
        basis="试文",
        by=by,
    )
    kind = next(kind for kind in taxonomy().family("activities") if kind.short_form)
    record = record_activity(kind=kind.code, unit=unit, happened_on=MAY, today=MAY, by=by)
    record.title = SECRET_TITLE if name == SECRET_NAME else "学习"
    record.save()
    Evidence.objects.create(record=record.number, label="照片", file=ContentFile(b"x", "x.txt"))
    ground.records[unit.pk] = record
    _call_congress(unit, other, by)
    _admit(unit, other, by)
    _about_persons(ground, unit, other)
    _stated_and_issued(ground, unit, record.title)
    _in_writing(ground, unit, record.title)
    series = next(one.code for one in taxonomy().series.values() if one.addressed)
    ground.things["Issue", unit.pk] = Issue.objects.create(
        series=series, year=YEAR, number=20 + unit.pk, title="某期", issued_by=unit, opens_on=MAY
    )


def _admit(unit: Unit, person: Person, by: User) -> None:
    """An admission and a recommendation under way, a notice that hangs, a share of the quota."""
    for part, model in (("admission", Admission), ("pioneer_squad", Recommendation)):
        kind = taxonomy().with_part(part)[0]
        case = MemberCase(
            kind=kind.code,
            stage=kind.stages[0],
            title=f"{person.name} {kind.label}",
            unit=unit,
            happened_on=MAY,
            person=person,
        )
        enter(case, by=by)
        model.objects.create(member_case=case)
    notice = Notice.objects.create(
        unit=unit, purpose="target", title="某公示", opens_on=MAY, closes_on=MAY, put_up_by=by
    )
    NoticeEntry.objects.create(notice=notice, record=case.number, name=person.name)
    first = f"{YEAR}62{unit.pk:04d}"
    Allotment.objects.create(
        unit=unit,
        year=YEAR,
        sector="society",
        count=9,
        block_from=f"{first}01",
        block_to=f"{first}09",
        decided_on=MAY,
    )


def _about_persons(ground: Ground, unit: Unit, person: Person) -> None:
    """A consent and a request of somebody known at the unit alone."""
    purpose = next(code for code, one in purposes().items() if one.consent)
    given = give_consent(person, purpose=purpose, given_on=MAY, by=None)
    asked = ask(person, sort="copy", words="要一份", by=None, today=MAY)
    sealed = SimpleNamespace(table="people.person", pk=person.pk, field="phone")
    found = {"Known": person, "KnownConsent": given, "KnownRequest": asked, "Fact": sealed}
    for sort, thing in found.items():
        ground.things[sort, unit.pk] = thing


def _stated_and_issued(ground: Ground, unit: Unit, title: str) -> None:
    """A figure stated by hand, and a short paper issued with a figure that an erratum puts right."""
    year, by = Period.year(YEAR), ground.year.users["secretary"]
    stated = next(one for one in indicators().values() if one.stated)
    state(stated, unit, year, value=Decimal(2), because="上级通报", paper="通报〔2023〕1号", by=by)
    code = next(one.code for one in indicators().values() if one.source and not one.sensitive)
    source = Source(1, code, code, "…", 1, "d", Decimal(777), "777", "777", 0)
    blocks = (Block("title", (Run(title),)), Block("text", (Run("777", figure=code),)))
    paper = Document(
        "paper", unit.code, unit.name, year.code, year.label, blocks=blocks, sources=(source,), gaps=()
    )
    issued = issue(paper, unit=unit, period=year, by=by)
    erratum = put_right(issued, because=title, by=by)
    found = {
        "Snapshot": issued,
        "FoundFile": issued,
        "FoundFigure": FoundFigure(issued, issued.figures.get()),
        "Erratum": erratum,
        "FoundErratumFile": erratum,
        "FoundQuestion": FoundQuestion(Figure(indicators()[code], unit, year)),
    }
    for sort, thing in found.items():
        ground.things[sort, unit.pk] = thing


def _in_writing(ground: Ground, unit: Unit, said: str) -> None:
    """A document that somebody else is writing, with a comment in it."""
    by = ground.year.users["secretary"]
    outline = next(iter(outlines().values()))
    draft = begin(outline, unit, Period.year(YEAR), by=by, now=timezone.now(), with_sentences=False)
    paragraph = draft.standing()[-1]
    paragraph.runs = [{"text": said}]
    paragraph.save()
    ground.things["Draft", unit.pk] = ground.things["DraftFile", unit.pk] = draft
    ground.things["Paragraph", unit.pk] = paragraph
    ground.things["Comment", unit.pk] = comment(paragraph, said, by=by, now=timezone.now())


def _call_congress(unit: Unit, delegate: Person, by: User) -> None:
    """A congress with one delegation and one delegate, on a paper of the unit."""
    kind = next(iter(taxonomy().with_part("congress")))
    event = UnitEvent(
        kind=kind.code,
        stage=kind.stages[0],
        title=SECRET_TITLE if delegate.name.startswith(SECRET_NAME) else "代表大会",
        unit=unit,
        subject_unit=unit,
        happened_on=MAY,
    )
    enter(event, by=by)
    Congress.objects.create(event=event, session=1, delegates_planned=120)
    SeatAllotment.objects.create(event=event, unit=unit, seats=2)
    Delegate.objects.create(event=event, unit=unit, person=delegate, since=MAY)
