"""A branch asks for a member of another one: it learns no more than it typed, and the other one answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.league.organisations.stays import stay_of
from qingce.league.organisations.tests.books import id_number
from qingce.work.membership.branch.turns import turns
from qingce.work.membership.models import MemberCase
from qingce.work.membership.tests.moves_county import JUNE, County
from qingce.work.membership.transfers import actions as transfer
from qingce.work.membership.transfers import requests
from qingce.work.membership.transfers.guards import Plan

DAY = dt.timedelta(days=1)
NUMBER = id_number("20060301", 1)


@pytest.fixture
def stay(moves: County) -> Membership:
    """A member of the class, with an ID number."""
    stay = moves.member("class")
    stay.person.id_number, stay.person.id_digest = NUMBER, digest(NUMBER)
    stay.person.save()
    return stay


def asked(moves: County, name: str, number: str = NUMBER, to: str = "community", **said: Any) -> MemberCase:
    plan = Plan("work", "employer", moves.units[to])
    facts = {"plan": plan, "note": "已到社区工作", "on": JUNE, "by": moves.users["周支书"], **said}
    return requests.ask_for(moves.units[to], name=name, id_number=number, **facts)


def visit(moves: County, name: str, case: MemberCase) -> str:
    client = Client()
    client.force_login(moves.users[name])
    return client.get(reverse("transfer", args=[case.number])).content.decode()


def test_the_branch_agrees_and_the_transfer_goes_the_usual_way(moves: County, stay: Membership) -> None:
    case = asked(moves, stay.person.name)
    assert (case.stage, case.unit, case.transfer.due_on) == (
        "requested",
        moves.units["class"],
        JUNE + 15 * DAY,
    )
    requests.agree(case, on=JUNE, by=moves.users["陈支书"])
    transfer.let_go(case, on=JUNE + DAY, by=moves.users["河老师"])
    transfer.take_in(case, on=JUNE + DAY, by=moves.users["柳干事"])
    transfer.place(case, branch=None, on=JUNE + 2 * DAY, by=moves.users["柳干事"])

    now = stay_of(stay.person, on=JUNE + 2 * DAY)
    assert now is not None
    assert now.unit == moves.units["community"]


def test_a_wrong_name_and_a_wrong_number_are_answered_alike(moves: County, stay: Membership) -> None:
    other = id_number("20060301", 2)
    said = []
    for name, number in ((stay.person.name, other), ("李四", NUMBER), ("李四", other)):
        with pytest.raises(Refused) as refused:
            asked(moves, name, number)
        said.append(str(refused.value))

    assert len(set(said)) == 1
    assert not MemberCase.objects.exists()
    assert Entry.objects.filter(told=Told.TRANSFER_REQUESTED_IN_VAIN).count() == 3


def test_a_transfer_under_way_elsewhere_is_answered_in_the_same_words(
    moves: County, stay: Membership
) -> None:
    plan = Plan("work", "employer", moves.units["firm"])
    transfer.start(stay, plan, on=JUNE, by=moves.users["陈支书"])

    with pytest.raises(Refused, match="No member who could be asked for"):
        asked(moves, stay.person.name)


def test_the_sixth_guess_of_a_day_is_refused_even_when_it_is_right(moves: County, stay: Membership) -> None:
    today = timezone.localdate()
    for _turn in range(requests.VAIN_A_DAY):
        with pytest.raises(Refused):
            asked(moves, "李四", on=today)

    with pytest.raises(Refused, match="which is the limit"):
        asked(moves, stay.person.name, on=today)


def test_who_asked_does_not_see_the_branch_until_it_agrees(moves: County, stay: Membership) -> None:
    case = asked(moves, stay.person.name)
    before, own = visit(moves, "周支书", case), visit(moves, "陈支书", case)
    requests.agree(case, on=JUNE, by=moves.users["陈支书"])
    after = visit(moves, "周支书", case)

    shown = moves.units["class"].short_name
    assert [shown in page for page in (before, own, after)] == [False, True, True]


def test_a_declined_request_never_shows_the_branch(moves: County, stay: Membership) -> None:
    case = asked(moves, stay.person.name)
    requests.decline(case, because="本人仍在校学习", on=JUNE, by=moves.users["陈支书"])

    page = visit(moves, "周支书", case)
    assert "本人仍在校学习" in page
    assert moves.units["class"].short_name not in page
    still = stay_of(stay.person, on=JUNE)
    assert still is not None
    assert still.unit == moves.units["class"]


def test_both_branches_have_it_on_their_page_and_a_reminder_goes_to_the_member_s(
    moves: County, stay: Membership
) -> None:
    case = asked(moves, stay.person.name)
    late = JUNE + 16 * DAY
    here = [(turn.about, turn.late) for turn in turns(moves.units["class"], on=late)]
    there = [(turn.about, turn.late) for turn in turns(moves.units["community"], on=late)]
    assert here[0] == ("asked for by 柳泉社区: agree or decline", True)
    assert there == [("the branch of the member has been asked", True)]

    sent = transfer.remind(case, on=late, by=moves.users["周支书"])
    assert sent.unit == moves.units["class"]


@pytest.mark.parametrize(
    ("route", "reader", "status"),
    [
        ("transfer-request", "周支书", 302),
        ("transfer-request", "陈支书", 404),
        ("transfer-answer", "陈支书", 302),
        ("transfer-answer", "周支书", 404),
    ],
)
def test_each_side_has_its_own_door(
    moves: County, stay: Membership, route: str, reader: str, status: int
) -> None:
    case = asked(moves, stay.person.name)
    client = Client()
    client.force_login(moves.users[reader])
    act = {"act": "remind"} if route == "transfer-request" else {"act": "agree"}

    assert client.post(reverse(route, args=[case.number]), act).status_code == status


def test_a_form_that_finds_nobody_says_so_and_begins_nothing(moves: County, stay: Membership) -> None:
    client = Client()
    client.force_login(moves.users["周支书"])
    address = reverse("transfer-request-new", args=["q11"])
    said = {"name": "李四", "id_number": NUMBER, "way": "work:employer"}

    page = client.post(address, said).content.decode()
    assert "No member who could be asked for" in page
    answer = client.post(address, {**said, "name": stay.person.name})
    case = MemberCase.objects.get()
    assert answer["Location"] == reverse("transfer", args=[case.number])
