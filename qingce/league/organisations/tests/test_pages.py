from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl
import pytest
from django.test import Client

from qingce.foundation.accounts.models import User
from qingce.foundation.audit.models import Entry
from qingce.foundation.audit.telling import Told, tell, telling
from qingce.foundation.words import masked_name
from qingce.league.organisations.actions import move, place
from qingce.league.organisations.models import Domain, Membership, Post, Unit, UnitKind
from qingce.league.people.models import Person

LONG_AGO = dt.date(2015, 1, 1)


class Tree:
    """A district with two streets; the first has a general branch with a branch of three beneath."""

    def __init__(self) -> None:
        self.district = unit("qh", "青河区", UnitKind.DISTRICT_COMMITTEE)
        self.street = unit("qh-1", "柳泉街道", UnitKind.WORK_COMMITTEE)
        self.other = unit("qh-2", "河湾街道", UnitKind.WORK_COMMITTEE)
        self.general = unit("qh-1-1", "柳泉总支", UnitKind.GENERAL_BRANCH)
        self.branch = unit("qh-1-1-1", "一支部", UnitKind.BRANCH)
        place(
            [
                (self.district, None),
                (self.street, self.district),
                (self.other, self.district),
                (self.general, self.street),
                (self.branch, self.general),
            ]
        )
        for name in ("张小明", "王芳", "李雷"):
            join(name, self.branch)
        self.users = {
            "secretary": officer("林书记", self.district, "district_secretary"),
            "inspector": officer("何检查", self.district, "inspector"),
            "street": officer("柳干事", self.street, "body_officer"),
            "neighbour": officer("河干事", self.other, "body_officer"),
            "branch": officer("陈支书", self.branch, "branch_secretary"),
        }

    def visit(self, address: str, *, by: str) -> Any:
        client = Client()
        client.force_login(self.users[by])
        return client.get(address)

    def text(self, address: str, *, by: str = "secretary") -> str:
        response = self.visit(address, by=by)
        assert response.status_code == 200
        return response.content.decode()


def unit(code: str, name: str, kind: UnitKind) -> Unit:
    return Unit.objects.create(
        code=code,
        name=f"共青团{name}",
        short_name=name,
        kind=kind,
        domain=Domain.STREET,
        founded_on=LONG_AGO,
    )


def join(name: str, at: Unit) -> Person:
    person = Person.objects.create(name=name, sex="female", born_on=dt.date(2003, 5, 1))
    Membership.objects.create(person=person, unit=at, since=LONG_AGO, joined_on=LONG_AGO)
    return person


def officer(name: str, at: Unit, role: str) -> User:
    user = User.objects.create_user(username=name, password="leave-it-to-the-test", name=name)
    person = Person.objects.create(name=name, user=user)
    Post.objects.create(person=person, unit=at, role=role, since=LONG_AGO)
    return user


@pytest.fixture
def tree(db: None) -> Tree:
    return Tree()


def test_two_levels_are_open_and_the_next_is_fetched_when_opened(tree: Tree) -> None:
    page = tree.text("/units/")
    level = tree.text("/units/qh-1/below/")

    assert "柳泉街道" in page
    assert "河湾街道" in page
    assert 'hx-get="/units/qh-1/below/"' in page
    assert "柳泉总支" not in page
    assert "柳泉总支" in level
    assert "<html" not in level


def test_each_line_counts_branches_and_members_beneath(tree: Tree) -> None:
    lines = {line.unit.code: line for line in tree.visit("/units/", by="secretary").context["lines"][0].below}

    assert (lines["qh-1"].branches, lines["qh-1"].members) == (1, 3)
    assert (lines["qh-2"].branches, lines["qh-2"].members) == (0, 0)


def test_a_street_sees_its_own_part_of_the_tree(tree: Tree) -> None:
    page = tree.text("/units/", by="street")

    assert "柳泉总支" in page
    assert "河湾街道" not in page


def test_the_tree_of_an_earlier_day_shows_where_a_unit_stood_then(tree: Tree) -> None:
    move(tree.general, to=tree.other, on=dt.date(2020, 7, 1))

    assert "柳泉总支" in tree.text("/units/qh-1/below/?on=2020-06-30")
    assert "柳泉总支" not in tree.text("/units/qh-1/below/")
    assert "柳泉总支" in tree.text("/units/qh-2/below/")


def test_the_tree_before_anything_was_founded_says_so(tree: Tree) -> None:
    assert "empty" in tree.text("/units/?on=2001-01-01")


