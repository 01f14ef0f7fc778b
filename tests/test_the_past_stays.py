"""Figures of a past year are those of the tree of that year, whatever happens to the tree afterwards."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.splits import by_unit
from qingce.league.organisations import changing, electing
from qingce.league.organisations.changing import Plan
from qingce.league.organisations.models import Domain, Unit, UnitKind
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.periods import Period
from qingce.work.organising.actions import Parts, approve, draw_up
from tests.full_year import YEAR, FullYear, full_year

MARCH = dt.date(YEAR + 1, 3, 1)
TODAY = dt.date(YEAR + 1, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(db: None) -> FullYear:
    return full_year()


def by_street(year: FullYear, period: Period) -> dict[str, dict[str, Decimal]]:
    """Every figure of the district split by what stands beneath it."""
    return {
        one.code: {unit.code: value for unit, value in by_unit(Figure(one, year.district, period)) if value}
        for one in indicators().values()
        if not one.is_formula
    }


def relocate(year: FullYear, unit: Unit, to: Unit) -> None:
    """By a paper of 2024, as an officer would."""
    [kind] = taxonomy().with_part("relocation")
    by: Any = year.users["secretary"]
    event = draw_up(kind, unit=unit, subject=unit, on=MARCH, by=by, parts=Parts(change={"to": to}))
    approve(event, document_number="青团复〔2024〕7号", by=by, today=TODAY)


def test_year_2023_by_street_comes_out_the_same_after_a_branch_is_moved_in_2024(year: FullYear) -> None:
    before = by_street(year, Period.year(YEAR))
    moved_with = before.get("volunteer_sessions", {})

    relocate(year, year.branch, year.other_street)

    assert by_street(year, Period.year(YEAR)) == before
    assert sum(map(len, before.values())) > 50
    assert moved_with.get(year.street.code) or any(year.street.code in one for one in before.values())


def test_from_the_move_on_the_branch_counts_under_its_new_street(year: FullYear) -> None:
    members = indicators()["members"]
    relocate(year, year.branch, year.other_street)

    said = {
        unit.code: value for unit, value in by_unit(Figure(members, year.district, Period.year(YEAR + 1)))
    }

    assert said[year.other_street.code] == 2
    assert not said.get(year.street.code)


def test_a_year_stays_through_every_sort_of_change(year: FullYear) -> None:
    before = by_street(year, Period.year(YEAR))
    by: Any = year.users["secretary"]
    new = Plan("共青团新村支部", "新村支部", UnitKind.BRANCH, Domain.VILLAGE)

    fresh = changing.found(new, under=year.other_street, on=MARCH, by=by)
    changing.rename(year.street, name="共青团清泉街道", short_name="清泉街道", on=MARCH, by=by)
    changing.merge(year.branch, into=fresh, on=MARCH + dt.timedelta(days=1), by=by)
    electing.begin_term(year.school, since=MARCH, ends_on=dt.date(2029, 2, 28), by=by)

    assert by_street(year, Period.year(YEAR)) == before
