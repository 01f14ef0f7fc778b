"""A year in which everything happened several times: in several units, in several months, in every state.

Built on the full year, in which every kind of work stands once with all that may be counted. Each of
its records is copied into other units and months; some copies lack what need not be known, and
beside the confirmed ones stand a draft, a submitted and a void one.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import models

from qingce.figures.indicators.batch import evaluate
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.foundation.accounts.models import User
from qingce.league.organisations.actions import place
from qingce.league.organisations.models import Domain, Unit, UnitKind
from qingce.ledger.periods import Period
from qingce.ledger.records import actions
from qingce.ledger.records.models import Evidence, Record
from tests.full_year import LONG_AGO, YEAR, FullYear, full_year

PERIOD = Period.year(YEAR)
FORGOTTEN = {"person", "helper", "site", "subject_unit", "issue", "attendance", "author", "issue_number"}


def busy_year() -> FullYear:
    year = full_year()
    by = year.users["secretary"]
    firm = _branch_of_a_firm(year)
    copied(year.record("league_admission"), by=by, unit=firm, day=dt.date(YEAR, 6, 1))
    for kind in year.numbers:
        for record in year.records(kind):
            copied(record, by=by, unit=year.street, day=dt.date(YEAR, 3, 31))
            copied(record, by=by, unit=year.district, day=dt.date(YEAR, 5, 1))
            copied(record, by=by, unit=year.school, day=dt.date(YEAR, 12, 31), forget=True)
            copied(record, by=by, unit=year.other_street, day=dt.date(YEAR - 1, 12, 31))
            copied(record, by=by, unit=year.branch, day=dt.date(YEAR + 1, 1, 1))
            _later_stages(record, by=by)
            _reprint_and_contact(record, by=by)
    for record in one_of_each_kind(year):
        uncounted(record, by=by)
    return year


def _branch_of_a_firm(year: FullYear) -> Unit:
    branch = Unit.objects.create(
        code="demo-2-1",
        name="共青团青河物流支部",
        short_name="青河物流支部",
        kind=UnitKind.BRANCH,
        domain=Domain.TWO_NEW,
        founded_on=LONG_AGO,
    )
    place([(branch, year.other_street)])
    return branch


def one_of_each_kind(year: FullYear) -> list[Record]:
    return [year.record(kind) for kind in year.numbers]


def uncounted(record: Record, *, by: User) -> None:
    """A draft, a submitted and a void copy of `record`, each in the same unit on the same day."""
    where = {"unit": record.unit, "day": record.happened_on, "by": by}
    copied(record, **where, confirmed=False)
    actions.submit(copied(record, **where, confirmed=False), by=by)
    actions.void(copied(record, **where), because="重复登记", by=by)


def copied(
    record: Record,
    *,
    by: User,
    unit: Unit,
    day: dt.date,
    forget: bool = False,
    confirmed: bool = True,
    **facts: Any,
) -> Record:
    """`record` with its parts once more in `unit` on `day`; `forget` leaves out what may be unknown."""
    fresh = copy.copy(record)
    fresh.pk, fresh.number, fresh.unit = None, "", unit
    fresh.happened_on, fresh.state, fresh._state = day, "draft", models.base.ModelState()
    for name, fact in facts.items():
        setattr(fresh, name, fact)
    if forget:
        _forget(fresh)
    actions.enter(fresh, by=by)
    for parts in _parts_of(record):
        for part in parts:
            _copied_part(part, record, fresh, later=day - record.happened_on).save(force_insert=True)
    for label in record.kind_of_work.evidence:
        Evidence.objects.create(record=fresh.number, label=label)
    return actions.confirm(fresh, by=by) if confirmed else fresh


def values(year: FullYear, period: Period = PERIOD, unit: Unit | None = None) -> dict[str, object]:
    """The value of every indicator by code."""
    figures = [Figure(indicator, unit or year.district, period) for indicator in indicators().values()]
    evaluate(figures)
    return {figure.indicator.code: figure.value for figure in figures}


def _later_stages(record: Record, *, by: User) -> None:
    stages = record.kind_of_work.stages
    for stage in stages[stages.index(record.stage) + 1 :]:
        copied(record, by=by, unit=record.unit, day=dt.date(YEAR, 7, 1), stage=stage)


def _reprint_and_contact(record: Record, *, by: User) -> None:
    if hasattr(record, "original"):
        copied(record, by=by, unit=record.unit, day=dt.date(YEAR, 8, 1), original=False)
    if hasattr(record, "contacts"):
        record.contacts.create(on=record.happened_on, form="上门")


def _forget(record: Record) -> None:
    for field in record._meta.concrete_fields:
        if field.name in FORGOTTEN and (field.null or field.blank):
            setattr(record, field.name, None if field.null else "")


def _parts_of(record: Record) -> Iterator[models.QuerySet[Any]]:
    for relation in record._meta.related_objects:
        if relation.related_model is not type(record):
            yield relation.related_model._default_manager.filter(**{relation.field.name: record})


def _copied_part(part: models.Model, owner: Record, fresh: Record, *, later: dt.timedelta) -> models.Model:
    """The part once more for `fresh`, each of its days moved as far as the record was."""
    facts = {}
    for field in part._meta.concrete_fields:
        known = getattr(part, field.attname)
        if field.related_model is type(owner):
            facts[field.name] = fresh
        elif not field.primary_key:
            facts[field.attname] = known + later if isinstance(known, dt.date) else known
    return type(part)(**facts)
