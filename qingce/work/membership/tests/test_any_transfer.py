"""Whatever is tried in whatever order: who is placed was let go by one side and taken in by the other."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Membership
from qingce.ledger.records.models import State
from qingce.work.membership.models import MemberCase
from qingce.work.membership.tests.moves_county import JUNE, County
from qingce.work.membership.transfers import actions as transfer
from qingce.work.membership.transfers.guards import OPEN, Plan

WAY = ["submitted", "sender_approved", "receiver_approved", "placed"]
ACTS = some.lists(
    some.tuples(
        some.sampled_from(
            ["start", "submit", "let_go", "take_in", "place", "send_back", "take_back", "lapse", "remind"]
        ),
        some.integers(0, 3),  # days that go by before it
    ),
    max_size=16,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_only_the_whole_way_leads_into_the_branch(moves: County, acts: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        stay = moves.member("class")
        day = JUNE
        for act, days in acts:
            day += dt.timedelta(days=days)
            with contextlib.suppress(Refused):
                tried(moves, stay, act, day)
            still_true(stay)
        transaction.set_rollback(True)


def tried(moves: County, stay: Membership, act: str, day: dt.date) -> None:
    by = moves.users["柳干事"]
    case = MemberCase.objects.order_by("pk").last()
    if act == "start":
        transfer.start(stay, Plan("work", "employer", moves.units["firm"]), on=day, by=by)
    elif case is not None:
        facts = {"place": {"branch": None}, "send_back": {"because": "退"}, "take_back": {"because": "撤"}}
        getattr(transfer, act)(case, on=day, by=by, **facts.get(act, {}))


def still_true(stay: Membership) -> None:
    cases = list(MemberCase.objects.order_by("pk"))
    assert sum(case.stage in OPEN for case in cases) <= 1
    for case in cases:
        steps = list(case.steps.values_list("stage", "on"))
        assert [on for _stage, on in steps] == sorted(on for _stage, on in steps)
        if case.stage == "placed":
            assert [stage for stage, _on in steps] == WAY
            assert case.state == State.CONFIRMED
    stays = list(Membership.objects.filter(person=stay.person).order_by("since"))
    assert len(stays) == 1 + sum(case.stage == "placed" for case in cases)
    assert all(a.until is not None and a.until <= b.since for a, b in itertools.pairwise(stays))
