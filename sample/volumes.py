"""How much of each work a year holds: 2023 as the summary states it, 2022 as the lighter year before."""

from __future__ import annotations

YEARS = (2022, 2023)

VOLUMES: dict[str, dict[int, int]] = {
    # the leading body's study: sessions that are both study and discussion count in both
    "topic_studies": {2022: 10, 2023: 13},
    "discussions": {2022: 3, 2023: 4},
    "both_forms": {2022: 1, 2023: 2},
    "theme_days": {2022: 6, 2023: 12},
    "campaign_studies": {2022: 2, 2023: 4},
    "online_lessons": {2022: 18, 2023: 22},
    "lectures": {2022: 96, 2023: 143},
    "original_posts": {2022: 112, 2023: 137},
    "reprinted_posts": {2022: 44, 2023: 61},
    "ethnic_unity_events": {2022: 4, 2023: 5},
    "livestreams": {2022: 1, 2023: 2},
    "open_weeks": {2022: 3, 2023: 4},
    "fire_safety_events": {2022: 4, 2023: 6},
    "volunteer_activities": {2022: 66, 2023: 83},
    "matchmaking_events": {2022: 3, 2023: 4},
    "exam_sessions": {2022: 1, 2023: 2},
    "rights_events": {2022: 9, 2023: 12},
    "home_activities": {2022: 421, 2023: 508},
    "home_attendances": {2022: 7216, 2023: 9437},
    "delegate_activities": {2022: 188, 2023: 251},
    "deputies_meetings": {2022: 1, 2023: 2},
    "trainings": {2022: 4, 2023: 6},
    "contests": {2022: 4, 2023: 6},
    "courses": {2022: 11, 2023: 15},
    "class_hours": {2022: 1120, 2023: 1600},
    "course_children": {2022: 372, 2023: 507},
    "care_classes": {2022: 22, 2023: 30},
    "care_pupils": {2022: 758, 2023: 1043},
    "practice_students": {2022: 108, 2023: 143},
    "aid_degree": {2022: 12, 2023: 16},
    "aid_college": {2022: 9, 2023: 11},
    "scholarships": {2022: 99, 2023: 126},
    "plated_sites": {2022: 15, 2023: 24},
    "friendly_communities": {2022: 2, 2023: 3},
    "red_flags": {2022: 3, 2023: 4},
    "outstanding_cadres": {2022: 2, 2023: 2},
    "bulletins": {2022: 88, 2023: 110},
    "openings": {2022: 3874, 2023: 5036},
    "policies": {2022: 24, 2023: 34},
    "reform_cases": {2022: 8, 2023: 12},
    "named_outlets": {2022: 2, 2023: 3},
    "paired_students": {2022: 8, 2023: 11},
    "problems": {2022: 7, 2023: 9},
    "line_cases": {2022: 28, 2023: 41},
    "pioneer_recommendations": {2022: 121, 2023: 146},
    "party_recommendations": {2022: 41, 2023: 50},
    "admissions": {2022: 230, 2023: 259},
    "registered": {2022: 152, 2023: 152},  # by name, in the streets that keep the list
}


def volume(work: str, year: int) -> int:
    return VOLUMES[work][year]
