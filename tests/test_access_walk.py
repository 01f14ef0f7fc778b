"""Every route for every reader, near and far: signed out, outside reach, without the right, within.

What should happen is worked out here from the catalogue of roles and from where the cast stands in
the tree, not from the code that decides it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.audit.models import Entry
from qingce.foundation.exchange.sheets import sheets
from qingce.league.access.actions import make_token
from qingce.league.access.doors import OPEN_TO_PUBLIC, SIGNED_IN
from qingce.league.access.roles import roles
from qingce.league.organisations.models import Unit
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period
from qingce.ledger.records.models import Evidence, Issue, Record
from qingce.reports.actions import freeze
from qingce.reports.outline import outlines
from qingce.work.activities.actions import record_activity
from tests.full_year import MAY, YEAR, FullYear, full_year
from tests.test_doors import ROUTES

ROLES = {
    "secretary": "district_secretary",
    "staff": "district_staff",
    "inspector": "inspector",
    "counsellor": "line_counsellor",
    "street officer": "body_officer",
    "neighbour": "body_officer",
    "branch secretary": "branch_secretary",
}
ALL = {"demo", "demo-1", "demo-2", "demo-1-1", "demo-3"}
REACH = {
    "secretary": ALL,
    "staff": ALL,
    "inspector": ALL,
    "counsellor": ALL,
    "street officer": {"demo-1", "demo-1-1"},
    "neighbour": {"demo-2"},
    "branch secretary": {"demo-1-1"},
}
# Doors that ask for a second right once the first has let the reader in.
NEEDS_ALSO = {
    "members-file": "record.export",
    "figure-export": "record.export",
    "report-issue": "report.issue",
}
OWNER = "staff"  # whose token and whose file is tried

pytestmark = pytest.mark.xdist_group("access_walk")


@dataclass(frozen=True)
class Door:
    """One address: the route it belongs to, and whose it is."""

    route: str
    address: str
    unit: str = ""  # the code of the unit that the thing belongs to, if it belongs to one
    asked: bool = False  # the right is asked for before the thing is looked for
    near: frozenset[str] = field(default_factory=frozenset)  # readers who reach it, where no unit says so


def expected(door: Door, permission: str | None, reader: str) -> str:
    """What `reader` should meet: open, closed or hidden."""
    may = roles()[ROLES[reader]].permissions
    held = permission in {None, SIGNED_IN} or permission in may
    near = reader in door.near if door.near else not door.unit or door.unit in REACH[reader]
    if not near and not (door.asked and not held):
        return "hidden"
    also = NEEDS_ALSO.get(door.route)
    return "open" if held and (also is None or also in may) else "closed"


def met(status: int) -> str:
    return {403: "closed", 404: "hidden"}.get(status, "open" if status < 400 else str(status))


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[FullYear]:
    """The year, in the database for the time of this walk, then taken back."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield full_year()
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture(scope="module")
def doors(year: FullYear, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Door]]:
    """Every route with real things in its address."""
    folder = tmp_path_factory.mktemp("walk")
    with override_settings(DATA=folder, MEDIA_ROOT=folder):
        yield list(_doors(year))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("reader", ROLES)
