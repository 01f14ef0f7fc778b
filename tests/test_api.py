"""The API is another door to the same rooms: keys, scopes, reach, and refusals in sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.accounts.models import User
from qingce.league.access.actions import make_token, revoke_token
from qingce.league.access.models import Token
from qingce.league.access.reach import Reach
from qingce.ledger.kinds.catalogue import Kind, taxonomy
from tests.full_year import MAY, FullYear, full_year
from tests.test_doors import OPERATIONS

pytestmark = pytest.mark.django_db


@dataclass
class Caller:
    """A program with a token."""

    token: Token
    key: str

    def get(self, address: str, **query: Any) -> Any:
        return Client().get(f"/api{address}", query, headers=self._headers)

    def post(self, address: str, said: Any = None) -> Any:
        return Client().post(f"/api{address}", said, content_type="application/json", headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@pytest.fixture
def year() -> FullYear:
    return full_year()


def caller(user: User, *scopes: str) -> Caller:
    """A program of `user`, with these scopes or with all that the user holds."""
    today = timezone.localdate()
    held = scopes or sorted(Reach(user, on=today).permissions)
    expires_on = today + dt.timedelta(days=30)
    return Caller(*make_token(name="对账", scopes=held, by=user, today=today, expires_on=expires_on))


def short_kind() -> Kind:
    """A kind of activity that no paper holds up."""
    return next(kind for kind in taxonomy().family("activities") if kind.short_form and not kind.evidence)


@pytest.mark.parametrize("name", [name for name, _operation in OPERATIONS])
def test_no_operation_answers_without_a_token(name: str) -> None:
    method, path = name.split()
    address = "/api" + path.format(code="demo", number="A2023-000001", indicator="x")
    for headers in ({}, {"Authorization": "Bearer qc_guessed"}):
        refused = Client().generic(method, address, headers=headers)
        assert refused.status_code == 401
        assert "Bearer" in refused.json()["detail"]


def test_signing_in_on_the_pages_opens_nothing_here(year: FullYear) -> None:
    client = Client()
    client.force_login(year.users["secretary"])
    assert client.get("/api/units").status_code == 401


def test_a_revoked_or_outdated_key_opens_nothing(year: FullYear) -> None:
    program = caller(year.users["staff"])
    assert program.get("/units").status_code == 200
    program.token.expires_on = timezone.localdate() - dt.timedelta(days=1)
    program.token.save()
    assert program.get("/units").status_code == 401
    other = caller(year.users["staff"])
    revoke_token(other.token, by=year.users["staff"])
    assert other.get("/units").status_code == 401


def test_scopes_give_less_than_the_owner_holds(year: FullYear) -> None:
    program = caller(year.users["secretary"], "figure.see")
    assert program.get("/units/demo/figures", period="2023").status_code == 200
    assert program.get("/records").status_code == 403
    assert program.get("/units").status_code == 403


def test_reach_ends_at_the_owners_units(year: FullYear) -> None:
    program = caller(year.users["neighbour"])
    number = year.numbers[short_kind().code][0]
    assert {unit["code"] for unit in program.get("/units").json()["items"]} == {"demo-2"}
    assert program.get("/records").json()["total"] == 0
    for address in ("/units/demo", "/units/demo-1", f"/records/{number}"):
        assert program.get(address).status_code == 404
    assert program.post(f"/records/{number}/confirmation").status_code == 404


def test_a_unit_says_what_stands_above_and_below(year: FullYear) -> None:
    unit = caller(year.users["staff"]).get("/units/demo-1").json()
    assert (unit["above"], unit["below"]) == (["demo"], ["demo-1-1"])


def test_records_are_filtered_as_in_the_ledger(year: FullYear) -> None:
    program, kind = caller(year.users["staff"]), short_kind()
    found = program.get("/records", kind=kind.code, period="2023").json()
    assert {one["number"] for one in found["items"]} == set(year.numbers[kind.code])
    assert program.get("/records", kind=kind.code, period="2022").json()["total"] == 0
    refused = program.get("/records", period="someday")
    assert (refused.status_code, bool(refused.json()["detail"])) == (422, True)


def test_every_figure_is_given_and_its_rows_are_as_many_as_it_counts(year: FullYear) -> None:
    program = caller(year.users["secretary"])
    figures = program.get("/units/demo/figures", period="2023").json()
    assert [one["code"] for one in figures] == list(indicators())
    code = next(code for code, one in indicators().items() if not one.is_formula and one.take == "activities")
    value = next(one["value"] for one in figures if one["code"] == code)
    rows = program.get(f"/units/demo/figures/{code}/rows", period="2023").json()
    assert rows["total"] == value > 0


def test_names_are_masked_where_persons_may_not_be_seen_and_no_row_is_dropped(year: FullYear) -> None:
    named, masked = (
        [row for code in _plain_indicators() for row in _rows(caller(year.users[who]), code)]
        for who in ("staff", "inspector")
    )
    assert len(named) == len(masked) > 0
    assert any("张小明" in row["label"] for row in named)
    assert not any("张小明" in row["label"] for row in masked)


def test_an_activity_is_recorded_submitted_and_confirmed(year: FullYear) -> None:
    branch, street = caller(year.users["branch secretary"]), caller(year.users["street officer"])
    entered = branch.post("/units/demo-1-1/activities", _activity())
    assert entered.status_code == 201, entered.content
    address = f"/records/{entered.json()['number']}"
    assert entered.json()["state"] == "draft"
    assert branch.post(f"{address}/submission").status_code == 204
    assert branch.post(f"{address}/confirmation").status_code == 403
    assert street.post(f"{address}/confirmation").status_code == 204
    assert branch.get(address).json()["state"] == "confirmed"


def test_nothing_is_recorded_for_a_unit_out_of_reach(year: FullYear) -> None:
    program = caller(year.users["neighbour"])
    assert program.post("/units/demo-1-1/activities", _activity()).status_code == 404


def test_a_refusal_is_a_sentence(year: FullYear) -> None:
    program = caller(year.users["staff"])
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    unknown = _activity() | {"kind": "no_such_kind"}
    for said in (_activity() | {"happened_on": tomorrow.isoformat()}, unknown):
        refused = program.post("/units/demo-1-1/activities", said)
        assert refused.status_code == 409
        assert refused.json()["detail"].endswith(("。", "."))
    confirmed = year.numbers[short_kind().code][0]
    assert program.post(f"/records/{confirmed}/submission").status_code == 409


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": None}, "“kind”"),
        ({"happened_on": "4 May"}, "“happened_on” should be a date such as 2023-05-04."),
        ({"attendance": -3}, "“attendance” should be at least 0."),
        ({"attendance": "many"}, "“attendance” should be a whole number."),
        ({"note": "x" * 501}, "“note” has more than 500 characters."),
        ({"participants": 12}, "“participants” is not known here; see the page of the API."),
    ],
)
def test_what_cannot_be_understood_is_named_in_a_sentence(
    change: dict[str, Any], sentence: str, year: FullYear, settings: Any
) -> None:
    settings.LANGUAGE_CODE = "en"
    refused = caller(year.users["staff"]).post("/units/demo-1-1/activities", _activity() | change)
    assert refused.status_code == 422
    assert sentence in refused.json()["detail"]


def test_every_way_of_asking_wrongly_is_answered_by_a_sentence(year: FullYear) -> None:
    program = caller(year.users["staff"])
    answers = [
        program.get("/units/nowhere"),
        program.get("/units", page=99),
        program.get("/units", page="x"),
        program.get("/units", size=9999),
        program.get("/units/demo/figures"),
        program.post("/units/demo-1-1/activities", "half a sentence"),
        program.post("/units/demo-1-1/activities", {}),
    ]
    for refused in answers:
        assert refused.status_code in {400, 404, 422}
        assert refused.json()["detail"].endswith(("。", ".")), refused.content


def test_a_period_that_cannot_be_read_is_refused(year: FullYear) -> None:
    refused = caller(year.users["staff"]).get("/units/demo/figures", period="someday")
    assert refused.status_code == 409
    assert "someday" in refused.json()["detail"]


def test_the_description_names_every_operation_and_how_to_sign() -> None:
    described = Client().get("/api/openapi.json").json()
    told = {
        f"{method.upper()} {path.removeprefix('/api')}"
        for path, methods in described["paths"].items()
        for method in methods
    }
    assert told == {name for name, _operation in OPERATIONS}
    schemes = described["components"]["securitySchemes"].values()
    assert [(one["type"], one["scheme"]) for one in schemes] == [("http", "bearer")]


def test_the_page_of_the_api_lists_every_operation(year: FullYear) -> None:
    client = Client()
    client.force_login(year.users["staff"])
    page = client.get("/api/docs").content.decode()
    assert all(f"/api{name.split()[1]}" in page for name, _operation in OPERATIONS)


def _activity() -> dict[str, Any]:
    return {"kind": short_kind().code, "happened_on": MAY.isoformat(), "attendance": 12}


def _plain_indicators() -> list[str]:
    return [code for code, one in indicators().items() if not one.is_formula and not one.sensitive]


def _rows(program: Caller, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.get(
        f"/units/demo/figures/{code}/rows", period="2023", size=200
    ).json()["items"]
    return found
