"""A membership follows the person: each side acts for itself, and stays never overlap."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.league.organisations.stays import stay_of
from qingce.ledger.records import actions as ledger
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase
from qingce.work.membership.stepping import kind_with
from qingce.work.membership.tests.moves_county import JUNE, County
from qingce.work.membership.transfers import actions as transfer
from qingce.work.membership.transfers import guards as transfer_guards
from qingce.work.membership.transfers.graduates import handover
from qingce.work.membership.transfers.guards import Plan
from qingce.work.membership.transfers.reasons import reason_called, reasons

DAY = dt.timedelta(days=1)


def begun(moves: County, stay: Membership, cause: str = "work", goal: str = "employer", to: str = "firm",
          **facts: Any) -> MemberCase:  # fmt: skip
    plan = Plan(cause, goal, moves.units[to] if to else None, **facts)
    case = transfer.start(stay, plan, on=JUNE, by=moves.users["陈支书"])
    return transfer.submit(case, on=JUNE, by=moves.users["陈支书"])


def walked(moves: County, case: MemberCase, *, branch: str = "", on: dt.date = JUNE) -> MemberCase:
    """Through both bodies into the branch, a day for each step."""
    transfer.let_go(case, on=on + DAY, by=moves.users["河老师"])
    transfer.take_in(case, on=on + 2 * DAY, by=moves.users["柳干事"])
    unit = moves.units[branch] if branch else None
    return transfer.place(case, branch=unit, on=on + 3 * DAY, by=moves.users["柳干事"])


def test_a_member_is_let_go_taken_in_and_placed(moves: County) -> None:
    stay = moves.member("class", development_number="202162000001")
    case = walked(moves, begun(moves, stay))

    assert (case.stage, case.state) == ("placed", State.CONFIRMED)
    stay.refresh_from_db()
    assert (stay.until, stay.ended_because) == (JUNE + 3 * DAY, "就业")
    now = stay_of(stay.person, on=JUNE + 3 * DAY)
    assert (now.unit, now.development_number, now.joined_on) == (
        moves.units["firm"], "202162000001", dt.date(2021, 5, 4),
    )  # fmt: skip
    assert [step.stage for step in case.steps.all()] == [
        "submitted", "sender_approved", "receiver_approved", "placed",
    ]  # fmt: skip


def test_a_street_places_in_a_branch_of_its_own(moves: County) -> None:
    case = begun(moves, moves.member("class"), "no_job", "residence", "street")
    with pytest.raises(Refused, match="does not belong to"):
        walked(moves, case, branch="mobile")
    case.refresh_from_db()
    transfer.place(case, branch=moves.units["community"], on=JUNE + 3 * DAY, by=moves.users["柳干事"])
    assert case.transfer.branch == moves.units["community"]


CAUSES_AND_GOALS = [(cause, goal) for cause in reasons() for goal in ("employer", "new_school", "residence",
    "mobile_branch", "special_store", "stays", "special_branch", "other_system")]  # fmt: skip


@pytest.mark.parametrize(("cause", "goal"), CAUSES_AND_GOALS)
def test_where_it_may_go_depends_on_the_reason(moves: County, cause: str, goal: str) -> None:
    stay = moves.member("class")
    to = {"mobile_branch": "mobile", "special_branch": "mobile", "employer": "firm"}.get(goal, "street")
    outside = goal in ("special_store", "other_system")
    plan = Plan(cause, goal, None if outside else moves.units[to], elsewhere="某市" if outside else "")
    if goal in reasons()[cause].goals:
        assert transfer_guards.check(stay, plan, on=JUNE) is reasons()[cause]
    else:
        with pytest.raises(Refused, match="a membership goes to"):
            transfer_guards.check(stay, plan, on=JUNE)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"cause": "homesick"}, "not a reason"),
        ({"to_unit": "class"}, "belongs to"),
        ({"to_unit": None}, "Name the receiving body"),
        ({"to_unit": "closed"}, "was dissolved on"),
        ({"cause": "no_job", "goal": "mobile_branch"}, "not a branch of mobile members"),
        ({"cause": "army", "goal": "special_store"}, "lies outside the county"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(moves: County, facts: dict[str, Any], sentence: str) -> None:
    closed = moves.units["firm"].__class__.objects.create(
        code="q13", name="旧支部", short_name="旧支部", kind="branch", domain="village",
        founded_on=dt.date(2010, 1, 1), dissolved_on=dt.date(2024, 1, 1),
    )  # fmt: skip
    units = {**moves.units, "closed": closed, None: None}
    said = {"cause": "work", "goal": "employer", "to_unit": "firm", **facts}
    plan = Plan(**{**said, "to_unit": units[said["to_unit"]]})
    with pytest.raises(Refused, match=sentence):
        transfer.start(moves.member("class"), plan, on=JUNE, by=moves.users["陈支书"])


def test_nobody_has_two_transfers_under_way(moves: County) -> None:
    stay = moves.member("class")
    begun(moves, stay)
    with pytest.raises(Refused, match="under way already"):
        begun(moves, stay)


@pytest.mark.parametrize("stages", [1, 2, 3])
def test_either_side_may_return_it_and_the_stay_goes_on(moves: County, stages: int) -> None:
    case = begun(moves, moves.member("class"))
    if stages > 1:
        transfer.let_go(case, on=JUNE, by=moves.users["河老师"])
    if stages > 2:
        transfer.take_in(case, on=JUNE, by=moves.users["柳干事"])
    with pytest.raises(Refused, match="reason"):
        transfer.send_back(case, because=" ", on=JUNE, by=moves.users["柳干事"])
    transfer.send_back(case, because="查无此人", on=JUNE, by=moves.users["柳干事"])
    assert (case.stage, case.transfer.opinion) == ("returned", "查无此人")
    assert stay_of(case.person, on=JUNE + 9 * DAY).unit == moves.units["class"]
    begun(moves, stay_of(case.person, on=JUNE))


def test_steps_are_taken_in_their_order_and_by_others_than_the_member(moves: County) -> None:
    case = begun(moves, moves.member("class"))
    with pytest.raises(Refused, match="cannot be done now"):
        transfer.take_in(case, on=JUNE, by=moves.users["柳干事"])
    with pytest.raises(Refused, match="lies before"):
        transfer.let_go(case, on=JUNE - DAY, by=moves.users["河老师"])
    officer = moves.users["河老师"].person
    own = begun(moves, Membership.objects.create(person=officer, unit=moves.units["class"], since=JUNE))
    with pytest.raises(Refused, match="of his or her own"):
        transfer.let_go(own, on=JUNE, by=moves.users["河老师"])


def test_delayed_graduation_is_marked_and_the_member_stays(moves: County) -> None:
    case = begun(moves, moves.member("class"), "delayed_graduation", "stays", "")
    assert (case.stage, case.state) == ("kept", State.CONFIRMED)
    assert stay_of(case.person, on=JUNE + 99 * DAY).unit == moves.units["class"]


def test_the_army_needs_the_provincial_number_and_ends_the_stay_here(moves: County) -> None:
    case = begun(moves, moves.member("class"), "army", "special_store", "", elsewhere="省级专门库")
    transfer.let_go(case, on=JUNE, by=moves.users["河老师"])
    with pytest.raises(Refused, match="provincial approval"):
        transfer.take_in(case, on=JUNE, by=moves.users["河老师"])
    transfer.take_in(case, on=JUNE, document="省团批〔2024〕8号", by=moves.users["河老师"])
    transfer.place(case, branch=None, on=JUNE, by=moves.users["河老师"])
    assert stay_of(case.person, on=JUNE) is None


def test_somebody_comes_from_another_county(moves: County) -> None:
    facts = {
        "name": "刘外来",
        "id_number": "62010220060301123X",
        "cause": "further_study",
        "elsewhere": "团某县委",
        "development_number": "202162000009",
        "document": "介绍信1号",
    }
    case = transfer.receive_newcomer(moves.units["school"], on=JUNE, by=moves.users["河老师"], **facts)
    transfer.take_in(case, on=JUNE, by=moves.users["柳干事"])
    transfer.place(case, branch=moves.units["class"], on=JUNE, by=moves.users["柳干事"])
    stay = stay_of(case.person, on=JUNE)
    assert (stay.unit, stay.development_number) == (moves.units["class"], "202162000009")
    with pytest.raises(Refused, match="a member of"):
        transfer.receive_newcomer(moves.units["street"], on=JUNE, by=moves.users["河老师"], **facts)


def test_a_long_wait_lapses_and_a_short_one_warns(moves: County) -> None:
    warnings: list[str] = []
    early = begun(moves, moves.member("class"))
    transfer.lapse(early, on=JUNE + 3 * DAY, by=moves.users["河老师"], warnings=warnings)
    assert "3 days only" in warnings[0]
    late = begun(moves, moves.member("class"))
    warnings.clear()
    transfer.lapse(late, on=JUNE + 200 * DAY, by=moves.users["河老师"], warnings=warnings)
    assert (late.stage, warnings) == ("lapsed", [])


def test_a_reminder_goes_to_the_side_that_has_to_act_and_once_a_day(moves: County) -> None:
    case = begun(moves, moves.member("class"))
    assert transfer.remind(case, on=JUNE, by=moves.users["陈支书"]).unit == moves.units["school"]
    transfer.let_go(case, on=JUNE, by=moves.users["河老师"])
    assert transfer.remind(case, on=JUNE, by=moves.users["陈支书"]).unit == moves.units["street"]
    with pytest.raises(Refused, match="reminded today already"):
        transfer.remind(case, on=JUNE, by=moves.users["陈支书"])


def test_a_school_that_takes_in_has_a_month(moves: County) -> None:
    case = begun(moves, moves.member("class"), "further_study", "new_school", "street")
    transfer.let_go(case, on=JUNE, by=moves.users["河老师"])
    assert case.transfer.due_on == JUNE + 30 * DAY


@pytest.mark.parametrize(("month", "warns"), [(4, True), (5, False), (8, False), (12, False), (1, True)])
def test_graduates_are_handed_over_in_the_window(moves: County, month: int, warns: bool) -> None:
    stay = moves.member("class")
    warnings: list[str] = []
    plan = Plan("work", "employer", moves.units["firm"], graduate=True)
    transfer_guards.check(stay, plan, on=dt.date(2024, month, 9), warnings=warnings)
    assert bool(warnings) is warns


def test_the_rate_of_hand_over_counts_the_whole_class(moves: County) -> None:
    stays = moves.members("class", 5)
    for stay in stays[:3]:
        walked(moves, begun(moves, stay, graduate=True))
    begun(moves, stays[3], graduate=True)
    seen = handover(moves.units["class"], on=JUNE)
    assert (len(seen.settled), len(seen.under_way), len(seen.remaining), seen.total) == (3, 1, 1, 5)
    assert seen.rate == 60


def test_the_ledgers_own_verbs_do_not_go_past_the_transfer(moves: County) -> None:
    case = walked(moves, begun(moves, moves.member("class")))
    with pytest.raises(Refused, match="own page"):
        ledger.void(case, because="错了", by=moves.users["林书记"])
    assert MemberCase.objects.get(pk=case.pk).state == State.CONFIRMED


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("毕业转出", "further_study"),
        ("升学", "further_study"),
        ("支部合并", "branch_closed"),
        ("入伍", "army"),
        ("Work", "work"),
        ("no_job", "no_job"),
        ("说不清", None),
    ],
)
def test_reasons_are_known_by_the_words_of_the_office(said: str, code: str | None) -> None:
    found = reason_called(said)
    assert (found.code if found else None) == code


def test_the_catalogue_has_one_kind_for_transfers() -> None:
    with translation.override("en"):
        assert str(kind_with("transfer")) == "Transfer of membership"
