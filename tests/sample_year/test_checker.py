"""The checker on the sample year: its own summary agrees with the ledger, and altered figures do not."""

from __future__ import annotations

import io
import json
import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from qingce.figures.indicators.question import Question
from qingce.ledger.periods import Period
from qingce.reports.claims.checking import AGREES, DIFFERS, Checked, Judged, check
from qingce.reports.claims.extracting import received
from qingce.reports.claims.judging import step
from qingce.reports.compose import compose
from qingce.reports.outline import outlines
from qingce.reports.renderers import render
from tests.sample_year.expected import STATED

YEAR = Period.year(2023)
CODES = {code for code, _value, _form in STATED}
ALTERED = 10
DIGITS = re.compile(r"\d+(?:\.\d+)?|[二三四五六七八九](?=名)")


@pytest.fixture
def question(root) -> Question:
    return Question(root, YEAR)


@pytest.fixture
def summary(root) -> bytes:
    """The annual summary as .docx, as it is handed in."""
    return render(compose(outlines()["annual-summary"], root, YEAR), ".docx")


@pytest.fixture
def written(summary) -> str:
    return received(ContentFile(summary, name="summary.docx")).text


def slots() -> list[str]:
    """The indicators in the order in which the outline's text names them, growth left out."""
    found = outlines()["annual-summary"].slots()
    return [slot.code for slot in found if slot.sort == "figure" and slot.form != "change"]


def claims(checked: Checked) -> list[Judged]:
    return [one for one in checked.judged if one.claim.countable and one.claim.role != "change"]


def test_every_figure_of_the_summary_is_found_and_tied_to_its_own_indicator(written, question):
    found = claims(check(written, question))
    assert [one.indicator.code if one.indicator else one.claim.raw for one in found] == slots()
    assert set(slots()) >= CODES


def test_the_ledger_stands_behind_its_own_summary(written, question):
    checked = check(written, question)
    assert [one.claim.raw for one in claims(checked) if one.verdict != AGREES] == []
    assert checked.findings == ()


@pytest.mark.parametrize("seed", range(6))
def test_exactly_the_altered_figures_differ(written, question, seed):
    chance = random.Random(seed)
    found = claims(check(written, question))
    chosen = sorted(chance.sample(found, ALTERED), key=lambda one: -one.claim.start)
    text = written
    for one in chosen:
        claim = one.claim
        text = text[: claim.start] + altered(claim.raw, chance) + text[claim.end :]
    again = claims(check(text, question))
    differing = {one.indicator.code for one in again if one.verdict == DIFFERS}
    assert differing == {one.indicator.code for one in chosen}
    assert all(one.verdict == AGREES for one in again if one.indicator.code not in differing)


def altered(raw: str, chance: random.Random) -> str:
    """The same figure with another number, larger or smaller; one with 余 by its own precision at least."""

    def other(match: re.Match[str]) -> str:
        said = match.group()
        if not said.isascii():
            return chance.choice([one for one in "三四五六七八九" if one != said])
        value = int(said)
        by = int(step(Decimal(value))) if "余" in raw else 1
        more = chance.random() < 0.5 or value <= 3 * by
        return str(value + chance.choice([1, 2, 3]) * by if more else value - chance.choice([1, 2]) * by)

    return DIGITS.sub(other, raw, count=1)


def test_what_differs_names_both_numbers_and_leads_to_the_rows(written, question):
    text = written.replace("原创内容137篇", "原创内容147篇")
    one = next(one for one in check(text, question).judged if one.verdict == DIFFERS)
    assert (one.claim.raw, one.stated, one.value) == ("147篇", "137篇", 137)
    assert one.address.startswith("/figures/original_posts/")


def test_a_part_larger_than_its_whole_is_found_without_the_ledger(written):
    text = written.replace("改革案例12篇", "改革案例2篇")
    assert [one.sort for one in check(text).findings] == ["subset"]


def test_the_command_writes_what_programs_read(summary, tmp_path: Path, question):
    file = tmp_path / "summary.docx"
    file.write_bytes(summary)
    out = io.StringIO()
    call_command("verify", str(file), "--unit", "demo", "--year", "2023", "--json", stdout=out)
    said = json.loads(out.getvalue())["claims"]
    keys = {
        "start", "end", "raw", "value", "unit", "qualifier", "role", "countable",
        "indicator", "system", "ledger_value", "verdict",
    }  # fmt: skip
    assert all(keys <= set(one) for one in said)
    agreeing = [one for one in said if one["verdict"] == "agrees"]
    assert {one["indicator"] for one in agreeing} == set(slots())
    assert {one["verdict"] for one in said} == {"agrees", "no_indicator", "not_a_claim"}
