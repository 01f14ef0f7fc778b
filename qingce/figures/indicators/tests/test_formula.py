"""Formulas: arithmetic on names and numbers, and nothing a catalogue could hide behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingce.figures.indicators.formula import FormulaRefused, names, value

NUMBERS = st.integers(min_value=-(10**6), max_value=10**6).map(Decimal)


def test_names_come_in_order_and_each_once() -> None:
    assert sorted(names("(b - a) / b")) == ["a", "b"]
    assert len(names("a + a + a")) == 1
    assert names("1 + 2") == []


@given(NUMBERS, NUMBERS, NUMBERS)
def test_arithmetic_is_that_of_school(a: Decimal, b: Decimal, c: Decimal) -> None:
    values = {"a": a, "b": b, "c": c}
    assert value("a + b * c", values) == a + b * c
    assert value("(a - b) * c", values) == (a - b) * c
    assert value("a / b", values) == (a / b if b else None)


def test_a_divisor_of_nought_gives_no_value() -> None:
    assert value("a / b", {"a": Decimal(3), "b": Decimal(0)}) is None
    assert value("a / (b - b)", {"a": Decimal(3), "b": Decimal(7)}) is None
    assert value("a / b", {"a": Decimal(0), "b": Decimal(0)}) is None


def test_a_part_that_is_not_known_gives_no_value() -> None:
    assert value("a + b", {"a": None, "b": Decimal(1)}) is None


def test_decimals_stay_exact() -> None:
    assert value("a * 0.1", {"a": Decimal(3)}) == Decimal("0.3")


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "a +",
        "a ** b",
        "a // b",
        "a % b",
        "-a",
        "f(a)",
        "a.b",
        "a[0]",
        "a < b",
        "a if b else c",
        "[a]",
        "a; b",
        "a := 1",
        "__import__('os')",
        "lambda: a",
        "'a' + b",
        "a + True",
        "a + None",
    ],
)
def test_anything_else_is_refused(formula: str) -> None:
    with pytest.raises(FormulaRefused):
        names(formula)
