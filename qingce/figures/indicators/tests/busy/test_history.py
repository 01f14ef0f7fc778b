"""The past stays what it was: a unit that moves keeps the figures of the years before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.tests.busy.busy_year import PERIOD, copied, values
from qingce.league.organisations.actions import move
from qingce.league.organisations.models import Unit
from qingce.ledger.periods import Period
from tests.full_year import YEAR, FullYear

pytestmark = pytest.mark.django_db

NEW_YEAR = dt.date(YEAR + 1, 1, 1)
JULY = dt.date(YEAR, 7, 1)
SEPTEMBER = dt.date(YEAR, 9, 1)
Splits = dict[str, list[tuple[Unit, Decimal | None]]]


def splits(year: FullYear, unit: Unit) -> Splits:
    """Every indicator of `unit` in the year, unit by unit."""
    return {code: Figure(one, unit, PERIOD).by_unit() for code, one in indicators().items()}


def test_a_move_after_the_year_leaves_every_figure_of_the_year_as_it_was(busy: FullYear) -> None:
    units = (busy.district, busy.street, busy.other_street, busy.branch)
    before = {unit: (values(busy, unit=unit), splits(busy, unit)) for unit in units}

    move(busy.branch, to=busy.other_street, on=NEW_YEAR)

    for unit in units:
        assert (values(busy, unit=unit), splits(busy, unit)) == before[unit]


def test_a_move_within_the_year_changes_no_figure_of_the_whole(busy: FullYear) -> None:
    before = values(busy)
    move(busy.branch, to=busy.other_street, on=JULY)

    assert values(busy) == before


def test_a_move_within_the_year_leaves_what_happened_before_with_the_old_body(busy: FullYear) -> None:
    first_half, second_half = Period.parse(f"{YEAR}H1"), Period.parse(f"{YEAR}H2")
    before = values(busy, first_half, busy.street)
    move(busy.branch, to=busy.other_street, on=JULY)
    late = copied(
        busy.record("lecture"), by=busy.users["secretary"], unit=busy.branch, day=dt.date(YEAR, 9, 1)
    )

    assert values(busy, first_half, busy.street) == before
    lectures = Figure(indicators()["all_lectures"], busy.other_street, second_half)
    assert late.number in [row.number for row in lectures.listed()]
    assert late.number not in [row.number for row in lectures.like(unit=busy.street).listed()]


def test_parts_still_sum_to_the_whole_in_the_year_of_a_move(busy: FullYear) -> None:
    move(busy.branch, to=busy.other_street, on=JULY)
    copied(busy.record("lecture"), by=busy.users["secretary"], unit=busy.branch, day=SEPTEMBER)

    for code, split in splits(busy, busy.district).items():
        if indicators()[code].adds:
            whole = Figure(indicators()[code], busy.district, PERIOD).value
            assert sum(value or Decimal(0) for _unit, value in split) == whole, code


def test_a_moved_unit_keeps_its_own_figures_over_the_move(busy: FullYear) -> None:
    before = values(busy, unit=busy.branch)
    move(busy.branch, to=busy.other_street, on=JULY)

    assert values(busy, unit=busy.branch) == before


def test_what_is_settled_later_or_opened_again_is_not_settled_in_the_year(busy: FullYear) -> None:
    problem = busy.record("rectification_item")
    settled = Figure(indicators()["problems_settled"], busy.district, PERIOD)
    before = settled.value
    assert problem.number in [row.number for row in settled.listed()]

    problem.steps.create(stage="reopened", on=dt.date(YEAR, 12, 30))
    problem.steps.create(stage="closed", on=NEW_YEAR)

    assert problem.number not in [row.number for row in settled.like().listed()]
    assert settled.like().value == before - 1