@pytest.mark.parametrize("words", ["柳泉街", "lqjd", "LQJD", "qh-1"])
def test_units_are_found_by_name_initials_and_code(tree: Tree, words: str) -> None:
    page = tree.text(f"/units/?q={words}")

    assert "共青团柳泉街道" in page
    assert "共青团河湾街道" not in page


def test_a_neighbour_sees_no_unit_beyond_reach(tree: Tree) -> None:
    for address in ("/units/qh-1/", "/units/qh-1/below/", "/units/qh-1/members/"):
        assert tree.visit(address, by="neighbour").status_code == 404
    assert list(tree.visit("/units/?q=柳泉街", by="neighbour").context["page_obj"]) == []


def test_an_inspector_finds_the_list_of_members_closed_and_names_masked(tree: Tree) -> None:
    assert tree.visit("/units/qh/members/", by="inspector").status_code == 403
    page = tree.text("/units/qh-1-1-1/", by="inspector")
    assert "陈支书" not in page
    assert masked_name("陈支书") in page


def test_a_unit_shows_its_officers_its_members_and_what_is_below(tree: Tree) -> None:
    page = tree.text("/units/qh-1/")

    assert "柳干事" in page
    assert "柳泉总支" in page
    assert 'href="/units/qh/"' in page


def test_an_overdue_term_and_an_empty_branch_are_said_with_what_to_do(tree: Tree) -> None:
    with telling():
        Unit.objects.filter(pk=tree.branch.pk).update(term_end=dt.date(2020, 1, 1))
        Membership.objects.filter(unit=tree.branch).delete()
        Post.objects.filter(unit=tree.branch).delete()
        tell(Told.UNIT_MOVED, by=None, about="a branch that was forgotten")

    worries = tree.visit("/units/qh-1-1-1/", by="secretary").context["portrait"].worries

    assert {one.sort for one in worries} == {"overdue", "no_secretary", "too_few", "hollow"}


def test_a_unit_in_good_order_worries_nobody_but_for_its_silence(tree: Tree) -> None:
    worries = tree.visit("/units/qh-1-1-1/", by="secretary").context["portrait"].worries

    assert [one.sort for one in worries] == ["hollow"]


def test_members_are_those_of_the_unit_and_of_all_beneath(tree: Tree) -> None:
    page = tree.text("/units/qh-1/members/", by="street")

    assert all(name in page for name in ("张小明", "王芳", "李雷"))


def test_members_are_found_by_initials_and_sorted(tree: Tree) -> None:
    found = tree.visit("/units/qh/members/?q=wf", by="secretary").context["page_obj"].object_list
    turned = tree.visit("/units/qh/members/?sort=-name", by="secretary").context["page_obj"].object_list

    assert [one.name for one in found] == ["王芳"]
    assert [one.name for one in turned] == ["张小明", "王芳", "李雷"]


def test_the_exported_file_holds_the_members_on_the_screen_and_is_told(tree: Tree, tmp_path: Any) -> None:
    response = tree.visit("/units/qh/members.xlsx?q=王", by="secretary")
    file = tmp_path / "members.xlsx"
    file.write_bytes(b"".join(response.streaming_content))

    rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))

    assert "林书记" in rows[0][0]
    assert [row[0] for row in rows[2:]] == ["王芳"]
    assert Entry.objects.filter(told="rows.exported").count() == 1


def test_a_branch_secretary_may_not_carry_the_list_away(tree: Tree) -> None:
    assert tree.visit("/units/qh-1-1-1/members.xlsx", by="branch").status_code == 403


@pytest.mark.parametrize(
    ("address", "most"),
    # A unit's page also tells its history, its health and the mix of its officers.
    [("/units/", 18), ("/units/qh/", 24), ("/units/qh/members/", 18), ("/units/?q=柳", 18)],
)
def test_pages_of_units_need_as_many_queries_for_many_rows_as_for_few(
    tree: Tree, address: str, most: int, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(tree.users["secretary"])
    with django_assert_max_num_queries(most) as few:
        client.get(address)
    more = [unit(f"qh-3{n}", f"柳{n}街道", UnitKind.BRANCH) for n in range(30)]
    place([(one, tree.district) for one in more])
    for one in more:
        join("赵敏", one)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_page_of_members_is_light(tree: Tree) -> None:
    for n in range(60):
        join(f"团员{n}", tree.branch)

    assert len(tree.visit("/units/qh/members/", by="secretary").content) < 30_000
