"""A misspelling anywhere in the catalogue stops the program before it serves or does anything."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from qingce.__main__ import REFUSED
from qingce.figures.indicators.definitions import indicators
from qingce.foundation import catalogue
from qingce.reports.claims import vocabulary
from tests.test_program import qingce

FOLDERS = sorted({path.parent.relative_to(settings.CATALOGUE) for path in settings.CATALOGUE.rglob("*.toml")})


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings.CATALOGUE, tmp_path / "catalogue"))


@pytest.fixture
def read_anew(copied: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """The copy, read as at a start: nothing is remembered."""
    unremembered = [getattr(part, "__wrapped__", part) for part in catalogue._parts]
    monkeypatch.setattr(catalogue, "_parts", unremembered)
    monkeypatch.setattr(vocabulary, "indicators", indicators.__wrapped__)
    settings.CATALOGUE = copied
    return copied


def misspell(folder: Path, file: str, right: str, wrong: str) -> None:
    path = folder / file
    written = path.read_text(encoding="utf-8")
    assert right in written
    path.write_text(written.replace(right, wrong, 1), encoding="utf-8")


def test_the_shipped_catalogue_is_understood(read_anew: Path) -> None:
    assert catalogue.complained_of() == []


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_folder_is_read_at_the_start_and_its_files_are_named(folder: Path, read_anew: Path) -> None:
    (read_anew / folder / "zz.toml").write_text("[half", encoding="utf-8")

    complaints = catalogue.complained_of()

    assert any(one.startswith(f"{folder}/zz.toml: ") for one in complaints)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "sentence"),
    [
        (
            "roles/roles.toml",
            '"record.see"',
            '"record.sea"',
            r"\[branch_secretary\] may: “record.sea” .* “record.see”",
        ),
        (
            "purposes/purposes.toml",
            '"membership.helper"',
            '"membership.hepler"',
            r"\[league_register\] facts: “membership.hepler” is not known; perhaps “membership.helper”",
        ),
        (
            "purposes/purposes.toml",
            'kinds      = ["pioneer_recommendation"]',
            'kinds      = ["poineer_recommendation"]',
            r"\[pioneer_recommendation\] kinds: “poineer_recommendation” .* “pioneer_recommendation”",
        ),
        (
            "retention/retention.toml",
            '"people.person.phone"',
            '"people.person.phnoe"',
            r"\[children_and_guests\] erase: “people.person.phnoe” .* “people.person.phone”",
        ),
        (
            "retention/retention.toml",
            '"last_seen"',
            '"last_sene"',
            r"\[children_and_guests\] after: “last_sene” .* “last_seen”",
        ),
        (
            "indicators/1-opening.toml",
            '"assessment"',
            '"asssesment"',
            r"\[reform_rank\] system: “asssesment” is not known; perhaps “assessment”",
        ),
        (
            "reading/cues/cues.toml",
            "before = ",
            "beofre = ",
            r"\[more_than\] “beofre” is not a key .* “before”",
        ),
        (
            "reading/cues/cues.toml",
            "[nearly]",
            "[neraly]",
            r"\[neraly\] cue: “neraly” is not known; perhaps “nearly”",
        ),
        ("reading/cues/cues.toml", "nouns  =", "onuns  =", r"\[scope\] “onuns” is not a key .* “nouns”"),
        (
            "documents/sentences/annual.toml",
            "{{practice_students|change}}",
            "{{practice_students|cahnge}}",
            r"text: “cahnge” is not known; perhaps “change”",
        ),
        ("documents/wording/rules.toml", "{word}", "{wodr}", r"say: “wodr” is not known; perhaps “word”"),
        (
            "documents/briefing.toml",
            "\nabove = ",
            "\nabvoe = ",
            r"\[briefing\] settings: “abvoe” is used by no text here; perhaps “above”",
        ),
    ],
)
def test_a_misspelling_is_named_with_file_stanza_and_what_it_could_be(
    file: str, right: str, wrong: str, sentence: str, read_anew: Path
) -> None:
    misspell(read_anew, file, right, wrong)

    complaints = catalogue.complained_of()

    assert any(one.startswith(f"{file} [") and re.search(sentence, one) for one in complaints), complaints


def test_two_parts_complain_together(read_anew: Path) -> None:
    misspell(read_anew, "roles/roles.toml", "label_en", "labell_en")
    misspell(read_anew, "documents/briefing.toml", "label_en", "labell_en")

    complaints = "\n".join(catalogue.complained_of())

    assert "roles/roles.toml" in complaints
    assert "documents/briefing.toml" in complaints


@pytest.mark.parametrize("words", [("serve", "--port", "9"), ("figures", "--unit", "demo", "--year", "2023")])
def test_neither_server_nor_command_begins_with_a_misspelling(words: tuple[str, ...], copied: Path) -> None:
    misspell(copied, "roles/roles.toml", "label_en", "labell_en")

    answer = qingce(*words, QINGCE_CATALOGUE=str(copied))

    assert answer.returncode == REFUSED
    assert "roles/roles.toml [branch_secretary] “label_en” is missing" in answer.stderr
    assert "Traceback" not in answer.stderr
