"""The fifty-one figures of the model summary come out of the sample year, each from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models, transaction

from qingce.figures.indicators import formula as formulas
from qingce.figures.indicators.batch import evaluate
from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.figure import Figure
from qingce.ledger.periods import Period
from tests.sample_year.expected import NEXT_ROUND, STATED

YEAR = Period.year(2023)
CODES = [code for code, _value, _form in STATED]
Thing = tuple[str, int]  # table and key


def test_all_fifty_one_are_on_the_list():
    assert len(STATED) == 51
    assert set(CODES) <= set(indicators())


@pytest.mark.parametrize(("code", "stated", "form"), STATED, ids=CODES)
def test_the_ledger_states_what_the_summary_states(root, code, stated, form):
    value = Figure(indicators()[code], root, YEAR).value
    if form == "exact":
        assert value == stated
    else:
        assert stated < value < NEXT_ROUND[stated]


@pytest.mark.parametrize("code", CODES)
def test_the_value_is_its_list_counted_again(root, code):
    figure = Figure(indicators()[code], root, YEAR)
    assert figure.recount() == figure.value


@pytest.fixture(scope="package")
def lists(sample_year, django_db_blocker) -> dict[str, list[tuple[Thing, Any, Decimal]]]:
    """For every plain indicator, all its rows as (table and key, what counts once, amount)."""
    with django_db_blocker.unblock():
        from qingce.league.organisations.models import Unit

        root = Unit.objects.get(code="demo")
        plain = [one for one in indicators().values() if not one.is_formula]
        return {one.code: _rows(Figure(one, root, YEAR)) for one in plain}


@pytest.mark.parametrize("code", CODES)
def test_dropping_one_counted_row_changes_the_right_figures_and_no_others(root, lists, code):
    part = indicators()[code].parts[0] if indicators()[code].is_formula else code
    dropped = alike(Figure(indicators()[part], root, YEAR))
    with gone(dropped) as things:
        expected = {one: _recounted(one, lists[one], things) for one in lists}
        for one in indicators().values():
            if one.is_formula:
                expected[one.code] = _calculated(one.code, expected)
        figures = [Figure(one, root, YEAR) for one in indicators().values()]
        evaluate(figures)
        changed = {figure.indicator.code: figure.value for figure in figures}
    assert {one: value for one, value in changed.items() if value != expected[one]} == {}
    before = {one: _recounted(one, rows, set()) for one, rows in lists.items()}
    assert any(changed[one] != before[one] for one in before)


def alike(figure: Figure) -> list[models.Model]:
    """The first counted row, with every record that speaks of the same thing where things count once."""
    # Of a register the last row: it is a small branch, on which no site or committee hangs.
    first = figure.rows.order_by("pk" if figure.source.root is not None else "-pk").first()
    key = figure.measure.key
    if not key:
        return [first]
    same = figure.records.filter(pk=first.pk).values(key)
    return list(figure.records.filter(**{f"{key}__in": same}))


def _rows(figure: Figure) -> list[tuple[Thing, Any, Decimal]]:
    measure = figure.measure
    columns = ["pk", *filter(None, [measure.key, measure.amount, measure.latest])]
    table = figure.source.model._meta.db_table
    return [
        (
            (table, row["pk"]),
            (row[measure.key] if measure.key else row["pk"], row.get(measure.latest)),
            Decimal(row[measure.amount] or 0) if measure.amount else Decimal(1),
        )
        for row in figure.records.order_by("pk").values(*columns)
    ]


def _recounted(code: str, rows: list[tuple[Thing, Any, Decimal]], things: set[Thing]) -> Decimal:
    """The value by hand, in Python, from the rows that are left."""
    left = [row for row in rows if row[0] not in things]
    if indicators()[code].form == "rank":
        return max(left, key=lambda row: row[1][1])[2] if left else Decimal(0)
    firsts: dict[Any, Decimal] = {}
    for _thing, (key, _latest), amount in left:
        firsts.setdefault(key, amount)
    return sum((amount for key, amount in firsts.items() if key is not None), Decimal(0))


def _calculated(code: str, values: dict[str, Decimal | None]) -> Decimal | None:
    for part in indicators()[code].parts:
        if part not in values:
            values[part] = _calculated(part, values)
    return formulas.value(indicators()[code].formula, values)


@contextmanager
def gone(rows: list[models.Model]) -> Iterator[set[Thing]]:
    """`rows` and all that hangs on them deleted by SQL (keys are checked at a commit that never comes)."""
    with transaction.atomic():
        doomed = _hanging_on(rows)
        for table, keys in doomed.items():
            _delete(table, keys)
        yield {(table._meta.db_table, key) for table, keys in doomed.items() for key in keys}
        transaction.set_rollback(True)


def _hanging_on(rows: list[models.Model]) -> dict[type[models.Model], set[int]]:
    doomed: dict[type[models.Model], set[int]] = defaultdict(set)
    waiting = [(type(rows[0]), {row.pk for row in rows})]
    while waiting:
        model, keys = waiting.pop()
        fresh = keys - doomed[model]
        if not fresh:
            continue
        doomed[model] |= fresh
        for relation in _pointing_at(model):
            if relation.field.null or relation.many_to_many:
                continue
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": fresh})
            waiting.append((relation.related_model, set(rows.values_list("pk", flat=True))))
    return dict(reversed(doomed.items()))


def _pointing_at(model: type[models.Model]) -> list[Any]:
    """Relations from other tables, the hidden ones too."""
    fields = model._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and (one.one_to_many or one.one_to_one)]


def _delete(model: type[models.Model], keys: set[int]) -> None:
    quoted = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(keys))
    if not keys:
        return
    with connection.cursor() as cursor:
        column = quoted(model._meta.pk.column)
        table = quoted(model._meta.db_table)
        cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", list(keys))
