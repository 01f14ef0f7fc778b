"""Rights change what a reader is shown of the rows, never how many there are or what they add up to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.drawer import Drawer
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.shown import SMALL
from qingce.figures.indicators.tests.busy.busy_year import PERIOD, values
from qingce.foundation.words import MASK
from qingce.league.access.actions import make_token
from qingce.league.access.reach import Reach
from tests.full_year import MAY, FullYear

pytestmark = pytest.mark.django_db

PLAIN = [code for code, one in indicators().items() if not one.is_formula and not one.sensitive]
SENSITIVE = [code for code, one in indicators().items() if one.sensitive]
Ask = Callable[..., Any]


def drawer(year: FullYear, code: str, *, by: str) -> Drawer:
    reach = Reach(year.users[by], on=MAY)
    return Drawer(indicators()[code], Question(year.district, PERIOD), reach)


def api(year: FullYear, by: str) -> Ask:
    """Asks the API with a token of the officer, allowed to see figures and whatever else is held."""
    user, today = year.users[by], timezone.localdate()
    scopes = Reach(user, on=today).permissions
    expires = today + dt.timedelta(days=30)
    _token, key = make_token(name="试", scopes=scopes, by=user, today=today, expires_on=expires)
    client = Client(headers={"Authorization": f"Bearer {key}"})
    return lambda path, period=PERIOD.code: client.get(f"/api/units/demo/figures{path}?period={period}")


@pytest.mark.parametrize("code", PLAIN)
def test_a_reader_without_the_right_to_names_sees_as_many_rows_and_the_same_value(
    code: str, busy: FullYear
) -> None:
    named, masked = drawer(busy, code, by="secretary"), drawer(busy, code, by="inspector")
    full, hidden = named.show(), masked.show()

    assert masked.value == named.value
    assert [one.row for one in hidden] == [one.row for one in full]
    # Of a sensitive kind even the secretary reads code names, unless the district itself handles it.
    subjects = [one.row.subject for one in full]
    assert named.masked_in(full) == sum(one.sensitive and one.unit != busy.district.pk for one in subjects)
    assert masked.masked_in(hidden) == sum(one.row.personal for one in full)
    assert all(MASK in one.label for one in hidden if one.masked)


def test_by_api_every_reader_gets_the_same_values(busy: FullYear) -> None:
    answers = {by: api(busy, by)("").json() for by in ("secretary", "inspector")}
    known = {code: None if value is None else float(value) for code, value in values(busy).items()}

    for told in answers.values():
        assert {one["code"]: one["value"] for one in told if not one["covered"]} == {
            code: value for code, value in known.items() if code not in _covered(told)
        }
    assert _covered(answers["secretary"]) == _covered(answers["inspector"])


def test_by_api_names_are_masked_and_no_row_is_dropped(busy: FullYear) -> None:
    named = api(busy, "secretary")("/new_members/rows").json()
    masked = api(busy, "inspector")("/new_members/rows").json()

    assert named["total"] == masked["total"] == len(masked["items"])
    assert {row["label"] for row in named["items"]} == {"张小明"}
    assert {row["label"] for row in masked["items"]} == {"张**"}


@pytest.mark.parametrize("code", SENSITIVE)
def test_by_api_a_small_sensitive_value_is_covered_with_its_rows(code: str, busy: FullYear) -> None:
    assert values(busy)[code] > 0
    month = MAY.strftime("%Y-%m")
    for by, covered in (("secretary", True), ("counsellor", False)):
        ask = api(busy, by)
        told = next(one for one in ask("", month).json() if one["code"] == code)
        assert told["covered"] == covered
        assert (told["value"] is None) == covered
        assert told["display"].startswith(f"<{SMALL}") == covered
        assert ask(f"/{code}/rows", month).status_code == (403 if covered else 200)


def _covered(told: list[dict[str, Any]]) -> set[str]:
    return {one["code"] for one in told if one["covered"]}
