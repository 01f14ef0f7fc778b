"""What is due follows from stay, terms and rule; what was entered is reversed and never changed."""

from __future__ import annotations

import contextlib
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from qingce.foundation.amounts import capital
from qingce.foundation.refusals import Refused
from qingce.league.people.models import Person
from qingce.work.membership.dues import actions as dues
from qingce.work.membership.dues.statement import Statement
from qingce.work.membership.models import DuesEntry, DuesTerms
from qingce.work.membership.tests.moves_county import JUNE, County

YEAR = [dt.date(2024, month, 1) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("band", "wage", "owed"),
    [
        ("no_income", None, "0.20"),
        ("farmer", None, "0.50"),
        ("wage", "0", "3"),
        ("wage", "1999.99", "3"),
        ("wage", "2000", "3"),
        ("wage", "2000.01", "4.00"),
        ("wage", "3500", "7.00"),
        ("wage", "4321", "8.64"),
        ("wage", "9999", "20"),
        ("wage", "10000", "20"),
        ("wage", "80000", "20"),
    ],
)
def test_dues_of_a_month_follow_from_the_band(band: str, wage: str | None, owed: str) -> None:
    assert dues.monthly(band, Decimal(wage) if wage else None, on=JUNE) == Decimal(owed)


@pytest.mark.parametrize(("band", "wage"), [("wage", None), ("wage", Decimal(-1)), ("rich", None)])
def test_a_band_that_cannot_be_is_refused(band: str, wage: Decimal | None) -> None:
    with pytest.raises(Refused):
        dues.monthly(band, wage, on=JUNE)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"), ("0.20", "贰角整"), ("0.05", "伍分"), ("12.40", "壹拾贰元肆角整"),
        ("10.05", "壹拾元零伍分"), ("105", "壹佰零伍元整"), ("1000.5", "壹仟元伍角整"),
        ("10203.04", "壹万零贰佰零叁元零肆分"), ("100000", "壹拾万元整"), ("-3", "负叁元整"),
        ("20000020", "贰仟万零贰拾元整"),
    ],
)  # fmt: skip
def test_amounts_in_capital_numerals(amount: str, said: str) -> None:
    assert capital(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("facts", "months"),
    [
        ({"since": dt.date(2022, 9, 1)}, 6),
        ({"since": dt.date(2024, 3, 1)}, 4),
        ({"since": dt.date(2024, 3, 2)}, 3),  # from the first month begun as a member
        ({"since": dt.date(2022, 9, 1), "until": dt.date(2024, 4, 1)}, 3),
        ({"since": dt.date(2022, 9, 1), "until": dt.date(2024, 4, 2)}, 4),
        ({"since": dt.date(2024, 7, 1)}, 0),
    ],
)
def test_a_month_is_owed_where_the_member_stood_on_its_first_day(
    moves: County, facts: dict[str, Any], months: int
) -> None:
    stay = moves.member("class", **facts)
    assert len(dues.owed_months(stay, dt.date(2024, 1, 1), dt.date(2024, 6, 1))) == months


def test_after_a_transfer_each_month_is_owed_once(moves: County) -> None:
    stay = moves.member("class", until=dt.date(2024, 4, 10))
    then = stay.__class__.objects.create(
        person=stay.person, unit=moves.units["firm"], since=dt.date(2024, 4, 10)
    )
    months = [dues.owed_months(one, dt.date(2024, 1, 1), dt.date(2024, 12, 1)) for one in (stay, then)]
    assert months[0] + months[1] == YEAR


def test_a_branch_pays_waives_and_hands_up(moves: County) -> None:
    unit, by = moves.units["class"], moves.users["陈支书"]
    one, two = moves.members("class", 2)
    dues.set_terms(two, "wage", wage=Decimal(4000), since=dt.date(2024, 4, 1), by=by)
    dues.pay(unit, [one.person, two.person], YEAR[:4], on=JUNE, by=by)
    dues.waive(unit, one.person, YEAR[4:5], decision="5月6日支部大会", on=JUNE, by=by)
    dues.hand_up(unit, Decimal("5.00"), paper="收据3号", on=JUNE, by=by)

    drawn = Statement(unit, year=2024, on=JUNE)
    assert [(line.total, line.paid, line.waived, line.open) for line in drawn.lines] == [
        (Decimal("1.20"), Decimal("0.80"), Decimal("0.20"), Decimal("0.20")),
        (Decimal("24.60"), Decimal("8.60"), Decimal("0"), Decimal("16.00")),
    ]
    assert (drawn.paid, drawn.handed_up, drawn.cash) == (Decimal("9.40"), Decimal("5.00"), Decimal("4.40"))
    assert "wage" not in [field.name for field in DuesTerms._meta.fields]


PAID = {"unit": "class", "months": YEAR[:2]}


