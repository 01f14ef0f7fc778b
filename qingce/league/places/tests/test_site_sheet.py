from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingce.league.organisations.tests.books import book, counts, imported, refusals, small_county
from qingce.league.places.models import Site

pytestmark = pytest.mark.django_db

SITE = {
    "阵地编号": "ZD01",
    "阵地名称": "城关青年之家",
    "阵地类型": "青年之家",
    "责任组织编码": "X1",
    "启用日期": "2022-05-04",
    "停用日期": None,
}


@pytest.fixture(autouse=True)
def county(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    small_county()


def test_sites_are_kept_once_and_brought_in_step(tmp_path: Path) -> None:
    assert counts(imported(book(tmp_path, 阵地=[SITE]))) == (1, 0, 0)
    assert counts(imported(book(tmp_path, 阵地=[SITE]))) == (0, 0, 1)
    assert counts(imported(book(tmp_path, 阵地=[{**SITE, "地址": "解放路1号"}]))) == (0, 1, 0)

    site = Site.objects.get()
    assert (site.sort, site.unit.code, site.address) == ("youth_home", "X1", "解放路1号")
    assert site.initials == "cgqnzj"


def test_a_site_does_not_close_before_it_opens(tmp_path: Path) -> None:
    [sentence] = refusals(book(tmp_path, 阵地=[{**SITE, "停用日期": "2021-01-01"}]))

    assert "was closed before it was opened" in sentence
