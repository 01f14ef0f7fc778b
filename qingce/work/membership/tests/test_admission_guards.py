"""Every guard of an admission, case by case, on both sides of the days on which rules changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from qingce.foundation.refusals import Refused
from qingce.league.organisations import actions as organisations
from qingce.league.organisations.models import Unit
from qingce.league.rules.models import RuleOverride
from qingce.ledger.attending import Attended
from qingce.ledger.notices.hung import Hung
from qingce.work.membership.admission.dossier import (
    ACTIVIST_NOTICE,
    MEMBER_NOTICE,
    STAGES,
    TARGET_NOTICE,
    Dossier,
    Former,
    Standing,
    Vote,
)
from qingce.work.membership.admission.guards import GUARDS, demand_step, judge

pytestmark = pytest.mark.django_db


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# A faultless admission of 2024; `moved` puts it to another time.
STEPS = {
    "applied": day("2024-03-04"),
    "talked": day("2024-03-20"),
    "activist": day("2024-04-08"),
    "in_training": day("2024-04-24"),
    "target": day("2024-09-02"),
    "noticed": day("2024-09-13"),
    "form_filled": day("2024-09-18"),
    "voted": day("2024-09-26"),
    "approved": day("2024-10-15"),
    "sworn": day("2024-10-25"),
    "archived": day("2024-11-01"),
}
TWO = [Standing(2, "周一"), Standing(3, "吴二")]


def lessons(hours: str = "8", on: str = "2024-06-01") -> list[Attended]:
    return [Attended(1, day(on), Decimal(hours), "团课", "A2024-000001")]


def faultless(**changes: Any) -> Dossier:
    facts: dict[str, Any] = {
        "unit": None,
        "person": 1,
        "born_on": day("2009-05-06"),
        "steps": STEPS,
        "talked_by": "组织委员",
        "recommended_by": "members",
        "decided_by": "committee",
        "filed_on": day("2024-04-20"),
        "notices": {
            ACTIVIST_NOTICE: Hung(day("2024-04-09"), day("2024-04-15")),
            TARGET_NOTICE: Hung(day("2024-09-09"), day("2024-09-13")),
            MEMBER_NOTICE: Hung(day("2024-10-16"), day("2024-10-22")),
        },
        "mentors": TWO[:1],
        "mentor_talks": 2,
        "lessons": lessons(),
        "volunteered": lessons("20", on="2023-01-08"),
        "pre_examined_on": day("2024-09-05"),
        "pre_examination": "预审〔2024〕3号",
        "number": "202462000017",
        "sponsors": TWO,
        "sponsored_on": day("2024-09-20"),
        "vote": Vote(12, 10, 10, 9, True),
        "collectively": True,
        "document_number": "团〔2024〕8号",
        "county_filed_on": day("2024-10-18"),
        "form_kept_at": "档案室 3 柜",
        "entered_on": day("2024-10-30"),
    }
    return Dossier(**{**facts, **changes})


def before(stage: str, steps: dict[str, dt.date] | None = None) -> dict[str, dt.date]:
    """The steps taken before `stage`."""
    return {one: on for one, on in (steps or STEPS).items() if STAGES.index(one) < STAGES.index(stage)}


def moved(**days: str) -> dict[str, dt.date]:
    """The steps of an admission at another time."""
    return {one: day(on) for one, on in days.items()}


def notices(**changes: Hung | None) -> dict[str, Hung]:
    every = {**faultless().notices, **changes}
    return {purpose: one for purpose, one in every.items() if one is not None}


OK = ""
# Stage, its day, what differs from the faultless dossier, the rule that refuses or warns, and which.
CASES: list[tuple[str, str, dict[str, Any], str, str]] = [
    # Age on the day of the application: 14 is reached on the birthday itself.
    ("applied", "2024-05-05", {"born_on": day("2010-05-06")}, "refuses", "admission_age_least"),
    ("applied", "2024-05-06", {"born_on": day("2010-05-06")}, OK, ""),
    ("applied", "2023-07-31", {"born_on": day("2009-08-01")}, "refuses", "admission_age_least"),
    ("applied", "2023-08-01", {"born_on": day("2009-08-01")}, OK, ""),
    ("applied", "2024-02-29", {"born_on": day("2010-02-28")}, OK, ""),
    ("applied", "2022-02-28", {"born_on": day("2008-02-29")}, "refuses", "admission_age_least"),
    ("applied", "2022-03-01", {"born_on": day("2008-02-29")}, OK, ""),
    ("applied", "2024-05-06", {"born_on": None}, "refuses", "admission_age_least"),
    # Under 28.
    ("applied", "2024-05-05", {"born_on": day("1996-05-06")}, OK, ""),
    ("applied", "2024-05-06", {"born_on": day("1996-05-06")}, "refuses", "admission_age_under"),
    ("voted", "2024-09-26", {"born_on": day("1996-09-27")}, OK, ""),
    ("voted", "2024-09-26", {"born_on": day("1996-09-26")}, "refuses", "admission_age_under"),
    # Once only.
    ("applied", "2024-03-04", {"duplicate": "已是团员。"}, "refuses", "admission_once"),
    # The talk within a month warns and never blocks, before and after August 2023.
    ("talked", "2024-04-04", {}, OK, ""),
    ("talked", "2024-04-05", {}, "warns", "admission_talk_months_most"),
    (
        "talked",
        "2023-07-31",
        {"steps": {"applied": day("2023-06-30")}},
        "warns",
        "admission_talk_months_most",
    ),
    ("talked", "2023-07-30", {"steps": {"applied": day("2023-06-30")}}, OK, ""),
    ("talked", "2024-02-29", {"steps": {"applied": day("2024-01-31")}}, OK, ""),
    ("talked", "2024-03-20", {"talked_by": ""}, "refuses", "admission_in_order"),
    # Order and strictly rising dates.
    ("talked", "2024-03-04", {}, "refuses", "admission_dates_rise"),
    ("talked", "2024-03-03", {}, "refuses", "admission_dates_rise"),
    ("talked", "2024-03-05", {}, OK, ""),
    ("activist", "2024-03-20", {}, "refuses", "admission_dates_rise"),
    ("activist", "2024-04-08", {"steps": {"applied": STEPS["applied"]}}, "refuses", "admission_in_order"),
    ("approved", "2024-09-26", {}, "refuses", "admission_dates_rise"),
    ("approved", "2024-10-15", {"steps": before("voted")}, "refuses", "admission_in_order"),
    # Becoming an activist.
    ("activist", "2024-04-08", {"recommended_by": ""}, "refuses", "admission_recommended"),
    ("activist", "2024-04-08", {"recommended_by": "pioneers"}, OK, ""),
    ("activist", "2024-04-08", {"decided_by": ""}, "refuses", "admission_activist_decided"),
    ("activist", "2024-04-08", {"decided_by": "meeting"}, OK, ""),
    (
        "activist",
        "2023-07-31",
        {"recommended_by": "", "steps": {"applied": day("2023-07-01"), "talked": day("2023-07-20")}},
        "warns",
        "admission_recommended",
    ),
    (
        "activist",
        "2023-08-01",
        {"recommended_by": "", "steps": {"applied": day("2023-07-01"), "talked": day("2023-07-20")}},
        "refuses",
        "admission_recommended",
    ),
    # Before training: notice, filing, mentors.
    (
        "in_training",
        "2024-04-24",
        {"notices": notices(activist=None)},
        "refuses",
        "admission_activist_noticed",
    ),
    ("in_training", "2024-04-15", {"filed_on": day("2024-04-10")}, "refuses", "admission_activist_noticed"),
    ("in_training", "2024-04-16", {"filed_on": day("2024-04-10")}, OK, ""),
    (
        "in_training",
        "2024-04-24",
        {"notices": notices(activist=Hung(day("2024-04-09"), day("2024-04-10")))},
        "warns",
        "admission_activist_notice_days_least",
    ),
    (
        "in_training",
        "2024-04-24",
        {"notices": notices(activist=Hung(day("2024-04-09"), day("2024-04-15"), open_objections=1))},
        "refuses",
        "admission_objections_settled",
    ),
    ("in_training", "2024-04-24", {"filed_on": None}, "refuses", "admission_activist_filed"),
    ("in_training", "2024-04-24", {"filed_on": day("2024-04-25")}, "refuses", "admission_activist_filed"),
    ("in_training", "2024-04-24", {"filed_on": day("2024-04-24")}, OK, ""),
    ("in_training", "2024-04-24", {"mentors": []}, "refuses", "admission_mentors_least"),
    ("in_training", "2024-04-24", {"mentors": TWO}, OK, ""),
    (
        "in_training",
        "2024-04-24",
        {"mentors": [*TWO, Standing(4, "郑三")]},
        "refuses",
        "admission_mentors_most",
    ),
    (
        "in_training",
        "2024-04-24",
        {"mentors": [Standing(2, "周一", "留团察看期内。")]},
        "refuses",
        "admission_sponsors_in_standing",
    ),
    # Three months of training, eight hours of lessons; both refuse from August 2023.
    ("target", "2024-07-23", {}, "refuses", "admission_training_months_least"),
    ("target", "2024-07-24", {}, OK, ""),
    (
        "target",
        "2023-07-31",
        {
            "steps": moved(applied="2023-04-01", in_training="2023-05-15"),
            "lessons": lessons(on="2023-06-01"),
        },
        "warns",
        "admission_training_months_least",
    ),
    (
        "target",
        "2023-08-01",
        {
            "steps": moved(applied="2023-04-01", in_training="2023-05-15"),
            "lessons": lessons(on="2023-06-01"),
        },
        "refuses",
        "admission_training_months_least",
    ),
    ("target", "2024-09-02", {"lessons": lessons("7.5")}, "refuses", "admission_lesson_hours_least"),
    ("target", "2024-09-02", {"lessons": lessons("8.0")}, OK, ""),
    ("target", "2024-09-02", {"lessons": []}, "refuses", "admission_lesson_hours_least"),
    (
        "target",
        "2024-09-02",
        {"lessons": lessons(on="2024-09-03")},
        "refuses",
        "admission_lesson_hours_least",
    ),
    (
        "target",
        "2024-09-02",
        {"lessons": lessons(on="2024-03-03")},
        "refuses",
        "admission_lesson_hours_least",
    ),
    (
        "target",
        "2024-09-02",
        {
            "lessons": lessons("4"),
            "former": Former("河湾中学", day("2023-11-01"), Decimal(4), "随档案转来"),
        },
        OK,
        "",
    ),
    (
        "target",
        "2024-09-02",
        {"lessons": lessons("4"), "former": Former("河湾中学", day("2023-11-01"), Decimal(4), "")},
        "refuses",
        "admission_lesson_hours_least",
    ),
    (
        "target",
        "2024-05-20",
        {
            "lessons": lessons(on="2024-05-01"),
            "former": Former("河湾中学", day("2024-02-01"), Decimal(0), "随档案转来"),
        },
        OK,
        "",
    ),
    ("target", "2024-09-02", {"mentor_talks": 1}, "warns", "admission_mentor_talks_least"),
    ("target", "2024-09-02", {"mentor_talks": None}, "warns", "admission_mentor_talks_least"),
    # Volunteer hours: demanded here and there until July 2023, no threshold since.
    (
        "target",
        "2023-07-31",
        {
            "volunteered": lessons("19.5", on="2023-01-08"),
            "steps": moved(applied="2023-01-03", in_training="2023-03-01"),
            "lessons": lessons(on="2023-06-01"),
        },
        "warns",
        "admission_volunteer_hours_least",
    ),
    (
        "target",
        "2023-08-01",
        {
            "volunteered": lessons("19.5", on="2023-01-08"),
            "steps": moved(applied="2023-01-03", in_training="2023-03-01"),
            "lessons": lessons(on="2023-06-01"),
        },
        OK,
        "",
    ),
    # Pre-examination in writing, after the proposal and before the notice.
    ("noticed", "2024-09-13", {"pre_examined_on": None}, "refuses", "admission_pre_examined"),
    ("noticed", "2024-09-13", {"pre_examination": ""}, "refuses", "admission_pre_examined"),
    ("noticed", "2024-09-13", {"pre_examined_on": day("2024-09-02")}, "refuses", "admission_pre_examined"),
    ("noticed", "2024-09-13", {"pre_examined_on": day("2024-09-09")}, "refuses", "admission_pre_examined"),
    ("noticed", "2024-09-13", {"pre_examined_on": day("2024-09-08")}, OK, ""),
    # Five working days, first and last counted.
    ("noticed", "2024-09-13", {"notices": notices(target=None)}, "refuses", "admission_notice_days_least"),
    (
        "noticed",
        "2024-09-13",
        {"notices": notices(target=Hung(day("2024-09-10"), day("2024-09-13")))},
        "refuses",
        "admission_notice_days_least",
    ),
    (
        "noticed",
        "2024-10-11",
        {"notices": notices(target=Hung(day("2024-09-29"), day("2024-10-11")))},
        OK,  # 29 and 30 September, 8 to 11 October and 12: the Sunday was worked, the holiday was not
        "",
    ),
    (
        "noticed",
        "2024-10-08",
        {"notices": notices(target=Hung(day("2024-09-30"), day("2024-10-08")))},
        "refuses",
        "admission_notice_days_least",
    ),
    (
        "noticed",
        "2023-07-31",
        {
            "steps": moved(
                applied="2023-01-03",
                talked="2023-01-10",
                activist="2023-02-01",
                in_training="2023-03-01",
                target="2023-07-10",
            ),
            "pre_examined_on": day("2023-07-20"),
            "notices": notices(target=Hung(day("2023-07-28"), day("2023-07-31"))),
        },
        "warns",
        "admission_notice_days_least",
    ),
    ("noticed", "2024-09-12", {}, "refuses", "admission_in_order"),
    # The next step may fall on the day after; objections settled.
    ("form_filled", "2024-09-13", {}, "refuses", "admission_dates_rise"),
    ("form_filled", "2024-09-14", {}, OK, ""),
    (
        "form_filled",
        "2024-09-18",
        {"notices": notices(target=Hung(day("2024-09-09"), day("2024-09-13"), open_objections=1))},
        "refuses",
        "admission_objections_settled",
    ),
    (
        "form_filled",
        "2024-09-18",
        {"notices": notices(target=Hung(day("2024-09-09"), day("2024-09-13"), upheld=True))},
        "refuses",
        "admission_objections_settled",
    ),
    (
        "approved",
        "2024-10-15",
        {"notices": notices(target=Hung(day("2024-09-09"), day("2024-09-13"), upheld=True))},
        "refuses",
        "admission_objections_settled",
    ),
    # The number: from 2017 on, fitting, free, of the block.
    ("form_filled", "2024-09-18", {"number": ""}, "refuses", "development_number_required"),
    (
        "form_filled",
        "2024-09-18",
        {"number_problem": "位数不对。"},
        "refuses",
        "development_number_year_matches",
    ),
    ("form_filled", "2024-09-18", {"block_problem": "不在号段内。"}, "refuses", "admission_number_in_block"),
    ("voted", "2024-09-26", {"number_problem": "年份不符。"}, "refuses", "development_number_year_matches"),
    # Sponsors: exactly two, different, in good standing, not the applicant.
    ("voted", "2024-09-26", {"sponsors": TWO[:1]}, "refuses", "admission_sponsors"),
    ("voted", "2024-09-26", {"sponsors": [*TWO, Standing(4, "郑三")]}, "refuses", "admission_sponsors"),
    ("voted", "2024-09-26", {"sponsors": [TWO[0], TWO[0]]}, "refuses", "admission_sponsors"),
    ("voted", "2024-09-26", {"sponsors": [TWO[0], Standing(1, "本人")]}, "refuses", "admission_sponsors"),
    (
        "voted",
        "2024-09-26",
        {"sponsors": [TWO[0], Standing(3, "吴二", "不是团员。")]},
        "refuses",
        "admission_sponsors_in_standing",
    ),
    ("voted", "2024-09-26", {"same_pair": 1}, OK, ""),
    ("voted", "2024-09-26", {"same_pair": 2}, "warns", "admission_sponsor_pairs"),
    # Dates on the form: wish < sponsors < meeting.
    ("voted", "2024-09-26", {"sponsored_on": None}, "refuses", "admission_dates_rise"),
    ("voted", "2024-09-26", {"sponsored_on": day("2024-09-18")}, "refuses", "admission_dates_rise"),
    ("voted", "2024-09-26", {"sponsored_on": day("2024-09-26")}, "refuses", "admission_dates_rise"),
    ("voted", "2024-09-26", {"sponsored_on": day("2024-09-25")}, OK, ""),
    # The vote.
    ("voted", "2024-09-26", {"vote": None}, "refuses", "admission_votes_add_up"),
    ("voted", "2024-09-26", {"vote": Vote(12, 6, 6, 6, True)}, "refuses", "admission_vote_present_share"),
    ("voted", "2024-09-26", {"vote": Vote(12, 7, 7, 7, True)}, OK, ""),
    ("voted", "2024-09-26", {"vote": Vote(12, 12, 12, 6, True)}, "refuses", "admission_vote_favour_share"),
    ("voted", "2024-09-26", {"vote": Vote(12, 12, 12, 7, True)}, OK, ""),
    ("voted", "2024-09-26", {"vote": Vote(12, 8, 8, 5, True)}, "warns", "admission_vote_base_entitled"),
    ("voted", "2024-09-26", {"vote": Vote(12, 8, 9, 7, True)}, "refuses", "admission_votes_add_up"),
    ("voted", "2024-09-26", {"vote": Vote(12, 8, 7, 8, True)}, "refuses", "admission_votes_add_up"),
    ("voted", "2024-09-26", {"vote": Vote(12, 13, 13, 13, True)}, "refuses", "admission_votes_add_up"),
    ("voted", "2024-09-26", {"vote": Vote(0, 0, 0, 0, True)}, "refuses", "admission_votes_add_up"),
    ("voted", "2024-09-26", {"vote": Vote(12, 10, 10, 9, False)}, "refuses", "admission_secret_ballot"),
    # Approval together, within about a month.
    ("approved", "2024-10-15", {"collectively": False}, "refuses", "admission_approved_collectively"),
    ("approved", "2024-10-26", {}, OK, ""),
    ("approved", "2024-10-27", {}, "warns", "admission_approval_months_most"),
    # Filing, oath, archive.
    ("sworn", "2024-10-25", {"county_filed_on": None}, "refuses", "admission_filed_with_county"),
    ("sworn", "2024-10-25", {"county_filed_on": day("2024-10-14")}, "refuses", "admission_filed_with_county"),
    ("sworn", "2024-10-25", {"county_filed_on": day("2024-10-26")}, "refuses", "admission_filed_with_county"),
    ("archived", "2024-11-01", {"form_kept_at": ""}, "refuses", "admission_form_archived"),
    ("archived", "2024-11-01", {"entered_on": None}, "refuses", "admission_form_archived"),
    (
        "archived",
        "2024-11-01",
        {"notices": notices(new_member=None)},
        "warns",
        "admission_member_notice_days_least",
    ),
    # Lessons online: where they were written down, until July 2023.
    (
        "target",
        "2023-07-31",
        {
            "online_percent": 90,
            "steps": moved(applied="2023-01-03", in_training="2023-03-01"),
            "lessons": lessons(on="2023-06-01"),
        },
        "warns",
        "admission_online_lessons_share",
    ),
    ("target", "2024-09-02", {"online_percent": 90}, OK, ""),
    # The quota, and what is counted over the whole admission.
    ("form_filled", "2024-09-18", {"quota_used": (40, 40)}, OK, ""),
    ("form_filled", "2024-09-18", {"quota_used": (41, 40)}, "refuses", "quota_used_share"),
    (
        "archived",
        "2024-11-01",
        {"steps": {one: on for one, on in before("archived").items() if one != "talked"}},
        "warns",
        "admission_steps",
    ),
    ("archived", "2024-11-01", {"notices": notices(activist=None)}, "warns", "admission_notices"),
    ("archived", "2024-11-01", {"lessons": lessons("7")}, "warns", "admission_musts"),
]


@pytest.mark.parametrize(("stage", "on", "changes", "verdict", "rule"), CASES)
def test_a_guard_on_its_day(stage: str, on: str, changes: dict[str, Any], verdict: str, rule: str) -> None:
    dossier = faultless(**{"steps": before(stage), **changes})

    found = verdicts(judge(dossier, stage, on=day(on)))

    if rule != "admission_notices":
        found.discard(("warns", "admission_notices"))  # a notice that is missing has a rule of its own too
    if verdict == "refuses":  # what is refused may be warned of besides
        found = {one for one in found if one[0] == verdict}
    assert found == ({(verdict, rule)} if verdict else set())


def verdicts(found: list[Any]) -> set[tuple[str, str]]:
    refusing = {("refuses", one.ruling.code) for one in found if one.blocks}
    return refusing | {("warns", one.ruling.code) for one in found if one.warns}


def test_the_table_is_long_enough_and_reaches_every_rule_that_can_be_broken() -> None:
    assert len(CASES) >= 60
    told_only = {"admission_hours_threshold_forbidden"}
    assert {guard.rule for guard in GUARDS} - told_only <= {rule for *_rest, rule in CASES}


@pytest.mark.parametrize("stage", STAGES)
def test_the_faultless_admission_passes_every_step(stage: str) -> None:
    assert demand_step(faultless(steps=before(stage)), stage, on=STEPS[stage]) == []


def test_a_refusal_names_the_rule_its_basis_and_its_day(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    dossier = faultless(steps=before("target"), lessons=lessons("7.5"))
    with pytest.raises(Refused) as refusal:
        demand_step(dossier, "target", on=STEPS["target"])

    for part in ("7.5 hours", "Fewest hours of League lessons", "8", "工作细则", "Aug. 1, 2023"):
        assert part in str(refusal.value)


def test_a_body_may_switch_on_what_only_warns_and_never_a_threshold_of_hours() -> None:
    unit = Unit.objects.create(
        code="q",
        name="青河",
        short_name="青河",
        kind="branch",
        domain="community",
        founded_on=day("2010-01-01"),
    )
    organisations.place([(unit, None)])
    ordered = {"unit": unit, "since": day("2023-08-01"), "reason": "试点", "basis": "青团〔2023〕1号"}
    RuleOverride.objects.create(rule="admission_mentor_talks_least", value="2", switched_on=True, **ordered)
    RuleOverride.objects.create(
        rule="admission_volunteer_hours_least", value="20", switched_on=True, **ordered
    )
    dossier = replace(faultless(steps=before("target")), unit=unit, mentor_talks=1)

    found = judge(dossier, "target", on=STEPS["target"])

    assert verdicts(found) == {("refuses", "admission_mentor_talks_least")}