def test_each_door_opens_to_those_it_should_and_to_nobody_else(
    year: FullYear, doors: list[Door], reader: str, method: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(year.users[reader])
    permissions = {route.name: getattr(route.callback, "permission", None) for route in ROUTES}
    wrong = {}
    for door in doors:
        if door.route == "account_logout" and method == "post":
            continue
        status = _knock(client, method, door.address)
        should = expected(door, permissions[door.route], reader)
        if met(status) != should:
            wrong[f"{door.route} {door.address}"] = f"{status}, should be {should}"
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_page_of_signing_in(doors: list[Door], method: str) -> None:
    client = Client(raise_request_exception=False)
    for door in doors:
        if door.route in OPEN_TO_PUBLIC:
            assert _knock(client, method, door.address) < 400, door
        else:
            answer = getattr(client, method)(door.address)
            assert answer.status_code == 302, door
            assert answer["Location"].startswith(reverse("account_login")), door


def test_every_route_is_walked(doors: list[Door]) -> None:
    assert {door.route for door in doors} == {route.name for route in ROUTES}


def _knock(client: Client, method: str, address: str) -> int:
    """The status of one answer; what it changed is taken back."""
    with transaction.atomic():
        answer = getattr(client, method)(address)
        # Closing an answer ends the request, and that would close the connection of the walk.
        request_finished.disconnect(close_old_connections)
        answer.close()
        request_finished.connect(close_old_connections)
        transaction.set_rollback(True)
    return int(answer.status_code)


def _doors(year: FullYear) -> Iterator[Door]:
    walked = set()
    for makers in (_record_doors, _unit_doors, _figure_doors, _report_doors, _issue_doors, _own_doors):
        for door in makers(year):
            walked.add(door.route)
            yield door
    for route in ROUTES:
        if route.name not in walked:
            yield Door(route.name, reverse(route.name, kwargs=_words(route.name)))


def _words(route: str) -> dict[str, str]:
    """The words of routes that lead to nobody's thing in particular."""
    short = next(kind.code for kind in taxonomy().kinds.values() if kind.short_form)
    return {
        "ledger-export": {"ending": "xlsx"},
        "audit-entry": {"number": Entry.objects.latest("number").number},
        "activity-new": {"kind": short},
        "import-template": {"code": sheets()[0].code},
    }.get(route, {})


def _record_doors(year: FullYear) -> Iterator[Door]:
    names = [route.name for route in ROUTES if route.name.startswith("record")]
    for unit in (year.branch, year.street, year.other_street, year.district):
        record = _draft(year, unit)
        paper = Evidence.objects.create(record=record.number, label="照片", file=ContentFile(b"x", "x.txt"))
        for name in names:
            query = f"?paper={paper.pk}" if name == "record-papers" else ""
            yield Door(name, reverse(name, args=[record.number]) + query, unit.code)


def _draft(year: FullYear, unit: Unit) -> Record:
    kind = next(kind for kind in taxonomy().family("activities") if kind.short_form)
    return record_activity(kind=kind.code, unit=unit, happened_on=MAY, today=MAY, by=year.users["staff"])


def _unit_doors(year: FullYear) -> Iterator[Door]:
    for unit in (year.branch, year.street, year.other_street, year.district):
        for name in ("unit", "units-below", "members", "members-file"):
            yield Door(name, reverse(name, args=[unit.code]), unit.code)


def _figure_doors(year: FullYear) -> Iterator[Door]:
    code = next(code for code, one in indicators().items() if not one.is_formula and not one.sensitive)
    for unit in (year.branch, year.street, year.other_street, year.district):
        query = f"?unit={unit.code}&period={YEAR}"
        for name, words in [
            ("figures", []),
            ("figure-units", []),
            ("figure", [code]),
            ("figure-rows", [code]),
            ("figure-by-unit", [code]),
            ("figure-export", [code, "csv"]),
        ]:
            yield Door(name, reverse(name, args=words) + query, unit.code, asked=True)


def _report_doors(year: FullYear) -> Iterator[Door]:
    outline = next(iter(outlines().values()))
    for unit in (year.street, year.other_street, year.district):
        query = f"?unit={unit.code}&period={YEAR}"
        for name in ("reports", "report", "report-checks", "report-issue"):
            words = [] if name == "reports" else [outline.address]
            yield Door(name, reverse(name, args=words) + query, unit.code, asked=True)
        yield Door(
            "report-file", reverse("report-file", args=[outline.address, "md"]) + query, unit.code, asked=True
        )
    issued = freeze(outline, year.district, Period.year(YEAR), by=year.users["secretary"])
    yield Door("report-snapshot", reverse("report-snapshot", args=[issued.pk]), year.district.code)
    yield Door(
        "report-snapshot-file", reverse("report-snapshot-file", args=[issued.pk, "md"]), year.district.code
    )


def _issue_doors(year: FullYear) -> Iterator[Door]:
    """An issue is seen by those above and beneath the unit that put it."""
    series = next(one.code for one in taxonomy().series.values() if one.addressed)
    near = {"demo": set(ROLES), "demo-2": {one for one in ROLES if "demo-2" in REACH[one]}}
    for number, unit in enumerate((year.district, year.other_street), start=9):
        issue = Issue.objects.create(
            series=series, year=YEAR, number=number, title="某期", issued_by=unit, opens_on=MAY
        )
        for name in ("issue", "issue-answer"):
            yield Door(name, reverse(name, args=[issue.pk]), near=frozenset(near[unit.code]))


def _own_doors(year: FullYear) -> Iterator[Door]:
    """A token and a file under examination are their owner's alone."""
    owner = year.users[OWNER]
    today = dt.datetime.now(tz=dt.UTC).date()
    token, _key = make_token(
        name="对账", scopes=["figure.see"], by=owner, today=today, expires_on=today + dt.timedelta(days=30)
    )
    yield Door("token-revocation", reverse("token-revocation", args=[token.pk]), near=frozenset({OWNER}))
    client = Client()
    client.force_login(owner)
    faulty = SimpleUploadedFile("名册.csv", "姓名,不知所云\n张三,？\n".encode())
    preview = client.post(reverse("import-upload"), {"file": faulty})["Location"]
    names = [route.name for route in ROUTES if route.name.startswith("import-")]
    key = Path(preview).name
    for name in set(names) - {"import-upload", "import-template"}:
        yield Door(name, reverse(name, kwargs={"key": key}), asked=True, near=frozenset({OWNER}))
