"""Every door for every reader: what is met is held against the catalogue of roles and the tree.

What should happen is worked out here from `catalogue/roles` and from where things stand, not from
the code that decides it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from qingce.league.access.actions import make_token
from qingce.league.access.doors import OPEN_TO_PUBLIC, SIGNED_IN
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Unit
from tests.test_doors import OPERATIONS, ROUTES
from tests.walk import table
from tests.walk.doors import page_doors
from tests.walk.forms import Forms
from tests.walk.ground import NEAR, SECRET_NAME, Ground, prepared
from tests.walk.quiet import quiet
from tests.walk.walking import BROKEN, CLOSED, HIDDEN, LED, OPEN, REFUSED, SIGNED_OUT, Met, Walker, walk
from tests.walk.writing import Writing

# Doors that ask for a second right once the first has let the reader in.
NEEDS_ALSO = {
    "members-file": "record.export",
    "figure-export": "record.export",
    "report-issue": "report.issue",
    "document-issue": "report.issue",
    "sealed-fact": "sealed.reveal",
}
# A kind of work belongs to everybody; a token to the one who made it. A pair of persons is named by two
# keys, which no one thing of a unit has: the tests of the register knock at it.
BELONG_TO_NO_UNIT = {"activity-new", "token-revocation", "duplicate-apart", "duplicate-merge"}
# An issue is put to the units beneath; they see it although it belongs above them.
SEEN_FROM_BENEATH = {"issue", "issue-answer", "review", "review-approval"}
# A transfer is addressed to another unit, which then takes it in or returns it: nothing there changes.
ADDRESSED = {("membercase", "to_unit")}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ground(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """The district, in the database for the time of this walk, then taken back."""
    with django_db_blocker.unblock(), quiet(tmp_path_factory.mktemp("walk")):
        block = transaction.atomic()
        block.__enter__()
        try:
            yield prepared()
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture(scope="module")
def walked(ground: Ground, django_db_blocker: DjangoDbBlocker) -> list[Met]:
    with django_db_blocker.unblock():
        return list(walk(ground))


def _said(wrong: list[Met]) -> list[str]:
    return [f"{one.reader}: {one.method} {one.door.name} {one.door.position} {one.status}" for one in wrong]


def _may(met: Met) -> bool:
    """Whether the catalogue gives the reader's role what the door asks for."""
    asked = {met.door.permission, NEEDS_ALSO.get(met.door.name, "")} - {"", SIGNED_IN}
    return asked <= roles()[met.reader].permissions


def _signed_in(walked: list[Met]) -> list[Met]:
    return [met for met in walked if met.reader != SIGNED_OUT]


def test_every_route_and_every_operation_is_walked(walked: list[Met]) -> None:
    doors = {met.door.name for met in walked}
    assert doors == {route.name for route in ROUTES} | {name for name, _operation in OPERATIONS}


def test_nothing_breaks_whoever_knocks(walked: list[Met]) -> None:
    assert _said([met for met in walked if met.mark == BROKEN]) == []


def test_who_is_signed_out_is_led_to_signing_in_except_at_public_doors(walked: list[Met]) -> None:
    wrong = [
        met
        for met in walked
        if met.reader == SIGNED_OUT
        and (met.mark == LED) == (met.door.name in OPEN_TO_PUBLIC)
        and met.place != reverse("account_login")  # a public door that has nothing to show
    ]
    assert _said(wrong) == []


def test_without_the_permission_nothing_opens(walked: list[Met]) -> None:
    # The API reads what is sent before it asks for the right: 422 tells nothing and changes nothing.
    shut = {CLOSED, HIDDEN, REFUSED}
    assert _said([met for met in _signed_in(walked) if not _may(met) and met.mark not in shut]) == []


def test_what_lies_outside_reach_is_hidden_whatever_the_role(walked: list[Met]) -> None:
    outside = [
        met
        for met in _signed_in(walked)
        if met.door.found and met.door.position not in NEAR and met.door.name not in SEEN_FROM_BENEATH
    ]
    assert len(outside) > 500
    assert _said([met for met in outside if met.mark not in {HIDDEN, REFUSED} and not _api_closed(met)]) == []


def _api_closed(met: Met) -> bool:
    """The API asks for the right before it looks for the thing."""
    return met.door.name.startswith(("GET ", "POST ")) and met.mark == CLOSED and not _may(met)


def test_with_the_permission_the_own_unit_and_what_is_beneath_open(walked: list[Met]) -> None:
    near = [met for met in _signed_in(walked) if met.door.found and met.door.position in NEAR and _may(met)]
    assert len(near) > 300
    assert _said([met for met in near if met.mark not in {OPEN, REFUSED}]) == []


