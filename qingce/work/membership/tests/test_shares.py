"""How many of a school's leavers are members; and numbers that are not in the national system in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from qingce.foundation.refusals import Refused
from qingce.league.organisations.models import Domain, Membership
from qingce.work.membership.models import Allotment
from qingce.work.membership.quota import actions as quota
from qingce.work.membership.quota.shares import entry_warning, leaving_members
from qingce.work.membership.tests.world import School, day, school

DAY = day("2024-03-02")


@pytest.fixture
def world(settings: Any, db: None) -> School:
    """A school whose class has five members; forty places."""
    settings.LANGUAGE_CODE = "en"
    return school()


def allotted(world: School, count: int, leavers: int | None) -> Allotment:
    by = world.users["body"]
    return quota.allot(world.allotment, world.branch, count=count, leavers=leavers, on=DAY, by=by)


@pytest.mark.parametrize(
    ("domain", "count", "leavers", "allowed"),
    [
        (Domain.SENIOR_MIDDLE, 7, 20, True),  # 5 + 7 of 20 are three fifths
        (Domain.SENIOR_MIDDLE, 8, 20, False),
        (Domain.JUNIOR_MIDDLE, 1, 20, True),  # 5 + 1 of 20 are three tenths
        (Domain.JUNIOR_MIDDLE, 2, 20, False),
        (Domain.COMMUNITY, 30, 20, True),  # no share is demanded outside middle schools
        (Domain.SENIOR_MIDDLE, 30, None, True),  # not said, not judged
    ],
)
def test_members_among_the_leavers_stay_within_the_share(
    world: School, domain: str, count: int, leavers: int | None, allowed: bool
) -> None:
    world.branch.domain = domain
    world.branch.save()
    if allowed:
        assert allotted(world, count, leavers).leavers == leavers
    else:
        with pytest.raises(Refused, match="20 leavers are more than"):
            allotted(world, count, leavers)


def test_only_who_leaves_in_the_year_is_counted_where_it_is_known(world: School) -> None:
    stays = list(Membership.objects.filter(unit=world.branch))
    assert leaving_members(world.school, 2024, on=DAY) == 5
    for stay, year in zip(stays, (2024, 2024, 2025, 2025, 2026), strict=True):
        stay.graduates_on = dt.date(year, 6, 30)
        stay.save()
    assert leaving_members(world.school, 2024, on=DAY) == 2


@pytest.mark.parametrize(("on", "late"), [("2024-11-30", False), ("2024-12-01", True), ("2025-01-01", True)])
def test_used_numbers_are_in_the_national_system_by_the_end_of_the_year(
    world: School, on: str, late: bool
) -> None:
    world.carried(world.applicant(), "form_filled")
    lines = list(Allotment.objects.of(2024))
    said = entry_warning(lines, year=2024, on=day(on), unit=world.school)
    assert ("1 numbers of 2024" in said) is late


def test_what_is_entered_is_not_warned_of(world: School) -> None:
    world.carried(world.applicant(), "archived")
    lines = list(Allotment.objects.of(2024))
    assert entry_warning(lines, year=2024, on=day("2025-01-01"), unit=world.school) == ""
