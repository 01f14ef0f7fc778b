"""At 28 a member leaves, unless a post in the League is held; proposed as a list, confirmed by ticking."""

from __future__ import annotations

import datetime as dt

import pytest

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership, Post
from qingce.league.organisations.stays import stay_of
from qingce.league.rules.models import RuleOverride
from qingce.ledger.records.models import State
from qingce.work.membership.leaving.actions import confirm_leaving, leavers, reaching
from qingce.work.membership.models import MemberCase
from qingce.work.membership.tests.moves_county import JUNE, LONG_AGO, County

BIRTHDAY = dt.date(1996, 6, 20)


def names(moves: County, until: dt.date = JUNE) -> tuple[list[str], list[str]]:
    """Who is proposed, and who stays for a reason."""
    found = leavers(list(moves.units.values()), until=until)
    leave = [one.stay.person.name for one in found if not one.keeps]
    return leave, [one.stay.person.name for one in found if one.keeps]


@pytest.mark.parametrize(
    ("born", "on", "proposed"),
    [
        (dt.date(1996, 6, 20), dt.date(2024, 6, 19), False),  # the day before
        (dt.date(1996, 6, 20), dt.date(2024, 6, 20), True),  # the birthday itself
        (dt.date(1996, 2, 29), dt.date(2024, 2, 28), False),
        (dt.date(1996, 2, 29), dt.date(2024, 2, 29), True),
        (dt.date(2000, 2, 29), dt.date(2028, 2, 29), True),
        (dt.date(1990, 1, 1), dt.date(2024, 6, 20), True),
        (dt.date(2006, 1, 1), dt.date(2024, 6, 20), False),
    ],
)
def test_the_age_is_reached_on_the_birthday(
    moves: County, born: dt.date, on: dt.date, proposed: bool
) -> None:
    moves.member("community", born=born)
    assert bool(names(moves, on)[0]) is proposed


@pytest.mark.parametrize(
    ("born", "day"),
    [(dt.date(1996, 2, 29), dt.date(2024, 2, 29)), (dt.date(1995, 2, 28), dt.date(2023, 2, 28))],
)
def test_the_birthday_is_worked_out(born: dt.date, day: dt.date) -> None:
    assert reaching(born, 28) == day


def test_of_a_leap_day_the_birthday_in_another_year_is_the_first_of_march() -> None:
    assert reaching(dt.date(1996, 2, 29), 27) == dt.date(2023, 3, 1)


def test_who_holds_a_post_stays_and_a_party_member_leaves(moves: County) -> None:
    leaver = moves.member("community", born=BIRTHDAY)
    party = moves.member("community", born=BIRTHDAY, political_status="中共党员")
    duty = moves.member("community", born=BIRTHDAY, duty="组织委员")
    officer = moves.member("community", born=BIRTHDAY)
    Post.objects.create(
        person=officer.person, unit=moves.units["community"], role="branch_secretary", since=LONG_AGO
    )
    leave, stay = names(moves)
    assert set(leave) == {leaver.person.name, party.person.name}
    assert set(stay) == {duty.person.name, officer.person.name}
    for one in (duty, officer):
        with pytest.raises(Refused, match="holds a post"):
            confirm_leaving([one], on=JUNE, by=moves.users["柳干事"])


def test_those_ticked_leave_and_each_has_a_record(moves: County) -> None:
    stays = moves.members("community", 3, born=BIRTHDAY)
    cases = confirm_leaving(stays, on=JUNE, by=moves.users["柳干事"])
    assert {case.state for case in cases} == {State.CONFIRMED}
    assert all(case.steps.filter(stage="approved", on=JUNE).exists() for case in cases)
    assert [stay_of(stay.person, on=JUNE) for stay in stays] == [None, None, None]
    assert {stay.ended_because for stay in Membership.objects.all()} == {"超龄离团"}
    assert names(moves) == ([], [])


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"born": dt.date(1996, 6, 21)}, "27 years old"),
        ({"born": BIRTHDAY, "since": JUNE}, "not a member here"),
        ({"born": BIRTHDAY, "duty": "宣传委员"}, "holds a post"),
        ({"born": None}, "birthday"),
    ],
)
def test_one_who_may_not_leave_holds_all_back(moves: County, facts: dict[str, object], sentence: str) -> None:
    """All of them or nobody."""
    good, bad = moves.member("community", born=BIRTHDAY), moves.member("community", **facts)
    with pytest.raises(Refused, match=sentence):
        confirm_leaving([good, bad], on=JUNE, by=moves.users["柳干事"])
    assert not MemberCase.objects.exists()
    assert stay_of(good.person, on=JUNE) is not None


def test_a_transfer_under_way_goes_first(moves: County) -> None:
    from qingce.work.membership.transfers import actions as transfer
    from qingce.work.membership.transfers import guards as transfer_guards

    stay = moves.member("community", born=BIRTHDAY)
    plan = transfer_guards.Plan("work", "employer", moves.units["firm"])
    transfer.start(stay, plan, on=JUNE, by=moves.users["周支书"])
    assert names(moves) == ([], [stay.person.name])


def test_the_list_costs_four_queries_however_long(moves: County, django_assert_max_num_queries) -> None:
    moves.members("community", 12, born=BIRTHDAY)
    with django_assert_max_num_queries(4):
        leavers(list(moves.units.values()), until=JUNE)


def test_the_table_says_until_when_a_party_member_stays(moves: County) -> None:
    RuleOverride.objects.create(
        rule="party_member_stays_until",
        unit=moves.units["district"],
        value="28",
        since=LONG_AGO,
        reason="试",
        basis="〔2015〕1号",
    )
    moves.member("community", born=BIRTHDAY, political_status="中共党员")
    moves.member("community", born=BIRTHDAY)
    assert len(names(moves)[0]) == 2
    assert names(moves, JUNE - dt.timedelta(days=1))[0] == []