def test_every_door_that_leads_to_a_thing_is_opened_by_somebody(walked: list[Met]) -> None:
    """Otherwise the walk would knock where nobody lives, and prove nothing."""
    led = {met.door.name for met in walked if met.door.found}
    # What is sent to the API to be recorded is refused once the lock is open: it is empty.
    opened = {
        met.door.name
        for met in walked
        if met.door.found
        and (met.mark == OPEN or (met.door.name.startswith("POST ") and met.mark == REFUSED))
    }
    finding = {route.name for route in ROUTES if getattr(route.callback, "finder", None)}
    assert sorted(led - opened) == []
    assert sorted(finding - led - BELONG_TO_NO_UNIT) == []


def test_inside_reach_without_the_permission_is_a_closed_door(walked: list[Met]) -> None:
    shut = [
        met for met in _signed_in(walked) if met.door.found and met.door.position in NEAR and not _may(met)
    ]
    assert len(shut) > 300
    assert _said([met for met in shut if met.mark not in {CLOSED, REFUSED}]) == []


def test_no_answer_tells_what_only_the_neighbour_may_know(walked: list[Met]) -> None:
    assert _said([met for met in walked if met.tells]) == []


def test_the_secret_is_told_to_those_who_may_know_it(ground: Ground) -> None:
    """The test above can fail: a reader at the district does meet the neighbour's names."""
    walker = Walker("staff", ground.year.users["staff"])
    assert SECRET_NAME in walker.read(reverse("members", args=[ground.units["neighbour"].code]))


def test_a_strangers_thing_in_any_field_of_any_form_changes_nothing_of_the_strangers(ground: Ground) -> None:
    role = "district_secretary"  # of all roles the one with most forms, here with a street's reach
    walker = Walker(role, ground.readers[role])
    neighbour = ground.units["neighbour"]
    record = ground.records[neighbour.pk]
    post = ground.example("Post", neighbour)
    foreign = [neighbour.code, neighbour.short_name, str(neighbour.pk), record.number, str(post.pk)]
    before = _facts_of(neighbour)
    sent, wrote, changed = 0, 0, []
    for door in page_doors(ground):
        if door.position not in {"", "own"} or door.name in OPEN_TO_PUBLIC:
            continue
        for form in Forms(walker.read(door.address), door.address).found:
            for fields in form.turned(foreign):
                with transaction.atomic(), connection.execute_wrapper(writing := Writing()):
                    answer = walker.send(form.action, fields)
                    if answer.status >= 500 or (writing.seen and _facts_of(neighbour) != before):
                        changed.append(f"{form.action} {fields} {answer.status}")
                    transaction.set_rollback(True)
                sent, wrote = sent + 1, wrote + writing.seen
    assert changed == []
    assert sent > 100
    assert wrote > 50


def _facts_of(unit: Unit) -> str:
    """A digest of every row that belongs to `unit`, in whatever table."""
    digest = hashlib.sha256()
    for model in apps.get_models():
        for key in model._meta.fields:
            if (model._meta.model_name, key.name) in ADDRESSED:
                continue
            if isinstance(key, ForeignKey) and key.related_model is Unit:
                rows = model._base_manager.filter(**{key.name: unit}).order_by("pk").values_list()
                digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


def test_what_is_a_persons_own_opens_to_the_owner_alone(ground: Ground) -> None:
    """A token and a file under examination belong to no unit: another officer beside finds nothing."""
    today = timezone.localdate()
    owner, other = "district_staff", "district_secretary"
    token, _key = make_token(
        name="对账",
        scopes=["figure.see"],
        by=ground.readers[owner],
        today=today,
        expires_on=today + dt.timedelta(days=30),
    )
    walkers = {role: Walker(role, ground.readers[role]) for role in (owner, other)}
    faulty = SimpleUploadedFile("名册.csv", "姓名,不知所云\n张三,？\n".encode())
    sent = walkers[owner].client.post(reverse("import-upload"), {"file": faulty})
    key = Path(sent["Location"]).name
    own = [reverse("token-revocation", args=[token.pk]), reverse("import-preview", args=[key])]
    met = {role: [walker.client.get(one).status_code for one in own] for role, walker in walkers.items()}
    assert met == {owner: [200, 200], other: [404, 404]}


def test_the_matrix_in_the_docs_is_current(walked: list[Met]) -> None:
    assert table.PAGE.read_text(encoding="utf-8") == table.page(walked), (
        "docs/access-matrix.md is behind the doors; run bin/qingce access-matrix."
    )
