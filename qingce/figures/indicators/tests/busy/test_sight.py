"""Small numbers of sensitive matters are covered so that nobody can work them out again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.shown import SMALL
from qingce.figures.indicators.sight import Sight, suppressed
from qingce.figures.indicators.splits import by_unit
from qingce.figures.indicators.tests.busy.busy_year import PERIOD
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from tests.full_year import MAY, YEAR, FullYear

SENSITIVE = [code for code, one in indicators().items() if one.sensitive and not one.is_formula]


@given(st.lists(st.integers(0, 40), max_size=14))
def test_no_hidden_cell_follows_from_the_total_minus_the_others(counts):
    values = {place: Decimal(count) for place, count in enumerate(counts)}
    hide = suppressed(values)
    small = {place for place, count in values.items() if 0 < count < SMALL}
    assert small <= hide
    if not small:
        assert hide == set()
        return
    rest = sum(values.values()) - sum(values[place] for place in values if place not in hide)
    # Each hidden cell is at least one: how far can one of them range, given what is published?
    spread = rest - len(hide) + 1
    everything = {place for place, count in values.items() if count}
    assert hide == everything or (len(hide) > 1 and spread >= SMALL)


@given(st.lists(st.integers(0, 40), max_size=14))
def test_no_more_is_hidden_than_needed(counts):
    values = {place: Decimal(count) for place, count in enumerate(counts)}
    hide = suppressed(values)
    large = sorted((place for place in hide if values[place] >= SMALL), key=lambda place: values[place])
    if large:
        fewer = hide - {large[-1]}
        spread = sum(values[place] for place in fewer) - len(fewer) + 1
        assert len(fewer) < 2 or spread < SMALL


@pytest.mark.django_db
@pytest.mark.parametrize("code", SENSITIVE)
def test_parts_of_a_year_are_closed_where_a_small_month_would_follow(code: str, busy: FullYear) -> None:
    closed = Sight(Reach(busy.users["secretary"], on=MAY))
    team = Sight(Reach(busy.users["counsellor"], on=MAY))
    for first, last in ((1, 11), (5, 5), (4, 6)):
        figure = Figure(indicators()[code], busy.district, Period.months(YEAR, first, last))
        assert not team.covers(figure)
        if figure.value:
            assert closed.covers(figure)


@pytest.mark.django_db
@pytest.mark.parametrize("code", SENSITIVE)
def test_the_figure_never_changes(code: str, busy: FullYear) -> None:
    figure = Figure(indicators()[code], busy.district, PERIOD)
    before = figure.value
    for reader in busy.users:
        sight = Sight(Reach(busy.users[reader], on=MAY))
        sight.shown(figure)
        sight.split(figure, dict(by_unit(figure)))
        assert Figure(indicators()[code], busy.district, PERIOD).value == before
