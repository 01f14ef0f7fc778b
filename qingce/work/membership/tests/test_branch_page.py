"""The branch secretary's page: whose turn it is, told by the register and the procedures alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingce.work.membership.branch.turns import turns
from qingce.work.membership.dues import actions as dues
from qingce.work.membership.reviews import actions as review
from qingce.work.membership.tests.moves_county import County
from qingce.work.membership.transfers import actions as transfer
from qingce.work.membership.transfers.guards import Plan

DAY = dt.timedelta(days=1)


def whats(moves: County, at: str, on: dt.date) -> list[str]:
    return [turn.what for turn in turns(moves.units[at], on=on)]


def test_nothing_is_asked_of_a_branch_where_nothing_waits(moves: County) -> None:
    moves.members("class", 3, development_number="202162000001")
    assert turns(moves.units["class"], on=dt.date(2024, 6, 20)) == []


def test_each_thing_that_waits_is_one_line(moves: County) -> None:
    day, by = dt.date(2024, 6, 20), moves.users["陈支书"]
    stays = moves.members("class", 7)  # joined in 2021 without a number
    moves.member("class", born=dt.date(1996, 6, 25), development_number="202162000001")
    transfer.start(stays[0], Plan("work", "employer", moves.units["firm"]), on=day, by=by)
    review.open_review(
        moves.units["district"], year=2024, opens_on=day, due_on=day + 30 * DAY, by=moves.users["林书记"]
    )
    dues.pay(moves.units["class"], [stays[1].person], [dt.date(2024, 1, 1)], on=day, by=by)
    said = whats(moves, "class", day)
    assert said[:2] == ["张小8", "Yearly review 2024"]  # by the day on which they are due
    assert "Transfer of 张小1" in said
    assert "7 members lack a development number" in said
    assert "Dues of 8 members are open" in said


@pytest.mark.parametrize(
    ("months", "told", "late"), [(5, False, False), (6, True, False), (11, True, False), (12, True, True)]
)
def test_a_graduate_stays_half_a_year_and_one_year_at_most(
    moves: County, months: int, told: bool, late: bool
) -> None:
    moves.member("mobile", since=dt.date(2024, 1, 1), development_number="202162000001")
    found = turns(moves.units["mobile"], on=dt.date(2024 + months // 12, months % 12 + 1, 1))
    assert bool(found) is told
    assert any(turn.late for turn in found) is late


def test_six_months_without_dues_are_put_to_the_meeting(moves: County) -> None:
    by, day = moves.users["陈支书"], dt.date(2024, 6, 20)
    one, other = moves.members("class", 2, development_number="202162000001")
    dues.pay(moves.units["class"], [other.person], [dt.date(2024, 6, 1)], on=day, by=by)
    said = [turn for turn in turns(moves.units["class"], on=day) if "member=" in turn.href]
    assert [turn.what for turn in said] == [one.person.name]


@pytest.mark.parametrize("members", [2, 30])
def test_the_page_costs_the_same_for_two_and_for_thirty(
    moves: County, members: int, django_assert_max_num_queries: Any
) -> None:
    moves.members("class", members)
    client = Client()
    client.force_login(moves.users["陈支书"])
    client.get(reverse("branch", args=["q22"]))
    with django_assert_max_num_queries(32):
        page = client.get(reverse("branch", args=["q22"]))
    assert page.status_code == 200


def test_a_neighbour_finds_nothing_and_a_branch_secretary_approves_nothing(moves: County) -> None:
    by = moves.users["陈支书"]
    plan = Plan("work", "employer", moves.units["firm"])
    today = timezone.localdate()
    case = transfer.submit(transfer.start(moves.member("class"), plan, on=today, by=by), on=today, by=by)
    client = Client()
    client.force_login(moves.users["周支书"])  # of another branch, neither sending nor receiving
    assert client.get(reverse("branch", args=["q22"])).status_code == 404
    assert client.get(reverse("transfer", args=[case.number])).status_code == 404
    client.force_login(by)
    assert client.get(reverse("transfer", args=[case.number])).status_code == 200
    assert client.post(reverse("transfer-sending", args=[case.number]), {"act": "let_go"}).status_code == 403
    case.refresh_from_db()
    assert case.stage == "submitted"
