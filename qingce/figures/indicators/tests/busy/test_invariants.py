"""What every figure promises, walked over every indicator of the catalogue in a busy year."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from qingce.figures.indicators import batch
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.figures.indicators.overlap import overlap
from qingce.figures.indicators.splits import is_flow
from qingce.figures.indicators.tests.busy.busy_year import PERIOD, one_of_each_kind, uncounted, values
from qingce.ledger.periods import Period
from qingce.ledger.records import actions
from qingce.ledger.sources.measures import Measure
from qingce.ledger.sources.source import sources
from tests.full_year import YEAR, FullYear

pytestmark = pytest.mark.django_db

ALL = list(indicators())
COUNTED = [code for code, indicator in indicators().items() if not indicator.is_formula]
FORMULAS = [code for code, indicator in indicators().items() if indicator.is_formula]
RATIOS = [code for code in FORMULAS if "/" in indicators()[code].formula]
RECORDED = [code for code in COUNTED if sources()[indicators()[code].source].root is not None]
PERIODS = [PERIOD, Period.parse("2023Q2"), Period.parse("2023-12"), Period.parse("2022-12..2023-03")]


def measure_of(code: str) -> Measure:
    indicator = indicators()[code]
    return sources()[indicator.source].measures[indicator.take]


def is_split_alike(code: str) -> bool:
    """Whether a part of a split is the figure of that part.

    A rank is looked up, and what is summed once falls to the part that first told of it.
    """
    measure = measure_of(code)
    return not measure.latest and not (measure.key and measure.amount)


def figure_of(code: str, year: FullYear, period: Period = PERIOD, **extra: Any) -> Figure:
    return Figure(indicators()[code], year.district, period, extra)


# The number and its list


@pytest.mark.parametrize("code", COUNTED)
def test_the_value_is_the_sum_of_the_rows_listed(code: str, busy: FullYear) -> None:
    for period in PERIODS:
        figure = figure_of(code, busy, period)
        listed = figure.listed()

        assert figure.value == figure.recount() == sum(row.amount for row in listed)
        assert figure.row_count == len(listed)
        if not figure.measure.amount:
            assert figure.value == len(listed)


@pytest.mark.parametrize("code", COUNTED)
def test_no_row_stands_twice(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)

    for rows in (figure.records, figure.rows, figure.ordered_rows()):
        assert max(Counter(rows.values_list("pk", flat=True)).values(), default=1) == 1


@pytest.mark.parametrize("code", COUNTED)
def test_what_counts_once_is_known_and_counted_once(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)
    if not figure.measure.key:
        return
    keys = list(figure.rows.values_list(figure.measure.key, flat=True))
    assert len(keys) == len(set(keys))
    assert None not in keys
    assert "" not in keys


def test_asked_together_every_figure_is_what_it_is_alone(busy: FullYear) -> None:
    assert values(busy) == {code: figure_of(code, busy).value for code in ALL}


def test_months_asked_together_are_those_of_each_figure(busy: FullYear) -> None:
    figures = [figure_of(code, busy) for code in ALL]
    for figure, months in zip(figures, batch.months(figures), strict=True):
        if is_flow(figure):
            assert months == [value for _month, value in figure.by_month()]
        else:
            assert months == []


def test_the_busy_year_gives_every_figure_something_to_count(busy: FullYear) -> None:
    answers = values(busy)
    assert [code for code in RECORDED if not answers[code]] == []


# Taken apart


@pytest.mark.parametrize("code", COUNTED)
def test_parts_sum_to_the_whole_where_the_definition_says_so(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)
    by_unit = [value or Decimal(0) for _unit, value in figure.by_unit()]

    if figure.indicator.adds:
        assert sum(by_unit) == figure.value
        assert not is_flow(figure) or sum(value for _month, value in figure.by_month()) == figure.value
    elif not figure.measure.latest:
        assert max(by_unit, default=0) <= figure.value <= sum(by_unit)


@pytest.mark.parametrize("code", [code for code in COUNTED if is_split_alike(code)])
def test_a_month_of_a_split_is_the_figure_of_that_month(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)
    for month, value in figure.by_month():
        assert value == figure.like(period=month).value


@pytest.mark.parametrize("code", [code for code in COUNTED if is_split_alike(code)])
def test_a_unit_of_a_split_has_the_figure_of_that_unit(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)
    for unit, value in figure.by_unit():
        assert value == figure.like(unit=unit, alone=unit == busy.district).value


# The reader's own filter


@pytest.mark.parametrize("code", COUNTED)
def test_a_further_filter_only_narrows(code: str, busy: FullYear) -> None:
    everything = set(figure_of(code, busy).records.values_list("pk", flat=True))
    for name, dimension in figure_of(code, busy).source.dimensions.items():
        choices = [True, False] if dimension.words is None else [[word] for word in dimension.words][:2]
        for asked in choices:
            narrowed = figure_of(code, busy, **{name: asked})
            assert set(narrowed.records.values_list("pk", flat=True)) <= everything
            assert narrowed.value == narrowed.recount()


@pytest.mark.parametrize("code", COUNTED)
def test_yes_and_no_divide_the_rows_between_them(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)
    for name, dimension in figure.source.dimensions.items():
        if dimension.words is None:
            yes = figure_of(code, busy, **{name: True}).records.count()
            no = figure_of(code, busy, **{name: False}).records.count()
            assert yes + no == figure.records.count(), name


# Formulas


@pytest.mark.parametrize("code", FORMULAS)
def test_a_formula_opens_the_figures_it_is_worked_out_from(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)

    assert figure.components
    for part, component in figure.components.items():
        assert component.indicator is indicators()[part]
        assert component.value == figure_of(part, busy).value
    assert figure.value == figure.recount()


@pytest.mark.parametrize("code", RATIOS)
def test_a_formula_that_divides_by_nought_has_no_value(code: str, busy: FullYear) -> None:
    long_ago = figure_of(code, busy, Period.year(1990))

    assert long_ago.value is None
    assert long_ago.display == long_ago.exact == "—"


# What counts


def test_drafts_submitted_and_void_records_change_no_figure(busy: FullYear) -> None:
    before = values(busy)
    for record in one_of_each_kind(busy):
        uncounted(record, by=busy.users["secretary"])

    assert values(busy) == before


@pytest.mark.parametrize("code", RECORDED)
def test_voiding_every_record_behind_a_figure_leaves_nothing(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)
    for record in {_record_of(row, figure) for row in figure.records}:
        record.refresh_from_db()
        actions.void(record, because="重复登记", by=busy.users["secretary"])

    assert figure_of(code, busy).value == 0
    assert figure_of(code, busy).listed() == []


@pytest.mark.parametrize("code", [code for code in RECORDED if not measure_of(code).latest])
def test_voiding_one_record_never_raises_a_count_and_lowers_a_plain_one(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)
    before, first = figure.value, figure.listed()[0]
    actions.void(_record_of(figure.rows.get(pk=first.id), figure), because="重复", by=busy.users["secretary"])

    after = figure_of(code, busy).value
    assert after <= before - (Decimal(0) if figure.measure.key else first.amount)


def test_the_day_before_and_the_day_after_the_period_do_not_count(busy: FullYear) -> None:
    for code in COUNTED:
        figure = figure_of(code, busy)
        if is_flow(figure):
            assert {row.day.year for row in figure.listed()} == {YEAR}


# What stands behind


@pytest.mark.parametrize("code", RECORDED)
def test_the_evidence_mix_accounts_for_every_record_behind_the_figure(code: str, busy: FullYear) -> None:
    figure = figure_of(code, busy)

    assert sum(count for _grade, count in figure.evidence_mix()) == len(_numbers(figure))
    assert figure.missing_evidence() == 0


def test_overlap_is_what_two_lists_have_in_common(busy: FullYear) -> None:
    records = {code: _numbers(figure_of(code, busy)) for code in RECORDED}
    for code, own in records.items():
        shared = {other.code: count for other, count in overlap(figure_of(code, busy))}
        others = {other: len(own & those) for other, those in records.items() if other != code}
        assert shared == {other: count for other, count in others.items() if count}


def _numbers(figure: Figure) -> set[str]:
    number = figure.source.through("number")
    return set(figure.records.values_list(number, flat=True))


def _record_of(row: Any, figure: Figure) -> Any:
    return getattr(row, figure.source.root) if figure.source.root else row
