"""What was told stays as it was told, and what was done to it is found."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import RequestFactory

from qingce.foundation.audit import chain, triggers
from qingce.foundation.audit.details import plain
from qingce.foundation.audit.guarded import is_guarded
from qingce.foundation.audit.models import Entry, Head
from qingce.foundation.audit.origin import address_of, coming_from
from qingce.foundation.audit.telling import Told, Untold, tell, telling
from qingce.foundation.exchange.models import ColumnMapping
from qingce.foundation.privacy.fields import Mask, Sealed
from qingce.foundation.refusals import Refused

pytestmark = pytest.mark.django_db

# Not registers: each with the reason why its bulk changes need no sentence.
UNLOGGED = {
    "accounts.User": "accounts change by the verbs of signing in, which the library writes itself",
    "audit.Entry": "is the log",
    "audit.Head": "is the end of the log",
    "audit.Checkpoint": "is part of the log",
    "accounts.Visitor": "comes into being by a confirmed code, which is told",
    "accounts.OneTimeCode": "lives five minutes",
    "exchange.Upload": "a file being looked at, forgotten within a day",
    "privacy.Keeping": "where the re-sealing stands",
    "records.Numbering": "counts numbers given out",
    "organisations.CodeSequence": "counts codes given out",
    "records.Revision": "counts changes, for caches",
}


@pytest.fixture
def told() -> list[Entry]:
    with coming_from("10.0.0.7"):
        return [
            tell(Told.FILE_IMPORTED, by=None, about=f"名册{n}.xlsx", details={"rows": n}) for n in range(5)
        ]


def sql(statement: str) -> None:
    """As somebody with the database in hand would do it, who first takes the triggers away."""
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_log_that_nobody_touched_is_whole(told: list[Entry]) -> None:
    assert list(chain.faults()) == []
    assert {entry.origin for entry in Entry.objects.all()} == {"10.0.0.7"}


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("UPDATE audit_entry SET about = 'x' WHERE number = 3", "3"),
        ("UPDATE audit_entry SET details = '{\"rows\": 9}' WHERE number = 2", "2"),
        ("DELETE FROM audit_entry WHERE number = 3", "3"),
        ("DELETE FROM audit_entry WHERE number = 5", "4"),
        ("DELETE FROM audit_entry WHERE number = 1", "1"),
        ("UPDATE audit_entry SET number = 7 WHERE number = 5", "5"),
    ],
)
def test_what_is_done_to_the_log_is_found_and_the_entry_named(
    told: list[Entry], statement: str, names: str
) -> None:
    sql(statement)
    found = list(chain.faults())
    assert found
    assert names in found[0]


@pytest.mark.parametrize("scheme", ["sha256", "sm3"])
def test_each_entry_keeps_the_scheme_it_was_written_with(told: list[Entry], settings, scheme: str) -> None:
    settings.DIGEST = scheme
    assert tell(Told.FILE_IMPORTED, by=None, about="x").digest.startswith(f"{scheme}:")
    assert list(chain.faults()) == []


def test_no_way_through_the_orm_changes_the_log(told: list[Entry]) -> None:
    entry = told[0]
    for attempt in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(about="x"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.all()._raw_delete("default"),
        lambda: Entry.objects.bulk_update([entry], ["about"]),
        lambda: Entry.objects.bulk_create([Entry()]),
        lambda: Entry.objects.create(about="x"),
        lambda: Entry._base_manager.update(about="x"),
        lambda: entry.save_base(),
    ):
        with pytest.raises((Refused, DatabaseError)), transaction.atomic():
            attempt()
    assert list(chain.faults()) == []


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: QuerySet(Entry).update(about="x"),
        lambda: QuerySet(Entry).filter(number=1)._raw_delete("default"),
        lambda: QuerySet(Entry).delete(),
    ],
)
def test_the_database_itself_refuses_what_goes_around_our_own_refusals(told: list[Entry], attempt) -> None:
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        attempt()
    assert list(chain.faults()) == []


def test_a_missing_trigger_is_noticed(told: list[Entry]) -> None:
    assert triggers.missing(connection) == set()
    triggers.take_down(connection)
    assert triggers.missing(connection) == set(triggers.GUARDED)


def test_sealed_values_are_told_by_their_type_alone() -> None:
    number = Sealed(Mask(first=6, last=4), "people.person.id_number", plain="11010119900307123X")
    assert plain({"id": number, "both": [number, 1]}) == {"id": "<Sealed>", "both": ["<Sealed>", 1]}


def test_registers_change_in_bulk_only_where_it_is_told() -> None:
    ColumnMapping.objects.create(sheet="x", name="x", heads={}, signature="x")
    for attempt in (
        lambda: ColumnMapping.objects.update(name="y"),
        lambda: ColumnMapping.objects.all().delete(),
        lambda: ColumnMapping.objects.all()._raw_delete("default"),
        lambda: ColumnMapping.objects.bulk_create([]),
        lambda: ColumnMapping.objects.bulk_update([], ["name"]),
        lambda: ColumnMapping.objects.get().delete(),
    ):
        with pytest.raises(Refused), transaction.atomic():
            attempt()
    with pytest.raises(Untold), telling():
        ColumnMapping.objects.update(name="y")
    assert ColumnMapping.objects.get().name == "x"
    with telling():
        ColumnMapping.objects.update(name="y")
        tell(Told.COLUMNS_NAMED, by=None, about="y")
    assert ColumnMapping.objects.get().name == "y"


def test_what_an_inner_verb_takes_back_is_not_told() -> None:
    before = Head.objects.get_or_create(pk=1)[0].number
    with telling():
        tell(Told.FILE_IMPORTED, by=None, about="stays")
        with pytest.raises(Refused):
            _refused_after_telling()
    assert list(Entry.objects.filter(number__gt=before).values_list("about", flat=True)) == ["stays"]


@telling()
def _refused_after_telling() -> None:
    tell(Told.FILE_IMPORTED, by=None, about="goes")
    raise Refused("no")


def test_every_model_is_guarded_or_on_the_short_list() -> None:
    ours = [model for model in apps.get_models() if type(model()).__module__.startswith("qingce.")]
    open_ones = {model._meta.label for model in ours if not is_guarded(model) and not _toy(model)}
    assert open_ones == set(UNLOGGED)


def _toy(model) -> bool:
    return ".tests." in model.__module__


# What somebody does with nothing but the own account, and what is done by somebody unknown.
OF_ONESELF = {Told.SIGNED_IN, Told.PASSWORD_CHANGED, Told.PHONE_CHANGED, Told.DATA_COPIED}
OF_NOBODY = {Told.SIGN_IN_REFUSED, Told.VISITOR_SIGNED_IN}


@pytest.mark.parametrize("told", Told)
def test_every_sentence_names_who_and_what(told: Told) -> None:
    assert ("{by}" in told.label) == (told not in OF_NOBODY)
    assert ("{about}" in told.label) == (told not in OF_ONESELF)


def test_the_address_is_the_one_our_own_proxy_saw(settings) -> None:
    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": "6.6.6.6, 10.1.1.1"}, REMOTE_ADDR="10.0.0.2"
    )
    assert address_of(request) == "10.0.0.2"
    settings.PROXIES = 1
    assert address_of(request) == "10.1.1.1"