@pytest.mark.parametrize(
    ("act", "facts", "sentence"),
    [
        ("pay", {**PAID, "months": []}, "Choose the months"),
        ("pay", {**PAID, "months": YEAR[6:]}, "have begun"),
        ("pay", {**PAID, "unit": "firm"}, "Nothing is open"),
        ("waive", {**PAID, "decision": " "}, "Name the decision"),
        ("waive", {**PAID, "unit": "firm", "decision": "决议"}, "Nothing is open"),
        ("hand_up", {"unit": "class", "amount": Decimal("0.01"), "paper": ""}, "less than this"),
        ("hand_up", {"unit": "class", "amount": Decimal(0), "paper": ""}, "more than nothing"),
        ("hand_up", {"unit": "class", "amount": Decimal("0.001"), "paper": ""}, "more than nothing"),
    ],
)
def test_what_cannot_be_entered_is_refused(
    moves: County, act: str, facts: dict[str, Any], sentence: str
) -> None:
    person = moves.member("class").person
    told = {**facts, "unit": moves.units[facts["unit"]], "on": JUNE, "by": moves.users["陈支书"]}
    told |= {"pay": {"people": [person]}, "waive": {"person": person}}.get(act, {})
    with pytest.raises(Refused, match=sentence):
        getattr(dues, act)(**told)
    assert not DuesEntry.objects.exists()


def test_a_month_is_settled_once_and_a_reversal_opens_it_again(moves: County) -> None:
    unit, by = moves.units["class"], moves.users["陈支书"]
    stay = moves.member("class")
    [entry] = dues.pay(unit, [stay.person], YEAR[:1], on=JUNE, by=by)
    with pytest.raises(Refused, match="Nothing is open"):
        dues.pay(unit, [stay.person], YEAR[:1], on=JUNE, by=by)
    with pytest.raises(Refused, match="reason"):
        dues.reverse(entry, because="", on=JUNE, by=by)
    opposite = dues.reverse(entry, because="记错了人", on=JUNE, by=by)
    with pytest.raises(Refused, match="reversed already"):
        dues.reverse(entry, because="再来", on=JUNE, by=by)
    with pytest.raises(Refused, match="reversed already"):
        dues.reverse(opposite, because="再来", on=JUNE, by=by)
    assert len(dues.pay(unit, [stay.person], YEAR[:1], on=JUNE, by=by)) == 1
    assert DuesEntry.objects.count() == 3


def test_money_handed_up_is_not_taken_back_behind_it(moves: County) -> None:
    unit, by = moves.units["class"], moves.users["陈支书"]
    [entry] = dues.pay(unit, [moves.member("class").person], YEAR[:1], on=JUNE, by=by)
    dues.hand_up(unit, Decimal("0.20"), paper="收据", on=JUNE, by=by)
    with pytest.raises(Refused, match="reverse the handing up first"):
        dues.reverse(entry, because="错", on=JUNE, by=by)


def test_a_statement_costs_the_same_for_three_and_for_thirty(
    moves: County, django_assert_max_num_queries
) -> None:
    moves.members("class", 30)
    with django_assert_max_num_queries(8):
        drawn = Statement(moves.units["class"], year=2024, on=JUNE)
        assert (drawn.due, drawn.open, drawn.cash) == (Decimal("36.00"), Decimal("36.00"), Decimal(0))


MOVES = some.lists(
    some.tuples(
        some.sampled_from(["pay", "waive", "hand_up", "reverse"]),
        some.integers(0, 2),  # which member, which entry
        some.integers(0, 5),  # which month
        some.integers(1, 80),  # cents
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=MOVES)
def test_the_ledger_balances_whatever_is_entered(
    moves: County, told: list[tuple[str, int, int, int]]
) -> None:
    """Due is paid, waived or open; cash is what was paid and not handed up, and never less than nothing."""
    with transaction.atomic():
        stays = moves.members("class", 3)
        for act, who, month, cents in told:
            with contextlib.suppress(Refused):
                tried(moves, stays[who].person, act, month, cents)
            drawn = Statement(moves.units["class"], year=2024, on=JUNE)
            assert drawn.due == drawn.paid + drawn.waived + drawn.open
            assert drawn.cash == drawn.paid - drawn.handed_up >= 0
        transaction.set_rollback(True)  # the next example begins with an empty ledger


def tried(moves: County, person: Person, act: str, month: int, cents: int) -> None:
    unit, by = moves.units["class"], moves.users["陈支书"]
    if act == "pay":
        dues.pay(unit, [person], YEAR[: month + 1], on=JUNE, by=by)
    elif act == "waive":
        dues.waive(unit, person, [YEAR[month]], decision="决议", on=JUNE, by=by)
    elif act == "hand_up":
        dues.hand_up(unit, Decimal(cents) / 100, paper="收据", on=JUNE, by=by)
    elif entries := list(DuesEntry.objects.order_by("pk")):
        dues.reverse(entries[cents % len(entries)], because="更正", on=JUNE, by=by)
