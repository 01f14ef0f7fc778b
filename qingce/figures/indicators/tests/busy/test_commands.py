"""The commands about figures: their JSON, their splits and masks, and the sentences when they refuse."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from qingce.figures.indicators.definitions import indicators
from qingce.figures.indicators.display import plain
from qingce.figures.indicators.tests.busy.busy_year import values
from qingce.foundation.refusals import Refused
from tests.full_year import YEAR, FullYear

pytestmark = pytest.mark.django_db

QUESTION = ("--unit", "demo", "--year", str(YEAR))
KEYS = {"code", "label", "topic", "value", "unit", "display", "basis", "rows", "definition"}
ROW_KEYS = {"model", "id", "number", "label", "unit", "date", "amount", "grade", "of"}


def said(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def answer(*words: str) -> Any:
    return json.loads(said(*words, "--json"))


def test_all_figures_come_with_their_values_in_the_order_of_the_chapters(busy: FullYear) -> None:
    told = answer("figures", *QUESTION)

    assert [one["code"] for one in told] == list(indicators())
    assert all(set(one) == KEYS for one in told)
    assert {one["code"]: one["value"] for one in told} == {
        code: plain(value) for code, value in values(busy).items()
    }


def test_for_people_each_figure_is_one_line_under_its_chapter(busy: FullYear) -> None:
    lines = said("figures", *QUESTION).splitlines()

    for indicator in indicators().values():
        assert any(line.endswith(f"\t{indicator}") for line in lines)
        assert indicator.chapter_label in lines


@pytest.mark.parametrize("code", indicators())
def test_one_figure_lists_the_rows_that_make_up_its_value(code: str, busy: FullYear) -> None:
    told = answer("figure", code, *QUESTION, "--rows")

    assert all(set(row) == ROW_KEYS for row in told["rows"])
    if "components" in told:
        assert [one["code"] for one in told["components"]] == indicators()[code].parts
        for part in told["components"]:
            if not indicators()[part["code"]].is_formula:
                assert (
                    sum(row["amount"] for row in told["rows"] if row["of"] == part["code"]) == part["value"]
                )
    else:
        assert sum(row["amount"] for row in told["rows"]) == told["value"]
    assert answer("figure", code, *QUESTION)["rows"] == len(told["rows"])


def test_names_of_persons_are_masked_unless_asked_for(busy: FullYear) -> None:
    masked = answer("figure", "new_members", *QUESTION, "--rows")
    named = answer("figure", "new_members", *QUESTION, "--rows", "--names")

    assert {row["label"] for row in masked["rows"]} == {"张**"}
    assert {row["label"] for row in named["rows"]} == {"张小明"}
    assert masked["value"] == named["value"] == len(masked["rows"])


def test_a_split_by_month_names_twelve_months(busy: FullYear) -> None:
    split = answer("figure", "all_lectures", *QUESTION, "--by", "month")["split"]

    assert [part["code"] for part in split] == [f"{YEAR}-{month:02d}" for month in range(1, 13)]
    assert sum(part["value"] for part in split) == answer("figure", "all_lectures", *QUESTION)["value"]
    assert all(set(part) == {"code", "label", "value"} for part in split)


def test_a_split_by_unit_names_the_units_below_and_then_its_own(busy: FullYear) -> None:
    split = answer("figure", "all_lectures", *QUESTION, "--by", "unit")["split"]

    assert {part["code"] for part in split} == {"demo-1", "demo-2", "demo-3", "demo"}
    assert split[-1]["code"] == "demo"
    assert sum(part["value"] for part in split) == answer("figure", "all_lectures", *QUESTION)["value"]


@pytest.mark.parametrize("by", ["unit", "month"])
def test_a_split_says_whether_its_parts_add_up(by: str, busy: FullYear, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    assert answer("figure", "all_lectures", *QUESTION, "--by", by)["adds"] is True
    assert answer("figure", "volunteers", *QUESTION, "--by", by)["adds"] is False
    assert "not add up" in said("figure", "volunteers", *QUESTION, "--by", by)
    assert "not add up" not in said("figure", "all_lectures", *QUESTION, "--by", by)


def test_for_people_a_figure_says_number_definition_and_rows(busy: FullYear) -> None:
    text = said("figure", "all_lectures", *QUESTION, "--rows", "--by", "month")
    told = answer("figure", "all_lectures", *QUESTION, "--rows")

    assert told["definition"] in text
    assert told["display"] in text
    for row in told["rows"]:
        assert f"  {row['date']}\t{row['amount']}\t{row['label']}\t{row['unit']}" in text.splitlines()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("figure", "all_lectuers", *QUESTION), "all_lectures"),
        (("figure", "all_lectures", "--unit", "nowhere", "--year", "2023"), "nowhere"),
        (("figures", "--unit", "demo", "--period", "last-spring"), "2023Q2"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(
    words: tuple[str, ...], named: str, busy: FullYear
) -> None:
    with pytest.raises(Refused, match=named):
        said(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("figures", "--unit", "demo"),
        ("figures", "--year", "2023"),
        ("figures", *QUESTION, "--period", "2023Q1"),
        ("figure", *QUESTION),
        ("figure", "all_lectures", *QUESTION, "--by", "colour"),
    ],
)
def test_an_incomplete_question_is_wrong_usage(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        said(*words)
