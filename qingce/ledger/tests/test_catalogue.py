"""A misspelt catalogue stops the start-up: it names file and stanza, the word, and what it could be."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused
from qingce.league.access.roles import read_roles, roles
from qingce.ledger.kinds.catalogue import FAMILIES, PARTS, read_taxonomy, taxonomy

Read = Callable[[Path], Any]

STANZAS = {
    "kinds": (
        '[probe]\nlabel = "试类"\nlabel_en = "Probe"\nfamily = "activities"\nparts = ["head_count", "tags"]\n'
        'stages = ["planned", "held"]\ndone = "held"\nevidence = ["签到表"]\n'
    ),
    "series": '[probe_run]\nlabel = "试列"\nlabel_en = "Run"\nkind = "probe"\naddressed = true\n',
    "words": '[probe_words]\nlabel = "试词"\nlabel_en = "Words"\n[probe_words.words]\none = ["一", "One"]\n',
    "roles": '[probe_role]\nlabel = "试职"\nlabel_en = "Role"\nmay = ["record.see", "record.enter"]\n',
}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """The shipped catalogue with one stanza more in every folder."""
    shutil.copytree(settings.CATALOGUE, tmp_path / "catalogue")
    for folder, stanza in STANZAS.items():
        (tmp_path / "catalogue" / folder / "probe.toml").write_text(stanza, encoding="utf-8")
    return tmp_path / "catalogue"


def complaint(catalogue: Path, read: Read) -> str:
    with pytest.raises(CatalogueRefused) as refused:
        read(catalogue)
    return str(refused.value)


def misspell(catalogue: Path, folder: str, right: str, wrong: str) -> None:
    path = catalogue / folder / "probe.toml"
    written = path.read_text(encoding="utf-8")
    assert right in written
    path.write_text(written.replace(right, wrong, 1), encoding="utf-8")


def test_the_probe_is_read_as_written(catalogue: Path) -> None:
    read = read_taxonomy(catalogue)

    assert read.kinds["probe"].parts == {"head_count", "tags"}
    assert read.kinds["probe"].done == "held"
    assert read.series["probe_run"].kind == "probe"
    assert str(read.facets["probe_words"].words["one"]) in {"一", "One"}
    assert read_roles(catalogue)["probe_role"].permissions == {"record.see", "record.enter"}


@pytest.mark.parametrize(
    ("folder", "stanza", "right", "wrong", "word", "suggestion"),
    [
        ("kinds", "probe", '"head_count"', '"head_cuont"', "head_cuont", "head_count"),
        ("kinds", "probe", '"activities"', '"activites"', "activites", "activities"),
        ("kinds", "probe", '"planned"', '"plannd"', "plannd", "planned"),
        ("kinds", "probe", 'done = "held"', 'done = "hled"', "hled", "held"),
        ("kinds", "probe", "evidence =", "evidenc =", "evidenc", "evidence"),
        ("kinds", "probe", "label_en =", "labelen =", "labelen", "label_en"),
        ("series", "probe_run", '"probe"', '"prob"', "prob", "probe"),
        ("series", "probe_run", "addressed", "adressed", "adressed", "addressed"),
        ("words", "probe_words", "label_en", "label_em", "label_em", "label_en"),
    ],
)
def test_a_misspelt_word_is_named_with_its_place_and_what_it_could_be(
    folder: str, stanza: str, right: str, wrong: str, word: str, suggestion: str, catalogue: Path
) -> None:
    misspell(catalogue, folder, right, wrong)
    said = complaint(catalogue, read_taxonomy)

    line = next(line for line in said.splitlines() if f"“{word}”" in line)
    assert f"{folder}/probe.toml [{stanza}]" in line
    assert f"“{suggestion}”" in line


@pytest.mark.parametrize(
    ("right", "wrong", "word", "suggestion"),
    [
        ('"record.see"', '"record.sea"', "record.sea", "record.see"),
        ("may =", "my =", "my", "may"),
    ],
)
def test_a_misspelt_permission_is_named(
    right: str, wrong: str, word: str, suggestion: str, catalogue: Path
) -> None:
    misspell(catalogue, "roles", right, wrong)
    said = complaint(catalogue, read_roles)

    line = next(line for line in said.splitlines() if f"“{word}”" in line)
    assert "roles/probe.toml [probe_role]" in line
    assert f"“{suggestion}”" in line


@pytest.mark.parametrize(
    ("folder", "right", "wrong", "sentence"),
    [
        ("kinds", 'label = "试类"\n', "", "kinds/probe.toml [probe] “label” is missing"),
        ("kinds", '["签到表"]', '"签到表"', "kinds/probe.toml [probe] evidence: '签到表' should be a list"),
        ("kinds", '"tags"', '"payments"', "“payments” belongs to programmes, not to activities"),
        ("kinds", 'done = "held"', 'done = "closed"', "done: “closed” is not among the stages"),
        ("series", "true", '"yes"', "series/probe.toml [probe_run] addressed: 'yes' should be a bool"),
        ("words", '["一", "One"]', '"一"', "words.one: expected [“Chinese”, “English”]"),
    ],
)
def test_a_wrong_or_missing_value_is_named(
    folder: str, right: str, wrong: str, sentence: str, catalogue: Path
) -> None:
    misspell(catalogue, folder, right, wrong)
    assert sentence in complaint(catalogue, read_taxonomy)


@pytest.mark.parametrize(
    ("folder", "read"),
    [("kinds", read_taxonomy), ("series", read_taxonomy), ("words", read_taxonomy), ("roles", read_roles)],
)
def test_a_stanza_written_twice_is_named_with_both_places(folder: str, read: Read, catalogue: Path) -> None:
    shutil.copy(catalogue / folder / "probe.toml", catalogue / folder / "probe_again.toml")
    said = complaint(catalogue, read)

    assert f"{folder}/probe_again.toml [probe" in said
    assert f"stands already in {folder}/probe.toml" in said


@pytest.mark.parametrize(
    ("folder", "read"),
    [("kinds", read_taxonomy), ("series", read_taxonomy), ("words", read_taxonomy), ("roles", read_roles)],
)
def test_a_file_that_is_not_toml_is_named_with_its_line(folder: str, read: Read, catalogue: Path) -> None:
    (catalogue / folder / "broken.toml").write_text("[broken\n", encoding="utf-8")
    said = complaint(catalogue, read)

    assert f"{folder}/broken.toml: " in said
    assert "line 1" in said


def test_every_complaint_is_made_at_once_and_stops_the_program(catalogue: Path) -> None:
    misspell(catalogue, "kinds", '"head_count"', '"head_cuont"')
    misspell(catalogue, "series", "addressed", "adressed")
    with pytest.raises(SystemExit) as stopped:
        read_taxonomy(catalogue)

    assert stopped.value.code not in {0, None}
    assert "head_cuont" in str(stopped.value)
    assert "adressed" in str(stopped.value)


# The shipped catalogue


@pytest.mark.parametrize("code", taxonomy().kinds)
def test_every_kind_has_two_names_a_family_and_a_last_stage(code: str) -> None:
    kind = taxonomy().kinds[code]
    assert kind.label
    assert kind.label_en
    assert kind.family in FAMILIES
    assert kind.done in kind.stages


def test_every_family_and_every_part_is_chosen_by_some_kind() -> None:
    kinds = taxonomy().kinds.values()
    assert {kind.family for kind in kinds} == set(FAMILIES)
    assert {part for kind in kinds for part in kind.parts} == set(PARTS)


def test_names_of_kinds_are_never_shared() -> None:
    labels = [kind.label for kind in taxonomy().kinds.values()]
    assert len(set(labels)) == len(labels)


def test_every_role_may_do_something() -> None:
    assert [role.code for role in roles().values() if not role.permissions] == []
