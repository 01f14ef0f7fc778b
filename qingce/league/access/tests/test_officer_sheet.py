from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from qingce.foundation.accounts.models import User
from qingce.league.access.reach import Reach
from qingce.league.organisations.models import Post
from qingce.league.organisations.tests.books import (
    book,
    counts,
    id_number,
    imported,
    refusals,
    small_county,
)
from qingce.league.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def officer(serial: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "姓名": f"林书记{serial}",
        "身份证号": id_number("19900101", serial),
        "手机号": "13800001111",
        "组织编码": "X1",
        "职务": "团委书记",
        "角色": "基层团委负责人",
        "任职方式": "兼职",
        "任职日期": "2022-09-01",
        "登录名": f"lin{serial}",
        **changes,
    }


def test_an_officer_gets_a_post_and_an_account_without_a_password(tmp_path: Path) -> None:
    assert counts(imported(book(tmp_path, 团干部=[officer()]))) == (1, 0, 0)

    user = User.objects.get(username="lin1")
    assert not user.has_usable_password()
    reach = Reach(user, on=dt.date(2023, 1, 1))
    assert set(reach.units("file.import").values_list("code", flat=True)) == {"X1", "X1B1", "X1B2"}


def test_the_same_officers_again_change_nothing_and_leaving_ends_the_post(tmp_path: Path) -> None:
    imported(book(tmp_path, 团干部=[officer(1), officer(2)]))

    assert counts(imported(book(tmp_path, 团干部=[officer(1), officer(2)]))) == (0, 0, 2)
    left = officer(1, 离任日期="2023-09-01")
    assert counts(imported(book(tmp_path, 团干部=[left]))) == (0, 1, 0)
    assert Post.objects.get(person__name="林书记1").until == dt.date(2023, 9, 1)
    assert (Person.objects.count(), Post.objects.count(), User.objects.count()) == (2, 2, 2)


def test_a_user_name_of_somebody_else_is_refused(tmp_path: Path) -> None:
    imported(book(tmp_path, 团干部=[officer(1)]))

    [sentence] = refusals(book(tmp_path, 团干部=[officer(2, 登录名="lin1")]))

    assert "belongs to somebody else" in sentence


def test_nobody_gives_a_role_that_the_catalogue_does_not_let_him_give_nor_beyond_the_own_units(
    tmp_path: Path,
) -> None:
    imported(book(tmp_path, 团干部=[officer(1)]))
    lin = User.objects.get(username="lin1")

    [too_much] = refusals(book(tmp_path, 团干部=[officer(2, 角色="团区委书记")]), by=lin)
    [too_far] = refusals(book(tmp_path, 团干部=[officer(2, 组织编码="demo")]), by=lin)

    assert "This role is not yours to give there" in too_much
    assert "“demo” is not known" in too_far
    beneath = officer(2, 组织编码="X1B1", 角色="团支部书记")
    assert counts(imported(book(tmp_path, 团干部=[beneath]), by=lin)) == (1, 0, 0)
