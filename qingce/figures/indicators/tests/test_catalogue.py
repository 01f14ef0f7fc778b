"""Indicators as the catalogue defines them; a misspelt one stops the start-up with file, stanza and word."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from qingce.figures.indicators.definitions import Indicator, indicators, read_indicators
from qingce.foundation.stanzas import CatalogueRefused
from qingce.ledger.kinds.catalogue import taxonomy

COUNT = """
[probe]
label = "试数"
label_en = "Probe"
chapter = "thought"
unit = "场次"
unit_en = "events"
source = "activities.activity"
take = "activities"
where = { kind = ["lecture"], theme = ["party_congress_20"], on_cloud = true }
basis = "flow"
note = "试数的口径。"
note_en = "What the probe counts."
version = 1
"""
RATIO = """
[ratio]
label = "试比"
label_en = "Ratio"
chapter = "thought"
unit = "%"
unit_en = "%"
formula = "probe / probe"
basis = "flow"
note = "试比的口径。"
note_en = "What the ratio says."
version = 1
"""


def read(folder: Path, text: str) -> dict[str, Indicator]:
    (folder / "indicators").mkdir()
    (folder / "indicators" / "probe.toml").write_text(text, encoding="utf-8")
    return read_indicators(folder)


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(CatalogueRefused) as refused:
        read(folder, text)
    return str(refused.value)


# What each indicator says of itself


@pytest.mark.parametrize("code", indicators())
def test_each_indicator_is_said_in_two_languages_and_has_a_version(code: str) -> None:
    indicator = indicators()[code]

    assert re.search("[一-鿿]", indicator.label)
    assert re.search("[一-鿿]", indicator.note)
    assert not re.search("[一-鿿]", indicator.label_en + indicator.note_en + indicator.unit_en)
    assert indicator.label_en
    assert indicator.note_en
    assert indicator.version >= 1
    assert indicator.unit
    with translation.override("en"):
        assert (str(indicator), indicator.definition) == (indicator.label_en, indicator.note_en)
    with translation.override("zh-hans"):
        assert (str(indicator), indicator.definition) == (indicator.label, indicator.note)


def test_labels_and_definitions_are_never_shared() -> None:
    assert len({one.label for one in indicators().values()}) == len(indicators())
    assert len({one.digest for one in indicators().values()}) == len(indicators())


def test_every_kind_of_work_is_counted_by_some_figure() -> None:
    counted = {kind for one in indicators().values() for kind in one.where.get("kind", [])}
    assert taxonomy().kinds.keys() - counted == set()


@pytest.mark.parametrize("code", [code for code, one in indicators().items() if one.is_formula])
def test_a_formula_is_a_stock_when_all_its_parts_are(code: str) -> None:
    bases = {indicators()[part].basis for part in indicators()[code].parts}
    assert indicators()[code].basis == ("stock" if bases == {"stock"} else "flow")


@pytest.mark.parametrize(
    "change",
    [
        {"note": "另一种口径。"},
        {"where": {"kind": ["league_lesson"]}},
        {"take": "attendances"},
        {"source": "activities.session"},
        {"formula": "a / b"},
        {"basis": "stock"},
    ],
)
def test_the_digest_changes_with_whatever_decides_the_value(change: dict[str, Any]) -> None:
    lectures = indicators()["all_lectures"]
    assert replace(lectures, **change).digest != lectures.digest


def test_the_digest_stays_when_only_the_presentation_changes() -> None:
    lectures = indicators()["all_lectures"]
    assert replace(lectures, label="宣讲", form="more", chapter="youth").digest == lectures.digest


def test_the_probe_is_read_as_written(tmp_path: Path) -> None:
    found = read(tmp_path, COUNT + RATIO)

    assert list(found) == ["probe", "ratio"]
    assert found["probe"].where == {"kind": ["lecture"], "theme": ["party_congress_20"], "on_cloud": True}
    assert (found["probe"].adds, found["probe"].form) == (True, "exact")
    assert (found["ratio"].adds, found["ratio"].form, found["ratio"].parts) == (False, "percent", ["probe"])


def test_chapters_come_in_the_order_of_the_summary(tmp_path: Path) -> None:
    later = COUNT.replace("[probe]", "[later]").replace('"thought"', '"youth"')
    assert list(read(tmp_path, later + COUNT)) == ["probe", "later"]


def test_the_shipped_catalogue_can_be_read_from_any_place(tmp_path: Path) -> None:
    shutil.copytree(settings.CATALOGUE / "indicators", tmp_path / "indicators")
    found = read_indicators(tmp_path)

    assert list(found) == list(indicators())
    for field in fields(Indicator):
        for code, indicator in indicators().items():
            assert getattr(found[code], field.name) == getattr(indicator, field.name)


# Misspellings


@pytest.mark.parametrize(
    ("right", "wrong", "word", "suggestion"),
    [
        ('"activities.activity"', '"activities.activty"', "activities.activty", "activities.activity"),
        ('take = "activities"', 'take = "activites"', "activites", "activities"),
        ("kind = [", "kinds = [", "kinds", "kind"),
        ('["lecture"]', '["lectur"]', "lectur", "lecture"),
        ('"party_congress_20"', '"party_congres_20"', "party_congres_20", "party_congress_20"),
        ('basis = "flow"', 'basis = "flows"', "flows", "flow"),
        ('chapter = "thought"', 'chapter = "thougt"', "thougt", "thought"),
        ('basis = "flow"', 'basis = "flow"\nform = "percentage"', "percentage", "percent"),
        ("version = 1", "versoin = 1", "versoin", "version"),
        ("label_en =", "lable_en =", "lable_en", "label_en"),
    ],
)
def test_a_misspelt_word_is_named_with_its_place_and_what_it_could_be(
    right: str, wrong: str, word: str, suggestion: str, tmp_path: Path
) -> None:
    said = complaint(tmp_path, COUNT.replace(right, wrong, 1))

    line = next(line for line in said.splitlines() if f"“{word}”" in line)
    assert "indicators/probe.toml [probe]" in line
    assert f"“{suggestion}”" in line


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ('note = "试数的口径。"\n', "", "“note” is missing"),
        ("version = 1", 'version = "1"', "version: '1' should be a int"),
        ("on_cloud = true", 'on_cloud = "yes"', "where.on_cloud: 'yes' should be true or false"),
        ('basis = "flow"', 'basis = "stock"', "basis: “stock” does not fit the source; it is a flow"),
        ('source = "activities.activity"', 'source = "league.units"', "it is a stock"),
    ],
)
def test_a_wrong_or_missing_value_is_named(right: str, wrong: str, sentence: str, tmp_path: Path) -> None:
    said = complaint(tmp_path, COUNT.replace(right, wrong, 1))

    assert sentence in said
    assert "indicators/probe.toml [probe]" in said


def test_every_complaint_is_made_at_once(tmp_path: Path) -> None:
    said = complaint(tmp_path, COUNT.replace("lecture", "lectur").replace("thought", "thougt"))
    assert "“lectur”" in said
    assert "“thougt”" in said


def test_a_stanza_written_twice_is_named(tmp_path: Path) -> None:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "again.toml").write_text(COUNT, encoding="utf-8")
    (tmp_path / "indicators" / "probe.toml").write_text(COUNT, encoding="utf-8")

    with pytest.raises(
        CatalogueRefused, match=r"probe\.toml \[probe\] stands already in indicators/again\.toml"
    ):
        read_indicators(tmp_path)


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    said = complaint(tmp_path, COUNT + "\n[broken\n")
    assert "indicators/probe.toml" in said
    assert "line" in said


def test_a_key_outside_any_stanza_is_named(tmp_path: Path) -> None:
    assert "indicators/probe.toml: “label” stands outside any [stanza]" in complaint(tmp_path, 'label = "试"')


# Formulas


def test_a_formula_with_an_unknown_name_is_refused_with_a_near_one(tmp_path: Path) -> None:
    said = complaint(tmp_path, COUNT + RATIO.replace("probe / probe", "probe / prob"))
    assert "[ratio] formula: “prob” is not known; perhaps “probe”" in said


@pytest.mark.parametrize("formula", ["probe ** 2", "probe /", "sum(probe)", "probe + 'a'", "-probe"])
def test_a_formula_that_is_not_arithmetic_is_refused(formula: str, tmp_path: Path) -> None:
    said = complaint(tmp_path, COUNT + RATIO.replace("probe / probe", formula))
    assert "indicators/probe.toml [ratio] formula:" in said
    assert formula in said


def test_a_formula_that_names_itself_is_refused(tmp_path: Path) -> None:
    said = complaint(tmp_path, COUNT + RATIO.replace("probe / probe", "ratio / probe"))
    assert "[ratio] formula: “ratio” is worked out from itself (ratio → ratio)" in said


def test_formulas_that_name_each_other_are_all_refused_and_one_beside_them_is_not(tmp_path: Path) -> None:
    first = RATIO.replace("[ratio]", "[first]").replace("probe / probe", "second + probe")
    second = RATIO.replace("[ratio]", "[second]").replace("probe / probe", "third * 2")
    third = RATIO.replace("[ratio]", "[third]").replace("probe / probe", "first - probe")
    beside = RATIO.replace("probe / probe", "first / probe")

    said = complaint(tmp_path, COUNT + first + second + third + beside)

    assert "[first] formula: “first” is worked out from itself (first → second → third → first)" in said
    assert "[second] formula:" in said
    assert "[third] formula:" in said
    assert "[ratio]" not in said


def test_formulas_may_stand_on_formulas(tmp_path: Path) -> None:
    higher = RATIO.replace("[ratio]", "[higher]").replace("probe / probe", "ratio + ratio * probe")
    assert list(read(tmp_path, COUNT + RATIO + higher)) == ["probe", "ratio", "higher"]
