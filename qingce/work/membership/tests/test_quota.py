"""The quota ledger: blocks stay disjoint and inside, nothing is lent, what is used is not taken back."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qingce.foundation.refusals import Refused
from qingce.league.organisations import actions as organisations
from qingce.league.organisations.models import Domain, Unit, UnitKind
from qingce.work.membership.models import Allotment
from qingce.work.membership.quota import actions as quota
from qingce.work.membership.quota.blocks import Block, cut, gaps
from qingce.work.membership.quota.book import QuotaBook, next_number, uses
from qingce.work.membership.quota.models import sector_of
from qingce.work.membership.tests.world import TODAY, School, day, school, unit

DAY = day("2024-03-02")


@pytest.fixture
def world(settings: Any, db: None) -> School:
    settings.LANGUAGE_CODE = "en"
    return school()


def test_a_part_takes_the_lowest_free_block(world: School) -> None:
    part = quota.allot(world.allotment, world.branch, count=5, on=DAY, by=world.users["body"])
    assert (part.block_from, part.block_to) == ("202462000001", "202462000005")
    assert (part.year, part.sector) == (2024, "senior")


def test_a_part_may_begin_where_it_is_said(world: School) -> None:
    said = {"count": 5, "on": DAY, "by": world.users["body"]}
    part = quota.allot(world.allotment, world.branch, block_from="202462000011", **said)
    assert part.block_to == "202462000015"
    with pytest.raises(Refused, match="do not lie together as a block"):
        quota.allot(world.allotment, world.branch, block_from="202462000015", **said)


@pytest.mark.parametrize(
    ("count", "block", "sentence"),
    [
        (41, "", "has 40 places left"),
        (0, "", "At least one place"),
        (5, "202462000038", "do not lie together"),
        (5, "202362000001", "years are not mixed"),
        (5, "2024620001", "12 digits"),
        (5, "20246200000x", "12 digits"),
    ],
)
def test_what_a_parent_does_not_have_is_refused(world: School, count: int, block: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        quota.allot(
            world.allotment, world.branch, count=count, block_from=block, on=DAY, by=world.users["body"]
        )


def test_a_quota_goes_down_the_tree_only(world: School) -> None:
    for other in (world.neighbour, world.school, world.district):
        with pytest.raises(Refused, match="does not stand beneath"):
            quota.allot(world.allotment, other, count=1, on=DAY, by=world.users["body"])


def test_numbers_come_from_above_once(world: School) -> None:
    said = {"year": 2024, "on": DAY, "by": world.users["staff"]}
    with pytest.raises(Refused, match="numbers are allotted once"):
        quota.receive(world.district, sector="junior", count=10, block_from="202462000091", **said)
    with pytest.raises(Refused, match="not a sector"):
        quota.receive(world.district, sector="army", count=10, block_from="202462000101", **said)
    with pytest.raises(Refused, match="beyond the numbers of the year"):
        quota.receive(world.district, sector="junior", count=10, block_from="202462999995", **said)
    made = quota.receive(world.district, sector="junior", count=10, block_from="202462000101", **said)
    assert made.block_to == "202462000110"


def test_sectors_do_not_lend_to_each_other(world: School) -> None:
    class_of_juniors = unit("q-1-2", "初一1班", UnitKind.BRANCH, Domain.JUNIOR_MIDDLE)
    organisations.place([(class_of_juniors, world.school)])
    problem = QuotaBook([2024]).problem("202462000001", class_of_juniors, on=DAY)
    assert "No quota of 2024 for “Junior middle schools”" in problem
    assert next_number(class_of_juniors, on=DAY) == ""


def test_the_nearest_allotment_is_drawn_on(world: School) -> None:
    assert next_number(world.branch, on=DAY) == "202462000001"
    quota.allot(
        world.allotment, world.branch, count=2, block_from="202462000031", on=DAY, by=world.users["body"]
    )
    assert next_number(world.branch, on=DAY) == "202462000031"
    book = QuotaBook([2024])
    assert book.problem("202462000032", world.branch, on=DAY) == ""
    assert "not one of the block" in book.problem("202462000001", world.branch, on=DAY)


def test_what_was_handed_on_is_given_by_nobody_else(world: School) -> None:
    quota.allot(world.allotment, world.branch, count=40, on=DAY, by=world.users["body"])
    other = unit("q-1-3", "高一2班", UnitKind.BRANCH, Domain.SENIOR_MIDDLE)
    organisations.place([(other, world.school)])
    assert next_number(other, on=DAY) == ""
    assert "not one of the block" in QuotaBook([2024]).problem("202462000001", other, on=DAY)


def test_the_tree_shows_use_against_plan(world: School) -> None:
    quota.allot(world.allotment, world.branch, count=4, on=DAY, by=world.users["body"])
    world.carried(world.applicant(), "approved")
    second = {"form_filled": {"development_number": "202462000002"}}
    world.carried(world.applicant(2), "form_filled", **second)
    top, at_school, at_branch = uses(list(Allotment.objects.order_by("block_from", "-count")))
    assert [(one.depth, one.allotment.count) for one in (top, at_school, at_branch)] == [
        (0, 100),
        (1, 40),
        (2, 4),
    ]
    assert (at_branch.used, at_branch.approved, at_branch.left, at_branch.rate) == (2, 1, 2, 25)
    assert (at_school.allotted, at_school.kept, at_school.used) == (4, 36, 2)


def test_what_is_used_or_handed_on_is_not_taken_back(world: School) -> None:
    by = world.users["body"]
    part = quota.allot(world.allotment, world.branch, count=4, on=DAY, by=by)
    with pytest.raises(Refused, match="take these back first"):
        quota.take_back(world.allotment, because="调整", on=TODAY, by=by)
    world.carried(world.applicant(), "form_filled")
    with pytest.raises(Refused, match="1 of its numbers are used"):
        quota.take_back(part, because="调整", on=TODAY, by=by)
    unused = quota.allot(world.allotment, world.branch, count=4, on=DAY, by=by)
    quota.take_back(unused, because="调整", on=TODAY, by=by)
    again = quota.allot(world.allotment, world.branch, count=4, on=DAY, by=by)
    assert again.block_from == unused.block_from


def test_sectors_of_fields() -> None:
    assert [sector_of(one) for one in ("junior_middle", "complete_middle", "community", "university")] == [
        "junior",
        "senior",
        "society",
        "university",
    ]


# On a busy machine an example may take its time.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
BLOCKS = st.tuples(st.integers(1, 60), st.integers(1, 12)).map(lambda said: Block(said[0], sum(said) - 1))


@PATIENT
@given(st.lists(BLOCKS, max_size=6), st.sets(st.integers(1, 60), max_size=10))
def test_gaps_and_parts_and_used_numbers_make_up_the_block(parts: list[Block], used: set[int]) -> None:
    whole = Block(10, 50)
    free = {number for gap in gaps(whole, parts, used) for number in range(gap.first, gap.last + 1)}
    taken = {number for part in parts for number in range(part.first, part.last + 1)} | used
    assert free == set(range(10, 51)) - taken
    stretches = gaps(whole, parts, used)
    assert all(one.last + 1 < two.first for one, two in pairwise(stretches))


@PATIENT
@given(st.lists(BLOCKS, max_size=6), st.integers(1, 20))
def test_a_cut_lies_in_one_gap(parts: list[Block], count: int) -> None:
    free = gaps(Block(1, 60), parts)
    found = cut(free, count)
    assert (found is None) == all(gap.size < count for gap in free)
    assert found is None or (found.size == count and any(gap.holds(found) for gap in free))


# What an officer may try, in any order: to allot from whom to whom, how many, beginning where; to take back.
TRIES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 30), st.none() | st.integers(1, 70)),
    max_size=12,
)


class AnySequenceOfAllotments(TestCase):
    """Blocks stay disjoint under any allotment."""

    def setUp(self) -> None:
        top = unit("h", "青河区", UnitKind.DISTRICT_COMMITTEE, Domain.OFFICE)
        schools = [unit(f"h-{n}", f"中学{n}", UnitKind.COMMITTEE, Domain.SENIOR_MIDDLE) for n in range(2)]
        classes = [unit(f"h-{n}-1", f"班{n}", UnitKind.BRANCH, Domain.SENIOR_MIDDLE) for n in range(3)]
        pairs = [(classes[0], schools[0]), (classes[1], schools[0]), (classes[2], schools[1])]
        organisations.place([(top, None), *((one, top) for one in schools), *pairs])
        self.units: list[Unit] = [top, *schools, *classes]

    @settings(PATIENT, max_examples=40)
    @given(TRIES)
    def test_blocks_stay_disjoint_contiguous_and_within(self, tries: list[tuple[int, ...]]) -> None:
        said = {"on": DAY, "by": None}
        quota.receive(self.units[0], year=2024, sector="senior", count=60, block_from="202462000001", **said)
        for whom, to, count, first in tries:
            self._try(whom, to, count, first, said)
        standing = list(Allotment.objects.standing().select_related("parent"))
        for one in standing:
            assert one.last - one.first + 1 == one.count
            if one.parent:
                assert one.parent.taken_back_on is None
                assert one.parent.first <= one.first <= one.last <= one.parent.last
                assert (one.year, one.sector) == (one.parent.year, one.parent.sector)
        for one, two in combinations(standing, 2):
            if one.parent_id == two.parent_id:
                assert one.last < two.first or two.last < one.first
        for one in standing:
            assert sum(part.count for part in standing if part.parent_id == one.pk) <= one.count

    def _try(self, whom: int, to: int, count: int, first: int | None, said: dict[str, Any]) -> None:
        standing = list(Allotment.objects.order_by("pk"))
        chosen = standing[whom % len(standing)]
        block = f"202462{first:06d}" if first else ""
        try:
            if count == 0 and first is None and chosen.parent_id:
                quota.take_back(chosen, because="调整", on=DAY, by=None)  # type: ignore[arg-type]
            else:
                quota.allot(chosen, self.units[to], count=count, block_from=block, **said)
        except Refused:
            pass
