"""The catalogue of reading is complete, is checked word by word, and holds no phrase of somebody's text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.stanzas import CatalogueRefused
from qingce.reports.claims.vocabulary import PARTS, read_vocabulary, vocabulary

HERE = Path(__file__).parent
SYSTEMS = [
    "assessment", "brand_title", "care_aid", "charity_class", "contest", "delegates",
    "entrepreneurship", "event", "face_to_face", "fire_safety", "friendly_community", "friendly_space",
    "holiday_care", "honours", "hotline_12355", "internship", "jobs", "joint_conference",
    "league_theme_day", "lecture_corps", "livestream", "media_coverage", "medical_aid",
    "member_development", "mental_health", "new_media", "online_class", "org_coverage", "paired_aid",
    "policy", "recommend_to_party", "rights_law", "role_models", "rural", "scholarship", "social",
    "staffing", "study", "supervision", "training", "visit_survey", "volunteer",
    "young_pioneer_recommendation", "young_pioneers", "youth_commando", "youth_home",
]  # fmt: skip
LENGTH = 6  # a run of so many characters that stands in a measured text as well is a phrase of it


def test_every_kind_of_work_that_summaries_speak_of_has_its_words():
    assert set(vocabulary().kinds) == set(SYSTEMS)
    assert all(len(kind.words) >= 3 for kind in vocabulary().kinds.values())


def test_every_indicator_belongs_to_a_kind_that_is_known():
    assert {one.system for one in indicators().values()} - set(SYSTEMS) - {""} == set()


def test_every_tie_needs_words_and_fits_a_measure_word():
    for tie in vocabulary().ties.values():
        assert tie.units, tie.code
        assert tie.needed, tie.code
        assert all(tie.needed), tie.code


def test_no_word_of_the_catalogue_is_a_phrase_of_the_texts_that_measure_it():
    """Those texts are not here; of each run of six characters in them a digest is."""
    foreign = set((HERE / "foreign_phrases.txt").read_text(encoding="utf-8").split())
    common = set((HERE / "common_names.txt").read_text(encoding="utf-8").split())
    assert len(foreign) > 1000
    found = {
        word for word in words() if word not in common and any(digest(run) in foreign for run in runs(word))
    }
    assert found == set()


def words() -> set[str]:
    found = vocabulary()
    said = {word for kind in found.kinds.values() for word in kind.words}
    said |= {word for cue in found.cues.values() for list_ in cue.values() for word in list_}
    said |= {
        word
        for tie in found.ties.values()
        for group in (*tie.needed, tie.leaning, tie.excluded)
        for word in group
    }
    return said | set(found.names) | set(found.words)


def runs(text: str) -> set[str]:
    return {
        part[at : at + LENGTH]
        for part in re.findall(r"[\u4e00-\u9fff]+", text)
        for at in range(len(part) - LENGTH + 1)
    }


def digest(run: str) -> str:
    return hashlib.sha256(run.encode()).hexdigest()[:8]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    for part in PARTS:
        (tmp_path / "reading" / part).mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("part", "written", "complaint"),
    [
        ("kinds", '[x]\nlabel = "某"\nlabel_en = "x"\nstrnog = ["字"]', "strnog"),
        ("kinds", '[x]\nlabel = "某"\nlabel_en = "x"\nstrong = ["字"]\nweak = ["字"]', "字"),
        ("kinds", '[x]\nlabel = "某"\nlabel_en = "x"\nframes = ["全县"]', "#"),
        ("ties", '[lectuers]\nunits = ["场"]', "lectures"),
        ("ties", '[lectures]\nunits = ["场"]\nsystems = ["talks"]', "talks"),
        ("measures", '[x]\nwords = ["场"]\nshure = true', "shure"),
        ("names", "[x]\nwords = 3", "list"),
    ],
)
def test_a_slip_in_the_catalogue_stops_the_program_and_is_named(catalogue, part, written, complaint):
    (catalogue / "reading" / part / "x.toml").write_text(written, encoding="utf-8")
    with pytest.raises(CatalogueRefused, match=complaint):
        read_vocabulary(catalogue)
