"""The drawing of the tree, the elections due, and the health of units."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from qingce.league.organisations import changing
from qingce.league.organisations.actions import place
from qingce.league.organisations.drawing import Drawing
from qingce.league.organisations.health import Health
from qingce.league.organisations.models import Post, Unit, UnitKind
from qingce.league.organisations.norms import term_ends
from qingce.league.organisations.tests.test_pages import LONG_AGO, Tree, join, unit

DAY = dt.date(2024, 3, 1)


@pytest.fixture
def tree(db: None) -> Tree:
    return Tree()


def test_the_drawing_holds_every_unit_with_its_counts(tree: Tree) -> None:
    page = tree.text("/units/drawing/")

    assert re.findall(r'data-code="([^"]+)"', page) == ["qh", "qh-1", "qh-1-1", "qh-1-1-1", "qh-2"]
    assert 'data-i="lqjd gqtlqjd 柳泉街道 共青团柳泉街道"' in page
    assert 'href="/units/qh-1/relocation/"' in page
    assert 'href="/units/qh/relocation/"' not in page


def test_a_street_draws_its_own_part_and_an_inspector_moves_nothing(tree: Tree) -> None:
    assert re.findall(r'data-code="([^"]+)"', tree.text("/units/drawing/", by="street")) == [
        "qh-1",
        "qh-1-1",
        "qh-1-1-1",
    ]
    assert "draggable" not in tree.text("/units/drawing/", by="inspector")


def test_the_drawing_of_an_earlier_day_shows_the_tree_of_that_day(tree: Tree) -> None:
    changing.relocate(tree.general, to=tree.other, on=DAY, by=None)
    changing.rename(tree.general, name="共青团河湾总支", short_name="河湾总支", on=DAY, by=None)
    client = Client()
    client.force_login(tree.users["secretary"])

    def drawn(day: str) -> dict[str, list[str]]:
        drawing: Drawing = client.get(f"/units/drawing/?on={day}").context["drawing"]
        [top] = drawing.tops
        return {node.name: [one.name for one in node.below] for node in top.below}

    assert drawn("2024-02-29") == {"柳泉街道": ["柳泉总支"], "河湾街道": []}
    assert drawn("2024-03-01") == {"柳泉街道": [], "河湾街道": ["河湾总支"]}


@pytest.mark.parametrize("address", ["/units/drawing/", "/units/terms/?ahead=12"])
def test_many_units_need_as_many_queries_as_few(
    tree: Tree, address: str, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(tree.users["secretary"])
    with django_assert_max_num_queries(18) as few:
        client.get(address)
    more = [unit(f"qh-3{n}", f"柳{n}街道", UnitKind.BRANCH) for n in range(40)]
    place([(one, tree.district) for one in more])
    for one in more:
        join("赵敏", one)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize(
    ("members", "found"),
    [(0, {"too_few"}), (2, {"too_few"}), (3, set()), (50, set()), (51, {"too_many"})],
)
def test_a_branch_has_three_to_fifty_members(tree: Tree, members: int, found: set[str]) -> None:
    branch = unit("qh-9", "新支部", UnitKind.BRANCH)
    place([(branch, tree.street)])
    for n in range(members):
        join(f"团员{n}", branch)
    Post.objects.create(
        person=join("支书", tree.branch), unit=branch, role="branch_secretary", since=LONG_AGO
    )

    said = {one.sort for one in Health([branch], DAY).of(branch)} - {"hollow"}

    assert said == found


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        (DAY - dt.timedelta(days=1), "overdue"),
        (DAY, "ending"),
        (dt.date(2024, 9, 1), "ending"),
        (dt.date(2024, 9, 2), ""),
    ],
)
def test_the_end_of_a_term_is_pointed_out_half_a_year_ahead(tree: Tree, ends: dt.date, found: str) -> None:
    tree.branch.term_end = ends

    sorts = {one.sort for one in Health([tree.branch], DAY).of(tree.branch)}

    assert sorts & {"overdue", "ending"} == ({found} if found else set())


@pytest.mark.parametrize(
    ("kind", "domain", "years"),
    [
        ("branch", "senior_middle", 1),
        ("branch", "university", 1),
        ("branch", "primary", 3),
        ("branch", "village", 3),
        ("joint_branch", "two_new", 3),
        ("general_branch", "university", 3),
        ("committee", "township", 3),
        ("district_committee", "office", 5),
    ],
)
def test_the_length_of_a_term_follows_the_kind_of_unit(
    tree: Tree, kind: str, domain: str, years: int
) -> None:
    tree.branch.kind, tree.branch.domain = kind, domain

    assert term_ends(tree.branch, DAY) == dt.date(2024 + years, 2, 29 if (2024 + years) % 4 == 0 else 28)


def test_a_temporary_branch_that_has_outlived_its_task_is_pointed_out(tree: Tree) -> None:
    branch = unit("qh-8", "抗旱临时支部", UnitKind.TEMPORARY_BRANCH)
    branch.lasts_until = DAY - dt.timedelta(days=1)

    assert {one.sort for one in Health([branch], DAY).of(branch)} >= {"outlived"}


def test_a_unit_gone_on_the_day_has_no_worries(tree: Tree) -> None:
    gone = Unit(pk=tree.branch.pk, kind=UnitKind.BRANCH, founded_on=LONG_AGO, dissolved_on=DAY)

    assert Health([gone], DAY).of(gone) == []
