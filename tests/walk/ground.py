"""The ground walked on: one district, one reader for each role of the catalogue, things everywhere.

Every reader holds the post at the street (`own`); things stand at the street, at its branch
(`beneath`), at the other street (`neighbour`) and at the district (`above`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import ForeignKey, Model
from django.utils import timezone

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.accounts.models import User
from qingce.league.access.inviting import invite
from qingce.league.access.models import StandIn
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Membership, Post, Unit
from qingce.league.people.models import Person
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period
from qingce.ledger.records.models import Evidence, Issue, Record
from qingce.reports.actions import freeze, issue
from qingce.reports.document import Block, Document, Run, Source
from qingce.reports.issued.actions import put_right
from qingce.reports.issued.finding import FoundFigure
from qingce.reports.models import Erratum, Snapshot
from qingce.reports.outline import outlines
from qingce.work.activities.actions import record_activity
from tests.full_year import MAY, YEAR, FullYear, full_year

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

    def example(self, model: str, unit: Unit) -> Any:
        """A thing of this sort that belongs to `unit`; None when there is none."""
        if model == "Unit":
            return unit
        if model == "Record":
            return self.records[unit.pk]
        if model in ISSUED:
            return ISSUED[model](unit)
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
    outline = next(one for one in outlines().values() if "annual" in one.code)
    freeze(outline, year.district, Period.year(YEAR), by=year.users["secretary"])
    return ground


def _issued(unit: Unit) -> Snapshot:
    return Snapshot.objects.filter(unit=unit).earliest("pk")


def _found_figure(unit: Unit) -> FoundFigure:
    snapshot = _issued(unit)
    return FoundFigure(snapshot, snapshot.figures.get())


def _erratum(unit: Unit) -> Erratum:
    return Erratum.objects.get(snapshot=_issued(unit))


# What the finders of issued things find, by the name of the class.
ISSUED = {
    "Snapshot": _issued,
    "FoundFile": _issued,
    "FoundFigure": _found_figure,
    "Erratum": _erratum,
    "FoundErratumFile": _erratum,
}


def _issue(ground: Ground, unit: Unit, title: str) -> None:
    """A short paper with one figure that the ledger says otherwise, and the erratum to it."""
    by = ground.year.users["secretary"]
    code = next(one.code for one in indicators().values() if one.source and not one.sensitive)
    source = Source(1, code, code, "…", 1, "d", Decimal(7), "7", "7", 0)
    text = (Block("title", (Run(title),)), Block("text", (Run("7", figure=code),)))
    paper = Document(
        "paper", unit.code, unit.name, str(YEAR), f"{YEAR}年", blocks=text, sources=(source,), gaps=()
    )
    put_right(issue(paper, unit=unit, period=Period.year(YEAR), by=by), because=title, by=by)


def _readers(unit: Unit) -> Iterator[tuple[str, User]]:
    for role in roles().values():
        user = User.objects.create_user(f"at_street_{role.code}", "walk-7-doors", role.label)
        person = Person.objects.create(name=role.label, user=user)
        Post.objects.create(person=person, unit=unit, role=role.code, since=LONG_AGO)
        yield role.code, user


def _furnish(ground: Ground, unit: Unit, name: str) -> None:
    """People, a post with a stand-in, an invitation, a record with its paper, an issue."""
    by = ground.year.users["staff"]
    user = User.objects.create_user(f"holder_{unit.pk}", name=name)
    holder = Person.objects.create(name=name, user=user)
    post = Post.objects.create(person=holder, unit=unit, role="branch_secretary", since=LONG_AGO)
    other = Person.objects.create(name=f"{name}乙")
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
    kind = next(kind for kind in taxonomy().family("activities") if kind.short_form)
    record = record_activity(kind=kind.code, unit=unit, happened_on=MAY, today=MAY, by=by)
    record.title = SECRET_TITLE if name == SECRET_NAME else "学习"
    record.save()
    Evidence.objects.create(record=record.number, label="照片", file=ContentFile(b"x", "x.txt"))
    ground.records[unit.pk] = record
    _issue(ground, unit, record.title)
    series = next(one.code for one in taxonomy().series.values() if one.addressed)
    Issue.objects.create(
        series=series, year=YEAR, number=20 + unit.pk, title="某期", issued_by=unit, opens_on=MAY
    )
