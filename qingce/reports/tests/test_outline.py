"""The outline is data: figures stand in it as slots only, and a misspelling stops the program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from qingce.figures.indicators.definitions import indicators
from qingce.foundation.stanzas import CatalogueRefused
from qingce.reports.outline import outlines, read_outlines

NUMBERED = [
    "reform_rank", "topic_studies", "discussions", "reading_classes", "theme_branches",
    "theme_members", "theme_studies", "theme_day_issues", "online_lesson_issues", "lectures",
    "original_posts", "ethnic_unity_events", "practice_students", "farm_livestreams",
    "civilisation_units_striving", "safety_posts_striving", "open_week_events",
    "fire_safety_events", "friendly_communities", "volunteer_sessions", "shops_and_spaces",
    "matchmaking_events", "job_bulletins", "job_openings", "paired_graduates", "youth_policies",
    "aided_students", "aid_paid", "public_courses", "public_course_children", "class_hours",
    "care_terms", "care_pupils", "exam_stress_sessions", "rights_events", "reform_cases",
    "reform_cases_named_outlets", "honoured_units", "honoured_cadres", "new_units", "new_members",
    "pioneer_recommendations", "party_recommendations", "youth_home_activities",
    "youth_home_attendances", "youth_home_cloud_rate", "delegate_activities",
    "face_to_face_meetings", "rectification_items", "trainings", "contests",
]  # fmt: skip
UNNUMBERED = [
    "reform_grade", "reform_list", "may_fourth_gala", "hard_work_lessons", "volunteer_brand",
    "joint_meeting", "aid_projects", "congress",
]  # fmt: skip


def test_all_fifty_one_figures_and_the_claims_without_a_number_have_their_place() -> None:
    summary = outlines()["annual-summary"]
    facts = {slot.code for slot in summary.slots() if slot.sort == "fact"}

    assert len(NUMBERED) == 51
    assert set(NUMBERED) <= set(summary.codes())
    assert set(UNNUMBERED) == facts
    assert "school_inspection_rate" in summary.codes()


def test_four_chapters_of_three_points_and_a_plan() -> None:
    summary = outlines()["annual-summary"]

    assert [len(chapter.points) for chapter in summary.chapters] == [3, 3, 3, 3]
    assert 3 <= len(summary.plan.points) <= 5


def test_headings_of_a_chapter_are_parallel() -> None:
    summary = outlines()["annual-summary"]
    for chapter in (*summary.chapters, summary.plan):
        assert len({len(point.heading) for point in chapter.points}) == 1


def test_no_outline_types_a_figure() -> None:
    for path in sorted((settings.CATALOGUE / "documents").glob("*.toml")):
        text = re.sub(r"\{\{[^}]*\}\}|^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
        lines = [line for line in text.splitlines() if not line.startswith(("names_with_digits", "limit"))]
        plain = "\n".join(lines).replace("12355", "").replace("3·15", "")
        assert not re.search(r"\d", plain), path.name


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("{{lectures}}", "{{lecturs}}", "“lecturs” is not known; perhaps “lectures”"),
        ("{{lectures}}", "{{lectures|mroe}}", "“mroe” in “lectures|mroe” is not known; perhaps “more”"),
        ("{{lectures}}", "一百四十场次140", "“140” is typed by hand"),
        ("{{lectures}}", "近{{lectures}}", "“近” beside a figure"),
        ("{{lectures}}", "{{lectures}}余", "“余” beside a figure"),
        ("{{fact:congress}}", "{{fact:congres}}", "“congres” is not known; perhaps “congress”"),
        ("{{fact:congress}}", "全面覆盖", "“全面覆盖” must be checked"),
        ("{area}", "{aera}", "“aera” is not known; perhaps “area”"),
        ("{area}", "{area", "brace out of place"),
        ('heading = "抓实理论学习"', 'heding = "抓实理论学习"', "“heading” is missing"),
    ],
)
def test_a_misspelling_names_file_stanza_word_and_what_it_could_be(
    before: str, after: str, complaint: str, tmp_path: Path
) -> None:
    catalogue = _copied(tmp_path)
    outline = catalogue / "documents" / "annual_summary.toml"
    text = outline.read_text(encoding="utf-8")
    assert before in text
    outline.write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(CatalogueRefused) as refused:
        read_outlines(catalogue)

    said = "\n".join(refused.value.complaints)
    assert "documents/annual_summary.toml [annual_summary" in said
    assert complaint in said


def test_a_fact_that_reads_an_unknown_column_is_refused(tmp_path: Path) -> None:
    catalogue = _copied(tmp_path)
    facts = catalogue / "documents" / "facts.toml"
    text = facts.read_text(encoding="utf-8").replace("verdict__grade", "verdict__grad")
    facts.write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueRefused, match=r"\[reform_grade\] column: “grad” is not known"):
        read_outlines(catalogue)


def test_every_slot_speaks_of_an_indicator_with_a_definition() -> None:
    for outline in outlines().values():
        for code in outline.codes():
            assert indicators()[code].note


def _copied(tmp_path: Path) -> Path:
    shutil.copytree(settings.CATALOGUE / "documents", tmp_path / "documents")
    return tmp_path
