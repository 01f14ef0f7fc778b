"""Recommendations: of Pioneers by squad, brigade and body; of members to the Party by vote."""

from __future__ import annotations

from typing import Any

import pytest

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.league.people.actions import give_consent
from qingce.league.people.models import Person
from qingce.league.people.purposes import consent_purpose
from qingce.league.standing.eligibility import restrict
from qingce.work.membership.models import MemberCase
from qingce.work.membership.recommending import actions as recommending
from qingce.work.membership.recommending.candidate import BEFORE, PARTY, PIONEER, Candidate
from qingce.work.membership.recommending.guards import judge
from qingce.work.membership.tests.world import LATE, TODAY, School, day, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> School:
    settings.LANGUAGE_CODE = "en"
    return school()


def step(world: School, on: str, by: str = "body") -> dict[str, Any]:
    return {"on": day(on), "today": TODAY, "by": world.users[by], "because": LATE}


def pioneer(born: str = "2010-03-01") -> Person:
    return Person.objects.create(name="郑小雨", born_on=day(born))


def test_a_pioneer_comes_by_squad_brigade_and_body(world: School) -> None:
    person = pioneer()
    case, _warned = recommending.propose_pioneer(
        person, world.branch, squad="七年级1中队", **step(world, "2024-04-01")
    )
    recommending.examine_pioneer(case, brigade="河湾中学大队", **step(world, "2024-04-10"))
    assert not MemberCase.objects.counted().filter(pk=case.pk).exists()
    recommending.receive_pioneer(case, **step(world, "2024-04-20"))
    assert MemberCase.objects.counted().filter(pk=case.pk).exists()
    with pytest.raises(Refused, match="No approved admission"):
        recommending.note_admission(case, **step(world, "2024-10-20"))
    Membership.objects.create(
        person=person, unit=world.branch, since=day("2024-10-15"), joined_on=day("2024-10-15")
    )
    recommending.note_admission(case, **step(world, "2024-10-20"))
    assert case.stage == "admitted"


def test_below_fourteen_a_guardian_consents_first(world: School) -> None:
    child = pioneer("2010-04-02")
    said = {"squad": "七年级1中队", **step(world, "2024-04-01")}
    with pytest.raises(Refused, match="under 14 on 2024-04-01: record the consent of a guardian"):
        recommending.propose_pioneer(child, world.branch, **said)
    kind = recommending.kind_of(PIONEER).code
    give_consent(
        child,
        purpose=consent_purpose(kind).code,
        given_on=day("2024-03-20"),
        by=world.users["body"],
        guardian_name="郑先生",
    )
    case, warned = recommending.propose_pioneer(child, world.branch, **said)
    assert case.stage == "proposed"
    assert any("only 13 years old" in one for one in warned)


def adult(world: School, joined: str = "2020-05-04", born: str = "2004-01-01") -> Person:
    person = Person.objects.create(name="郑大勇", born_on=day(born))
    Membership.objects.create(person=person, unit=world.branch, since=day(joined), joined_on=day(joined))
    return person


def test_a_member_is_recommended_to_the_party(world: School) -> None:
    case, warned = recommending.propose_to_party(
        adult(world), world.branch, aim="activist", applied_on=day("2023-09-01"), **step(world, "2024-04-01")
    )
    assert warned == []
    recommending.vote(case, entitled=6, present=5, in_favour=4, **step(world, "2024-04-10"))
    recommending.examine(case, examined_by="支委会", **step(world, "2024-04-15"))
    recommending.confirm(case, **step(world, "2024-04-20"))
    assert MemberCase.objects.counted().get(pk=case.pk).stage == "confirmed"
    recommending.send_to_party(case, party_body="河湾中学党委", **step(world, "2024-05-01"))
    recommending.note_acceptance(case, **step(world, "2024-06-01"))
    case.refresh_from_db()
    assert case.stage == "accepted"


