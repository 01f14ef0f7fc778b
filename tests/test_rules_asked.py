"""No rule is dead: each one of the catalogue is asked by the code, and whatever the code asks is a rule.

A rule that nobody asks would look like a promise on the page of rules and be none.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from qingce.league.rules.catalogue import ALWAYS, Rule, rules
from qingce.league.rules.rulings import rulings_on
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.work.membership.discipline.penalties import penalties
from qingce.work.membership.transfers.reasons import reasons

SOURCE = Path(__file__).resolve().parent.parent / "qingce"
# Asked by the assessment of branches, which is not built yet; the test below says when it is.
AWAITED = {"grading": SOURCE / "figures" / "assessment"}
ASKING = {"ruling", "demand", "guard", "must", "Guard"}


@cache
def trees() -> list[ast.Module]:
    files = [one for one in SOURCE.rglob("*.py") if not {"tests", "migrations"} & set(one.parts)]
    return [ast.parse(one.read_text(encoding="utf-8")) for one in files]


@cache
def said_in_code() -> frozenset[str]:
    """Every text that the code holds, documentation apart."""
    return frozenset(
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def said_in_catalogue() -> set[str]:
    """Rules that kinds, reasons and penalties name."""
    named = {code for kind in taxonomy().kinds.values() for code in (*kind.rhythm, kind.asked_from)}
    named |= {code for one in reasons().values() for code in (one.deadline, one.branch_within)}
    return named | {one.months for one in penalties().values()}


def asked_for() -> Iterator[str]:
    """The codes that are written where a rule is asked, in words that look like a code."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in ASKING:
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                yield from (one for one in texts if isinstance(one, str) and one.count("_") > 1)


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


@pytest.mark.parametrize("rule", rules().values(), ids=str)
def test_every_rule_is_asked(rule: Rule) -> None:
    awaited = AWAITED.get(rule.chapter)
    if awaited is not None:
        assert not awaited.exists(), f"{awaited} is there now: let it ask {rule.code}"
        return
    assert rule.code in said_in_code() | said_in_catalogue(), f"nobody asks {rule.code}: {rule.label}"


def test_whatever_is_asked_is_a_rule() -> None:
    assert set(asked_for()) - set(rules()) <= {*taxonomy().facets["stage"].words}


@pytest.mark.parametrize("rule", rules().values(), ids=str)
def test_a_refusal_names_the_rule_its_basis_and_a_date(rule: Rule) -> None:
    for version in rule.versions:
        on = version.since if version.since != ALWAYS else dt.date(2015, 6, 1)
        said = rulings_on(on)[rule.code].refusal("…")
        assert rule.label in said
        assert version.basis in said
        assert f"{on.year}" in said
