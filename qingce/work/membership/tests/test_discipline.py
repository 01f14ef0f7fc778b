"""Nobody is judged unheard; the meeting decides, the body above approves, and rights rest for a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Post
from qingce.league.organisations.stays import stay_of
from qingce.league.rules.models import RuleOverride
from qingce.league.standing.eligibility import doubts, eligible, hindrance
from qingce.ledger.records.models import State
from qingce.work.membership.discipline import actions as discipline
from qingce.work.membership.discipline import lifting
from qingce.work.membership.discipline.actions import Proposal
from qingce.work.membership.models import Lifting, MemberCase
from qingce.work.membership.stepping import kind_with
from qingce.work.membership.tests.moves_county import JUNE, LONG_AGO, County

WORDS = "连续多次无故缺席组织生活"


def put(moves: County, stay: Membership, part: str = "penalty", **facts: Any) -> MemberCase:
    said = Proposal(**{"grounds": WORDS, **facts})
    return discipline.propose(stay, kind_with(part), said, on=JUNE, by=moves.users["周支书"])


def decided(moves: County, case: MemberCase, **facts: Any) -> MemberCase:
    by = moves.users["周支书"]
    if "heard" in case.kind_of_work.stages:
        discipline.hear(case, "承认错误", on=JUNE, by=by)
    return discipline.vote(case, **{"present": 5, "in_favour": 4, "on": JUNE, "by": by, **facts})


def approved(moves: County, case: MemberCase, *, county: bool = False) -> MemberCase:
    by = moves.users["林书记" if county else "柳干事"]
    return discipline.approve(case, county=county, document="青团〔2024〕7号", on=JUNE, by=by)


@pytest.fixture
def branch(moves: County) -> list[Membership]:
    return moves.members("community", 6)


PROBATION = {"penalty": "probation", "months": 6}


@pytest.mark.parametrize(
    ("said", "right", "day", "allowed"),
    [
        (PROBATION, "vote", dt.date(2024, 6, 19), True),  # the day before
        (PROBATION, "vote", dt.date(2024, 6, 20), False),
        (PROBATION, "vote", dt.date(2024, 12, 19), False),
        (PROBATION, "vote", dt.date(2024, 12, 20), True),  # six months later
        (PROBATION, "sponsor", dt.date(2024, 7, 1), False),
        (PROBATION, "honour", dt.date(2024, 7, 1), False),
        (PROBATION, "post", dt.date(2024, 7, 1), False),
        (PROBATION, "excellent", dt.date(2024, 7, 1), False),
        ({"penalty": "probation", "months": 12}, "sponsor", dt.date(2025, 6, 19), False),
        ({"penalty": "probation", "months": 12}, "sponsor", dt.date(2025, 6, 20), True),
        ({"penalty": "warning", "months": 6}, "vote", dt.date(2024, 7, 1), True),
        ({"penalty": "warning", "months": 6}, "honour", dt.date(2024, 7, 1), True),  # unsettled: only warns
        ({"penalty": "serious_warning", "months": 12}, "sponsor", dt.date(2024, 7, 1), True),
    ],
)
def test_rights_rest_from_approval_to_the_last_day(
    moves: County, branch: list[Membership], said: dict[str, Any], right: str, day: dt.date, allowed: bool
) -> None:
    approved(moves, decided(moves, put(moves, branch[0], **said)))
    assert eligible(branch[0].person, for_=right, on=day) is allowed


def test_what_is_unsettled_is_a_doubt_and_not_a_hindrance(moves: County, branch: list[Membership]) -> None:
    approved(moves, decided(moves, put(moves, branch[0], penalty="warning", months=6)))
    assert hindrance(branch[0].person, for_="honour", on=JUNE) == ""
    assert "警告" in doubts(branch[0].person, for_="honour", on=JUNE)[0]


def test_who_is_no_member_neither_votes_nor_sponsors(moves: County) -> None:
    officer = moves.users["林书记"].person
    assert not eligible(officer, for_="sponsor", on=JUNE)
    assert eligible(officer, for_="honour", on=JUNE)


@pytest.mark.parametrize(
    ("part", "facts", "sentence"),
    [
        ("penalty", {"penalty": "exile"}, "not a penalty"),
        ("penalty", {"penalty": "probation", "months": 3}, "lasts 6、12 months"),
        ("penalty", {"penalty": "probation"}, "lasts 6、12 months"),
        ("penalty", {"penalty": "warning", "months": 6, "grounds": " "}, "Write down the grounds"),
        ("lapse", {}, "what was left undone"),
        ("lapse", {"ground": "dues", "since": dt.date(2023, 12, 21)}, "left it undone since"),
        ("lapse", {"ground": "sleep", "since": dt.date(2023, 1, 1)}, "what was left undone"),
    ],
)
def test_a_matter_that_cannot_be_is_refused(
    moves: County, branch: list[Membership], part: str, facts: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        put(moves, branch[0], part, **facts)
    assert not MemberCase.objects.exists()


@pytest.mark.parametrize(
    ("ground", "since", "allowed"),
    [
        ("dues", dt.date(2023, 12, 20), True),  # six months to the day
        ("life", dt.date(2023, 12, 20), True),
        ("work", dt.date(2023, 12, 21), False),
        ("dues", dt.date(2020, 1, 1), True),
    ],
)
def test_a_membership_lapses_after_six_months_running(
    moves: County, branch: list[Membership], ground: str, since: dt.date, allowed: bool
) -> None:
    if not allowed:
        with pytest.raises(Refused, match="left it undone since"):
            put(moves, branch[0], "lapse", ground=ground, since=since)
        return
    approved(moves, decided(moves, put(moves, branch[0], "lapse", ground=ground, since=since)))
    assert stay_of(branch[0].person, on=JUNE) is None


@pytest.mark.parametrize("part", ["on_request", "struck_off"])
def test_resignation_and_removal_end_the_membership(
    moves: County, branch: list[Membership], part: str
) -> None:
    case = approved(moves, decided(moves, put(moves, branch[0], part)))
    branch[0].refresh_from_db()
    assert (branch[0].until, branch[0].ended_because) == (JUNE, case.kind_of_work.label)


def test_nobody_is_judged_unheard(moves: County, branch: list[Membership]) -> None:
    case = put(moves, branch[0], **PROBATION)
    with pytest.raises(Refused, match="judged unheard"):
        discipline.vote(case, present=5, in_favour=5, on=JUNE, by=moves.users["周支书"])
    with pytest.raises(Refused, match="no objection"):
        discipline.hear(case, " ", on=JUNE, by=moves.users["周支书"])


@pytest.mark.parametrize(
    ("present", "in_favour", "refused", "warned"),
    [
        (7, 5, "more than the 6 entitled", ""),
        (4, 5, "More voted in favour", ""),
        (6, 6, "", ""),
        (4, 3, "", ""),
        (4, 2, "", "2 of 4 were in favour"),  # half is not more than half; unsettled, so it warns
    ],
)
def test_votes_are_checked_against_those_entitled(
    moves: County, branch: list[Membership], present: int, in_favour: int, refused: str, warned: str
) -> None:
    case, warnings = put(moves, branch[0], **PROBATION), []
    facts = {"present": present, "in_favour": in_favour, "warnings": warnings}
    if refused:
        with pytest.raises(Refused, match=refused):
            decided(moves, case, **facts)
        return
    decided(moves, case, **facts)
    assert case.matter.entitled == 6
    assert any(warned in one for one in warnings) if warned else warnings == []


def test_who_is_on_probation_is_not_entitled(moves: County, branch: list[Membership]) -> None:
    approved(moves, decided(moves, put(moves, branch[0], **PROBATION)))
    second = put(moves, branch[1], **PROBATION)
    assert discipline.entitled_to_vote(second, on=JUNE) == 5


def test_an_expulsion_needs_the_county_or_its_authority(moves: County, branch: list[Membership]) -> None:
    case = decided(moves, put(moves, branch[0], penalty="expulsion"))
    with pytest.raises(Refused, match="county committee"):
        approved(moves, case)
    approved(moves, case, county=True)
    branch[0].refresh_from_db()
    assert branch[0].ended_because == "开除团籍"

    RuleOverride.objects.create(
        rule="expulsion_by_basic_committee", unit=moves.units["street"], value="True", since=LONG_AGO,
        reason="授权", basis="青团〔2024〕1号", by=moves.users["林书记"],
    )  # fmt: skip
    other = decided(moves, put(moves, branch[1], penalty="expulsion"))
    assert approved(moves, other).stage == "approved"


def test_removal_from_post_ends_the_post_and_the_membership_goes_on(
    moves: County, branch: list[Membership]
) -> None:
    Post.objects.create(
        person=branch[0].person, unit=moves.units["community"], role="branch_secretary", since=LONG_AGO
    )
    approved(moves, decided(moves, put(moves, branch[0], penalty="removal_from_post", months=12)))
    assert not Post.objects.on(JUNE).filter(person=branch[0].person).exists()
    assert stay_of(branch[0].person, on=JUNE) is not None


def test_what_is_not_approved_has_no_effect(moves: County, branch: list[Membership]) -> None:
    case = decided(moves, put(moves, branch[0], **PROBATION))
    discipline.refuse(case, because="证据不足", on=JUNE, by=moves.users["柳干事"])
    assert (case.stage, case.state) == ("not_approved", State.CONFIRMED)
    assert eligible(branch[0].person, for_="vote", on=JUNE)


def test_nobody_approves_a_matter_of_his_own(moves: County, branch: list[Membership]) -> None:
    officer = moves.users["柳干事"].person
    own = Membership.objects.create(person=officer, unit=moves.units["community"], since=LONG_AGO)
    with pytest.raises(Refused, match="of his or her own"):
        approved(moves, decided(moves, put(moves, own, **PROBATION)))


def lifted(moves: County, case: MemberCase, day: dt.date, document: str = "青团〔2024〕9号") -> Lifting:
    made = lifting.propose_lifting(case, grounds="表现突出", on=day, by=moves.users["周支书"])
    return lifting.approve_lifting(made, document=document, on=day, by=moves.users["柳干事"])


def test_a_restriction_is_lifted_before_its_time_by_a_numbered_decision(
    moves: County, branch: list[Membership]
) -> None:
    case = approved(moves, decided(moves, put(moves, branch[0], **PROBATION)))
    day, person = dt.date(2024, 9, 1), branch[0].person

    with pytest.raises(Refused, match="give the number"):
        lifted(moves, case, day, document=" ")
    assert not eligible(person, for_="vote", on=day)

    made = Lifting.objects.get()
    lifting.approve_lifting(made, document="青团〔2024〕9号", on=day, by=moves.users["柳干事"])
    assert eligible(person, for_="vote", on=day)
    assert not eligible(person, for_="vote", on=day - dt.timedelta(days=1))
    assert not lifting.may_be_lifted(case, on=day)


def test_what_is_not_approved_rests_on(moves: County, branch: list[Membership]) -> None:
    case = approved(moves, decided(moves, put(moves, branch[0], **PROBATION)))
    day = dt.date(2024, 9, 1)
    made = lifting.propose_lifting(case, grounds="表现突出", on=day, by=moves.users["周支书"])
    lifting.refuse_lifting(made, because="时间过短", on=day, by=moves.users["柳干事"])

    assert not eligible(branch[0].person, for_="vote", on=day)
    assert lifting.may_be_lifted(case, on=day)  # may be proposed anew


def test_nothing_is_lifted_that_is_over_or_proposed_by_oneself(
    moves: County, branch: list[Membership]
) -> None:
    case = approved(moves, decided(moves, put(moves, branch[0], **PROBATION)))
    with pytest.raises(Refused, match="Nothing is suspended"):
        lifting.propose_lifting(case, grounds="表现突出", on=dt.date(2024, 12, 20), by=moves.users["周支书"])
    own = lifting.propose_lifting(case, grounds="表现突出", on=JUNE, by=moves.users["柳干事"])
    with pytest.raises(Refused, match="a colleague does"):
        lifting.approve_lifting(own, document="青团〔2024〕9号", on=JUNE, by=moves.users["柳干事"])


def test_the_page_of_a_matter_leads_to_the_record_and_the_record_back(
    moves: County, branch: list[Membership]
) -> None:
    case = put(moves, branch[0], **PROBATION)
    client = Client()
    client.force_login(moves.users["柳干事"])

    assert f"/records/{case.number}/" in client.get(f"/matters/{case.number}/").content.decode()
    assert f"/matters/{case.number}/" in client.get(f"/records/{case.number}/").content.decode()
