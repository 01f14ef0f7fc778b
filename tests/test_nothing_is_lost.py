"""Promise 7, walked over every family: corrected or voided with a reason, never edited away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.league.organisations import actions as organisations
from qingce.league.organisations.models import Unit
from qingce.league.people.models import Person
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records import actions
from qingce.ledger.records.families import families
from qingce.ledger.records.models import Correction, Evidence, Record, State

DAY = dt.date(2023, 5, 4)
FAMILIES = [family.code for family in families()]

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("lin", name="林书记")


@pytest.fixture
def unit() -> Unit:
    unit = Unit(
        code="q1", name="青山镇团委", short_name="青山镇", kind="committee", domain="township",
        founded_on=dt.date(2000, 1, 1),
    )  # fmt: skip
    unit.save()
    organisations.place([(unit, None)])
    return unit


@pytest.fixture(params=FAMILIES)
def record(request, unit, officer) -> Record:
    """A draft of some kind of each family, with what that family cannot do without."""
    family = next(family for family in families() if family.code == request.param)
    kind = taxonomy().family(family.code)[0]
    facts = {"kind": kind.code, "stage": kind.done, "title": "一件事", "unit": unit, "happened_on": DAY}
    names = {field.name for field in family.model._meta.get_fields() if not getattr(field, "null", True)}
    if "subject_unit" in names:
        facts["subject_unit"] = unit
    if "person" in names:
        facts["person"] = Person.objects.create(name="周小满", born_on=dt.date(2006, 1, 2))
    draft = actions.enter(family.model(**facts), by=officer)
    for label in kind.evidence:
        Evidence.objects.create(record=draft.number, label=label)
    return draft


def fresh(record: Record) -> Record:
    return type(record)._default_manager.get(pk=record.pk)


def test_a_record_is_never_deleted(record):
    with pytest.raises(Refused):
        record.delete()
    with pytest.raises(Refused):
        type(record)._default_manager.all().delete()
    assert fresh(record).title == "一件事"


def test_records_are_never_changed_in_bulk(record):
    with pytest.raises(Refused):
        type(record)._default_manager.update(title="另一件事")
    assert fresh(record).title == "一件事"


def test_a_correction_keeps_what_was_there_and_why(record, officer):
    actions.confirm(record, by=officer)
    actions.correct(record, because="名称录错", by=officer, title="另一件事")
    kept = Correction.objects.get(record=record.number)
    assert (kept.before, kept.after, kept.because) == ("一件事", "另一件事", "名称录错")
    assert fresh(record).title == "另一件事"


def test_a_correction_without_a_reason_is_refused(record, officer):
    actions.confirm(record, by=officer)
    with pytest.raises(Refused):
        actions.correct(record, because="  ", by=officer, title="另一件事")
    assert fresh(record).title == "一件事"


def test_what_makes_a_record_itself_is_not_corrected(record, officer):
    actions.confirm(record, by=officer)
    for name in actions.FIXED:
        with pytest.raises(Refused):
            actions.correct(record, because="试试", by=officer, **{name: "x"})


def test_voiding_takes_a_record_out_of_the_count_and_keeps_it(record, officer):
    actions.confirm(record, by=officer)
    rows = type(record)._default_manager
    assert rows.counted().filter(pk=record.pk).exists()
    with pytest.raises(Refused):
        actions.void(record, because="", by=officer)
    actions.void(record, because="重复登记", by=officer)
    assert not rows.counted().filter(pk=record.pk).exists()
    assert fresh(record).state_reason == "重复登记"


def test_a_voided_record_stays_void(record, officer):
    actions.void(record, because="重复登记", by=officer)
    for verb in (actions.submit, actions.confirm):
        with pytest.raises(Refused):
            verb(record, by=officer)
    assert fresh(record).state == State.VOID


def test_every_verb_leaves_a_sentence(record, officer):
    actions.submit(record, by=officer)
    actions.send_back(record, because="请补充", by=officer)
    actions.confirm(record, by=officer)
    actions.correct(record, because="名称录错", by=officer, title="另一件事")
    actions.void(record, because="重复登记", by=officer)
    told = list(Entry.objects.filter(reference=record.number).order_by("pk").values_list("told", flat=True))
    assert told == [
        "record.entered", "record.submitted", "record.returned", "record.confirmed",
        "record.corrected", "record.voided",
    ]  # fmt: skip


def test_the_log_itself_cannot_be_altered(record):
    entry = Entry.objects.latest("pk")
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(Refused):
        Entry.objects.update(about="x")


def test_a_confirmed_save_is_written_through_to_the_disk():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone()[0] == "on"
