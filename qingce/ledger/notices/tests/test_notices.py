"""Public notices: their clock in working days, their five columns, what is objected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from qingce.foundation.accounts.models import User
from qingce.foundation.refusals import Refused
from qingce.league.organisations import actions as organisations
from qingce.league.organisations.models import Unit
from qingce.league.people import working_days
from qingce.ledger.notices.actions import Line, object_to, put_up, settle, take_down
from qingce.ledger.notices.hung import hung
from qingce.ledger.notices.models import PRINTED, Notice, NoticeEntry

RULE = "admission_notice_days_least"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        ("2024-09-09", 5, "2024-09-13"),  # Monday to Friday
        ("2024-09-10", 5, "2024-09-14"),  # the Saturday was worked
        ("2024-09-13", 5, "2024-09-20"),  # over the mid-autumn holiday, the Saturday worked
        ("2024-09-29", 5, "2024-10-10"),  # a Sunday at work, then the holiday of October
        ("2023-04-24", 5, "2023-04-28"),  # before the first of May
        ("2023-04-26", 5, "2023-05-05"),  # over it; the Sunday before was worked, but not in between
        ("2024-09-14", 1, "2024-09-14"),  # a worked Saturday alone
        ("2024-09-15", 1, "2024-09-18"),  # a holiday counts for nothing
        ("2090-01-06", 5, "2090-01-12"),  # a year without a calendar yet: plain weekends
    ],
)
def test_the_first_and_the_last_day_count(first: str, days: int, last: str) -> None:
    assert working_days.last_of(day(first), days) == day(last)
    assert working_days.between(day(first), day(last)) == days


@pytest.fixture
def unit(db: None, settings: Any) -> Unit:
    settings.LANGUAGE_CODE = "en"
    made = Unit.objects.create(
        code="n",
        name="青河中学",
        short_name="青河中学",
        kind="committee",
        domain="senior_middle",
        founded_on=day("2010-01-01"),
    )
    organisations.place([(made, None)])
    return made


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create_user("lin", name="林书记")


def notice(unit: Unit, officer: User, **changes: Any) -> Notice:
    facts = {
        "unit": unit,
        "purpose": "target",
        "title": "公示",
        "rule": RULE,
        "opens_on": day("2024-09-09"),
        "closes_on": day("2024-09-13"),
        "by": officer,
    }
    made, _warned = put_up([Line("M2024-000001", "张小明", school="青河中学")], **{**facts, **changes})
    return made


def test_a_notice_may_be_followed_on_the_day_after(unit: Unit, officer: User) -> None:
    made = notice(unit, officer)
    assert made.working_days == 5
    assert not made.is_over(on=day("2024-09-13"))
    assert made.is_over(on=day("2024-09-14"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_on": day("2024-09-12")}, "must hang until 2024-09-13"),
        ({"closes_on": day("2024-09-08")}, "before its first"),
    ],
)
def test_a_notice_that_hangs_too_short_is_refused(
    unit: Unit, officer: User, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        notice(unit, officer, **changes)
    assert not Notice.objects.exists()


def test_before_the_rule_a_short_notice_is_warned_of(unit: Unit, officer: User) -> None:
    _made, warned = put_up(
        [Line("M2023-000001", "张小明")],
        unit=unit,
        purpose="target",
        title="公示",
        rule=RULE,
        opens_on=day("2023-07-27"),
        closes_on=day("2023-07-31"),
        by=officer,
    )
    assert len(warned) == 1


def test_there_is_no_column_for_anything_else() -> None:
    columns = {one.name for one in NoticeEntry._meta.concrete_fields}
    assert columns - {"id", "notice", "record"} == set(PRINTED)


def test_what_was_objected_is_known_to_whoever_asks_for_the_record(unit: Unit, officer: User) -> None:
    made = notice(unit, officer)
    entry = made.entries.get()
    with pytest.raises(Refused, match="put up only on"):
        object_to(entry, about="有疑问", received_on=day("2024-09-08"), by=officer)
    with pytest.raises(Refused, match="Say what is objected"):
        object_to(entry, about=" ", received_on=day("2024-09-10"), by=officer)
    objection = object_to(entry, about="有疑问", received_on=day("2024-09-10"), by=officer)
    assert hung(["M2024-000001"])["M2024-000001", "target"].open_objections == 1
    settle(objection, outcome="upheld", answer="属实", on=day("2024-09-11"), by=officer)
    one = hung(["M2024-000001"])["M2024-000001", "target"]
    assert (one.open_objections, one.upheld) == (0, True)
    with pytest.raises(Refused, match="settled on"):
        settle(objection, outcome="resolved", answer="又不属实", on=day("2024-09-12"), by=officer)


def test_what_was_taken_down_early_hung_for_nothing(unit: Unit, officer: User) -> None:
    made = notice(unit, officer)
    with pytest.raises(Refused, match="give the reason"):
        take_down(made, because="", on=day("2024-09-11"), by=officer)
    take_down(made, because="名单有误", on=day("2024-09-11"), by=officer)
    assert hung(["M2024-000001"]) == {}


def test_what_is_taken_down_afterwards_has_hung(unit: Unit, officer: User) -> None:
    made = notice(unit, officer)
    take_down(made, because="期满撤下", on=day("2024-09-14"), by=officer)
    assert hung(["M2024-000001"])["M2024-000001", "target"].working_days == 5