def test_a_recommendation_may_expire_and_be_made_anew(world: School) -> None:
    person = adult(world)
    case = confirmed(world, person)
    recommending.expire(case, **step(world, "2024-11-01"))
    again, _warned = recommending.propose_to_party(
        person, world.branch, aim="target", applied_on=day("2023-09-01"), **step(world, "2024-11-20")
    )
    assert again.pk != case.pk
    with pytest.raises(Refused, match="another recommendation"):
        recommending.propose_to_party(
            person, world.branch, aim="target", applied_on=None, **step(world, "2024-11-21")
        )


def confirmed(world: School, person: Person) -> MemberCase:
    case, _warned = recommending.propose_to_party(
        person, world.branch, aim="activist", applied_on=day("2023-09-01"), **step(world, "2024-04-01")
    )
    recommending.vote(case, entitled=6, present=6, in_favour=6, **step(world, "2024-04-10"))
    recommending.examine(case, examined_by="支委会", **step(world, "2024-04-15"))
    recommending.confirm(case, **step(world, "2024-04-20"))
    return case


def test_steps_follow_one_another(world: School) -> None:
    case, _warned = recommending.propose_to_party(
        adult(world), world.branch, aim="activist", applied_on=day("2023-09-01"), **step(world, "2024-04-01")
    )
    with pytest.raises(Refused, match="this step is taken from"):
        recommending.confirm(case, **step(world, "2024-04-20"))
    with pytest.raises(Refused, match="cannot be earlier"):
        recommending.vote(case, entitled=6, present=5, in_favour=4, **step(world, "2024-03-31"))


def test_somebody_under_a_penalty_is_not_recommended(world: School) -> None:
    person = adult(world)
    restrict(
        person,
        world.branch,
        ["honour"],
        since=day("2024-01-01"),
        until=day("2025-01-01"),
        because="警告",
        by=world.users["body"],
    )
    with pytest.raises(Refused, match="警告"):
        recommending.propose_to_party(
            person, world.branch, aim="activist", applied_on=day("2023-09-01"), **step(world, "2024-04-01")
        )


def test_an_ended_recommendation_counts_nowhere(world: School) -> None:
    case = confirmed(world, adult(world))
    with pytest.raises(Refused, match="give the reason"):
        recommending.end(case, because=" ", by=world.users["body"])
    recommending.end(case, because="本人放弃", by=world.users["body"])
    assert not MemberCase.objects.counted().filter(pk=case.pk).exists()


PARTY_BASE: dict[str, Any] = {
    "part": PARTY,
    "unit": None,
    "born_on": day("2004-01-01"),
    "joined_on": day("2020-05-04"),
    "applied_on": day("2023-09-01"),
    "entitled": 10,
    "present": 8,
    "in_favour": 7,
    "examined_by": "支委会",
    "recommended_here": 1,
    "members_here": 10,
}
CONFIRMED = {
    "proposed": day("2022-03-01"),
    "voted": day("2022-03-10"),
    "examined": day("2022-03-20"),
    "confirmed": day("2022-04-01"),
}
CASES: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("proposed", "2024-04-01", {}, "", ""),
    ("proposed", "2024-04-01", {"born_on": day("2006-04-02")}, "refuses", "party_recommendation_age_least"),
    ("proposed", "2024-04-02", {"born_on": day("2006-04-02")}, "", ""),
    ("proposed", "2024-04-02", {"born_on": None}, "refuses", "party_recommendation_age_least"),
    (
        "proposed",
        "2024-04-01",
        {"joined_on": day("2023-04-02")},
        "refuses",
        "party_recommendation_membership_years_least",
    ),
    ("proposed", "2024-04-02", {"joined_on": day("2023-04-02")}, "", ""),
    ("proposed", "2024-04-01", {"joined_on": None}, "refuses", "party_recommendation_membership_years_least"),
    ("proposed", "2024-02-29", {}, "warns", "party_recommendation_application_months_least"),
    ("proposed", "2024-03-01", {}, "", ""),
    (
        "proposed",
        "2024-04-01",
        {"applied_on": None},
        "warns",
        "party_recommendation_application_months_least",
    ),
    ("proposed", "2024-04-01", {"hindered": "警告"}, "refuses", "party_recommendation_member"),
    ("voted", "2024-04-10", {"steps": {}}, "refuses", "party_recommendation_in_order"),
    ("voted", "2024-04-10", {"present": 5, "in_favour": 5}, "refuses", "party_recommendation_present_share"),
    ("voted", "2024-04-10", {"present": 6, "in_favour": 6}, "", ""),
    ("voted", "2024-04-10", {"in_favour": 5}, "refuses", "party_recommendation_votes_share"),
    ("voted", "2024-04-10", {"in_favour": None}, "refuses", "party_recommendation_votes_share"),
    ("voted", "2024-04-10", {"recommended_here": 2}, "", ""),
    ("voted", "2024-04-10", {"recommended_here": 3}, "warns", "party_recommendation_branch_share"),
    ("examined", "2024-04-20", {"examined_by": ""}, "refuses", "party_recommendation_in_order"),
    ("sent_to_party", "2024-04-01", {"steps": CONFIRMED}, "", ""),
    ("sent_to_party", "2024-04-02", {"steps": CONFIRMED}, "warns", "party_recommendation_valid_years"),
    (
        "accepted",
        "2024-04-02",
        {"steps": CONFIRMED | {"sent_to_party": day("2022-05-01")}},
        "warns",
        "party_recommendation_valid_years",
    ),
    ("accepted", "2024-04-01", {"steps": CONFIRMED}, "refuses", "party_recommendation_in_order"),
    ("expired", "2024-05-01", {"steps": CONFIRMED}, "", ""),
]


