"""The table of rules, case by case: what each says on the day before it changed, on the day, and after."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from qingce.league.rules import ruling
from qingce.league.rules.catalogue import rules

NONE = None  # no value was in force
HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)

# rule, day, value in force
VALUES: list[tuple[str, str, Any]] = [
    ("admission_age_least", "2023-07-31", 14),
    ("admission_age_least", "2023-08-01", 14),
    ("admission_age_under", "2023-07-31", 28),
    ("admission_age_under", "2023-08-01", 28),
    ("imported_join_age_least", "2016-12-31", 12),
    ("imported_join_age_least", "2017-01-01", 13),
    ("imported_join_age_least", "2017-01-02", 13),
    ("admission_talk_months_most", "2023-07-31", 1),
    ("admission_talk_months_most", "2023-08-01", 1),
    ("admission_mentors_least", "2023-07-31", 1),
    ("admission_mentors_least", "2023-08-01", 1),
    ("admission_mentors_most", "2023-07-31", 2),
    ("admission_mentors_most", "2023-08-01", 2),
    ("admission_training_months_least", "2023-07-31", 3),
    ("admission_training_months_least", "2023-08-01", 3),
    ("admission_lesson_hours_least", "2023-07-31", 8),
    ("admission_lesson_hours_least", "2023-08-01", 8),
    ("admission_mentor_talks_least", "2023-07-31", NONE),
    ("admission_mentor_talks_least", "2023-08-01", 2),
    ("admission_notice_days_least", "2023-07-31", 5),
    ("admission_notice_days_least", "2023-08-01", 5),
    ("admission_sponsors", "2023-07-31", 2),
    ("admission_sponsors", "2023-08-01", 2),
    ("admission_vote_present_share", "2023-07-31", HALF),
    ("admission_vote_present_share", "2023-08-01", HALF),
    ("admission_vote_favour_share", "2023-07-31", HALF),
    ("admission_vote_favour_share", "2023-08-01", HALF),
    ("admission_vote_base_entitled", "2023-07-31", NONE),
    ("admission_vote_base_entitled", "2023-08-01", True),
    ("admission_approval_months_most", "2023-07-31", NONE),
    ("admission_approval_months_most", "2023-08-01", 1),
    ("admission_volunteer_hours_least", "2023-07-31", 20),
    ("admission_volunteer_hours_least", "2023-08-01", NONE),
    ("admission_volunteer_hours_least", "2023-08-02", NONE),
    ("admission_online_lessons_share", "2023-07-31", Fraction(1)),
    ("admission_online_lessons_share", "2023-08-01", NONE),
    ("admission_hours_threshold_forbidden", "2023-07-31", NONE),
    ("admission_hours_threshold_forbidden", "2023-08-01", True),
    ("admission_steps", "2023-07-31", NONE),
    ("admission_steps", "2023-08-01", 10),
    ("admission_notices", "2023-07-31", NONE),
    ("admission_notices", "2023-08-01", 3),
    ("admission_musts", "2023-07-31", NONE),
    ("admission_musts", "2023-08-01", 6),
    ("admission_dates_rise", "2010-01-01", True),
    ("quota_junior_middle_share", "2023-05-01", Fraction(3, 10)),
    ("quota_senior_middle_share", "2023-05-01", Fraction(3, 5)),
    ("pioneer_recommendation_age_least", "2023-05-01", 14),
    ("party_recommendation_age_least", "2023-05-01", 18),
    ("party_recommendation_membership_years_least", "2023-05-01", 1),
    ("party_recommendation_application_months_least", "2023-05-01", 6),
    ("party_recommendation_branch_share", "2023-05-01", FIFTH),
    ("party_recommendation_valid_years", "2023-05-01", 2),
    ("development_number_required", "2016-12-31", NONE),
    ("development_number_required", "2017-01-01", True),
    ("development_number_required", "2017-01-02", True),
    ("development_number_required_xinjiang", "2015-12-31", NONE),
    ("development_number_required_xinjiang", "2016-01-01", True),
    ("development_number_digits", "2016-12-31", NONE),
    ("development_number_digits", "2017-01-01", 12),
    ("development_number_old_digits_least", "2016-12-31", 5),
    ("development_number_old_digits_least", "2017-01-01", NONE),
    ("development_number_legacy_digits", "2014-12-31", NONE),
    ("development_number_legacy_digits", "2015-01-01", 16),
    ("development_number_legacy_digits", "2017-12-31", 16),
    ("development_number_legacy_digits", "2018-01-01", NONE),
    ("development_number_interchangeable", "2016-12-31", NONE),
    ("development_number_interchangeable", "2017-01-01", (2017, 2018)),
    ("development_number_interchangeable", "2018-12-31", (2017, 2018)),
    ("development_number_interchangeable", "2019-01-01", NONE),
    ("card_number_digits", "2010-01-01", 8),
    ("joining_form_megabytes_most", "2023-05-01", 20),
    ("admission_recommended", "2023-07-31", True),
    ("admission_recommended", "2023-08-01", True),
    ("admission_activist_decided", "2023-07-31", True),
    ("admission_activist_decided", "2023-08-01", True),
    ("admission_activist_noticed", "2023-07-31", True),
    ("admission_activist_noticed", "2023-08-01", True),
    ("admission_activist_notice_days_least", "2023-07-31", NONE),
    ("admission_activist_notice_days_least", "2023-08-01", 3),
    ("admission_member_notice_days_least", "2023-07-31", NONE),
    ("admission_member_notice_days_least", "2023-08-01", 3),
    ("admission_activist_filed", "2023-07-31", True),
    ("admission_activist_filed", "2023-08-01", True),
    ("admission_pre_examined", "2023-07-31", True),
    ("admission_pre_examined", "2023-08-01", True),
    ("admission_number_in_block", "2016-12-31", NONE),
    ("admission_number_in_block", "2017-01-01", True),
    ("admission_secret_ballot", "2023-07-31", True),
    ("admission_secret_ballot", "2023-08-01", True),
    ("admission_approved_collectively", "2023-07-31", True),
    ("admission_approved_collectively", "2023-08-01", True),
    ("admission_filed_with_county", "2023-07-31", True),
    ("admission_filed_with_county", "2023-08-01", True),
    ("admission_form_archived", "2016-12-31", NONE),
    ("admission_form_archived", "2017-01-01", True),
    ("pioneer_recommendation_consent", "2021-10-31", NONE),
    ("pioneer_recommendation_consent", "2021-11-01", True),
    ("probation_months", "2023-12-31", (6, 12)),
    ("probation_months", "2024-01-01", (6, 12)),
    ("transfer_kept_by_school_months", "2023-05-01", 6),
    ("transfer_kept_by_school_months_most", "2023-05-01", 12),
    ("transfer_enrolment_days_most", "2023-05-01", 30),
    ("leaving_age", "2023-05-01", 28),
    ("lapse_months", "2023-05-01", 6),
    ("review_excellent_share", "2023-12-01", Fraction(3, 10)),
    ("dues_without_income", "2023-05-01", Decimal("0.20")),
    ("dues_low_wage", "2023-05-01", Decimal(3)),
    ("dues_wage_share", "2023-05-01", Fraction(1, 500)),
    ("dues_farmer", "2023-05-01", Decimal("0.50")),
    ("probation_months", "2023-05-01", (6, 12)),
    ("branch_committee_from", "2023-05-01", 7),
    ("term_student_branch", "2023-05-01", 1),
    ("term_branch", "2023-05-01", 3),
    ("term_general_branch", "2023-05-01", 3),
    ("term_district_congress", "2023-05-01", 5),
    ("grading_five_stars_share", "2023-12-01", FIFTH),
]

# rule, day, figure, whether it keeps the rule, whether breaking the rule is refused
VERDICTS: list[tuple[str, str, Any, bool, bool]] = [
    ("admission_age_least", "2023-08-01", 13, False, True),
    ("admission_age_least", "2023-08-01", 14, True, True),
    ("admission_age_least", "2016-05-04", 13, False, True),
    ("admission_age_under", "2023-08-01", 27, True, True),
    ("admission_age_under", "2023-08-01", 28, False, True),
    ("imported_join_age_least", "2016-12-31", 12, True, True),
    ("imported_join_age_least", "2017-01-01", 12, False, True),
    ("imported_join_age_least", "2016-12-31", 11, False, True),
    ("admission_talk_months_most", "2023-09-01", 2, False, False),
    ("admission_mentors_least", "2023-09-01", 0, False, True),
    ("admission_mentors_most", "2023-09-01", 3, False, True),
    ("admission_training_months_least", "2023-07-31", 2, False, False),
    ("admission_training_months_least", "2023-08-01", 2, False, True),
    ("admission_lesson_hours_least", "2023-07-31", 7, False, False),
    ("admission_lesson_hours_least", "2023-08-01", 7, False, True),
    ("admission_lesson_hours_least", "2023-08-01", 8, True, True),
    ("admission_mentor_talks_least", "2023-08-01", 1, False, False),
    ("admission_notice_days_least", "2023-08-01", 4, False, True),
    ("admission_notice_days_least", "2023-08-01", 5, True, True),
    ("admission_sponsors", "2023-08-01", 1, False, True),
    ("admission_sponsors", "2023-08-01", 3, False, True),
    ("admission_vote_present_share", "2023-08-01", Fraction(10, 20), False, True),
    ("admission_vote_present_share", "2023-08-01", Fraction(11, 20), True, True),
    ("admission_vote_favour_share", "2023-08-01", Fraction(10, 20), False, True),
    ("admission_volunteer_hours_least", "2023-07-31", 19, False, False),
    ("admission_volunteer_hours_least", "2023-08-01", 0, True, False),
    ("admission_online_lessons_share", "2023-07-31", Fraction(9, 10), False, False),
    ("admission_approval_months_most", "2023-08-01", 2, False, False),
    ("quota_junior_middle_share", "2023-05-01", Fraction(31, 100), False, True),
    ("quota_senior_middle_share", "2023-05-01", Fraction(60, 100), True, True),
    ("quota_used_share", "2023-05-01", Fraction(61, 60), False, True),
    ("pioneer_recommendation_age_least", "2023-05-01", 13, False, False),
    ("party_recommendation_age_least", "2023-05-01", 17, False, True),
    ("party_recommendation_votes_share", "2023-05-01", HALF, False, True),
    ("party_recommendation_branch_share", "2023-05-01", Fraction(21, 100), False, False),
    ("party_recommendation_application_months_least", "2023-05-01", 5, False, False),
    ("development_number_digits", "2017-01-01", 11, False, True),
    ("development_number_digits", "2016-12-31", 11, True, False),
    ("development_number_old_digits_least", "2016-12-31", 4, False, True),
    ("development_number_interchangeable", "2017-06-01", 2018, True, True),
    ("development_number_interchangeable", "2017-06-01", 2019, False, True),
    ("development_number_legacy_digits", "2016-06-01", 12, False, False),
    ("joining_form_megabytes_most", "2023-05-01", 21, False, True),
    ("transfer_kept_by_school_months", "2023-05-01", 7, False, False),
    ("transfer_kept_by_school_months_most", "2023-05-01", 13, False, True),
    ("transfer_lapse_days", "2023-05-01", 31, False, False),
    ("leaving_age", "2023-05-01", 28, False, True),
    ("lapse_months", "2023-05-01", 5, False, True),
    ("review_present_share", "2023-12-01", Fraction(2, 3), False, True),
    ("review_present_share", "2023-12-01", Fraction(7, 10), True, True),
    ("review_excellent_share", "2023-12-01", Fraction(3, 10), True, True),
    ("review_excellent_share", "2023-12-01", Fraction(4, 10), False, True),
    ("dues_most", "2023-05-01", Decimal("20.01"), False, True),
    ("dues_wage_band_most", "2023-05-01", Decimal(2000), True, True),
    ("probation_months", "2023-05-01", 9, False, True),
    ("branch_members_least", "2023-05-01", 2, False, True),
    ("branch_members_most", "2023-05-01", 51, False, False),
    ("general_branch_members_least", "2023-05-01", 29, False, False),
    ("committee_members_least", "2023-05-01", 99, False, False),
    ("branch_committee_most", "2023-05-01", 8, False, True),
    ("branch_committee_usual_most", "2023-05-01", 6, False, False),
    ("basic_committee_most", "2023-05-01", 11, False, False),
    ("election_shift_branch_months_most", "2023-05-01", 7, False, True),
    ("election_shift_other_months_most", "2023-05-01", 12, True, True),
    ("congress_instead_from", "2023-05-01", 199, False, True),
    ("election_present_share", "2023-05-01", Fraction(79, 100), False, True),
    ("election_present_share", "2023-05-01", Fraction(4, 5), True, True),
    ("election_votes_share", "2023-05-01", HALF, False, True),
    ("election_candidate_surplus_share", "2023-05-01", Fraction(1, 10), False, False),
    ("election_returned_share", "2023-05-01", Fraction(21, 20), False, True),
    ("congress_delegates_usual_most", "2023-05-01", 201, False, False),
    ("congress_delegates_most", "2023-05-01", 301, False, True),
    ("congress_notice_days_least", "2023-05-01", 4, False, True),
    ("temporary_branch_months_most", "2023-05-01", 7, False, False),
    ("branch_meeting_present_share", "2023-05-01", HALF, False, True),
    ("branch_meeting_months_most", "2023-05-01", 4, False, False),
    ("grading_months_least", "2023-12-01", 5, False, True),
    ("delegate_branches_least", "2023-12-01", 0, False, False),
]


def day(said: str) -> dt.date:
    return dt.date.fromisoformat(said)


@pytest.mark.parametrize(("rule", "on", "value"), VALUES)
def test_the_value_in_force_on_the_day(rule, on, value):
    said = ruling(rule, on=day(on))

    assert (said.value, said.holds) == (value, value is not None)
    assert bool(said.basis) == said.holds


@pytest.mark.parametrize(("rule", "on", "figure", "allowed", "blocks"), VERDICTS)
def test_the_verdict_on_the_day(rule, on, figure, allowed, blocks):
    said = ruling(rule, on=day(on))

    assert (said.allows(figure), said.blocks) == (allowed, blocks)


def test_every_day_on_which_a_rule_changes_stands_in_the_table_with_its_eve():
    told = {(rule, on) for rule, on, _value in VALUES}
    eve = dt.timedelta(days=1)
    due = {
        (rule.code, day.isoformat())
        for rule in rules().values()
        for change in rule.changes
        for day in (change - eve, change)
    }
    assert due - told == set()
    assert len(VALUES) + len(VERDICTS) >= 120
