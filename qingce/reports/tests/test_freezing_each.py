"""For every indicator: what changes its definition makes another one, and what was frozen stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.figure import Figure
from qingce.league.access.reach import Reach
from qingce.ledger.periods import Period
from qingce.reports.frozen import kept
from qingce.reports.issued.certifying import certify
from qingce.reports.issued.drift import drift_of
from qingce.reports.models import FrozenFigure
from qingce.reports.rows import counted_rows
from tests.full_year import FullYear

EACH = list(indicators())


def frozen(code: str, year: FullYear) -> tuple[Figure, FrozenFigure]:
    """The figure of the district's year, and what was frozen of it."""
    by = year.users["counsellor"]  # who may see small numbers of cases too
    figure = Figure(indicators()[code], year.district, Period.year(2023))
    snapshot = certify(figure, Reach(by, on=timezone.localdate()), by=by)
    return figure, snapshot.figures.get()


def otherwise(one: Indicator) -> list[Indicator]:
    """The definition with one thing changed that decides what is counted or what that means."""
    changed = [
        replace(one, note=f"{one.note}。"),
        replace(one, basis="stock" if one.basis == "flow" else "flow"),
    ]
    if one.is_formula:
        return [*changed, replace(one, formula=f"({one.formula}) + 1")]
    narrower = replace(one, where={**one.where, "kind": ["nothing"]})
    return [*changed, narrower, replace(one, source="other.table"), replace(one, take="other")]


@pytest.mark.parametrize("code", EACH)
def test_what_decides_a_figure_makes_another_definition_and_its_name_does_not(code: str) -> None:
    one = indicators()[code]
    others = otherwise(one)
    assert len({one.digest, *(other.digest for other in others)}) == 1 + len(others)
    assert replace(one, label=f"{one.label}。", chapter="other").digest == one.digest


@pytest.mark.parametrize("code", EACH)
def test_freezing_keeps_value_rows_version_scope_and_digest(code: str, year: FullYear) -> None:
    figure, one = frozen(code, year)
    assert one.value == kept(figure.told)
    assert set(one.counted) == set(counted_rows([figure])[0])
    assert (one.version, one.definition_digest) == (figure.indicator.version, figure.indicator.digest)
    assert one.definition == figure.definition
    assert (one.asked_unit, one.asked_period) == (year.district, Period.year(2023))


@pytest.mark.parametrize("code", EACH)
def test_a_closed_period_keeps_its_definition_beside_a_new_one(
    code: str, year: FullYear, monkeypatch: Any
) -> None:
    _figure, one = frozen(code, year)
    before = (one.value, one.definition, one.definition_digest, one.rows)
    redefined = {code: replace(indicators()[code], note="另一种算法。")}
    monkeypatch.setattr("qingce.reports.issued.drift.indicators", lambda: indicators() | redefined)

    change = drift_of(one.snapshot)[one.key]

    assert change.redefined
    one.refresh_from_db()
    assert (one.value, one.definition, one.definition_digest, one.rows) == before