@pytest.mark.parametrize(("stage", "on", "changes", "verdict", "rule"), CASES)
def test_a_guard_of_the_party_on_its_day(
    stage: str, on: str, changes: dict[str, Any], verdict: str, rule: str
) -> None:
    places = list(BEFORE[PARTY])
    before = {
        one: day("2024-01-01")
        for one in places[: places.index(stage)]
        if stage in ("proposed", "voted", "examined")
    }
    candidate = Candidate(**{**PARTY_BASE, "steps": before, **changes})
    found = judge(candidate, stage, on=day(on))
    verdicts = {("refuses", one.ruling.code) for one in found if one.blocks}
    verdicts |= {("warns", one.ruling.code) for one in found if one.warns}
    if verdict == "refuses":
        assert (verdict, rule) in verdicts
    else:
        assert verdicts == ({(verdict, rule)} if verdict else set())


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"born_on": day("2009-03-31")}, "pioneer_age_most"),  # fifteen
        ({"born_on": day("2018-05-01"), "consented": True}, "pioneer_age_least"),
        ({"round": 2}, "pioneer_recommendation_yearly"),
        ({"squad_teams": 1}, "pioneer_squad_teams_least"),
        ({"squad_teams": 4, "squad_pioneers": 19}, "pioneer_team_least"),
        ({"squad_teams": 3, "squad_pioneers": 40}, "pioneer_team_most"),
        ({"squad_teams": 3, "squad_pioneers": 39}, ""),
    ],
)
def test_what_is_unusual_about_a_pioneer_is_warned_of(
    world: School, changes: dict[str, Any], rule: str
) -> None:
    facts = {"part": PIONEER, "unit": world.branch, "born_on": day("2010-03-01"), "squad": "七年级1中队"}
    found = judge(Candidate(**{**facts, **changes}), "proposed", on=day("2024-04-01"))

    assert not any(one.blocks for one in found)
    warned = {one.ruling.code for one in found if one.warns} - {"pioneer_recommendation_age_least"}
    assert warned == ({rule} if rule else set())


def test_a_school_year_begins_in_september() -> None:
    days = {day("2023-05-01"), day("2023-10-10"), day("2024-03-01")}
    assert recommending.round_of(days, day("2024-03-01")) == 2
    assert recommending.round_of(days, day("2024-05-01")) == 3
    assert recommending.round_of(days, day("2024-09-01")) == 1
