"""Every main page for every reader: accessible by WCAG 2 A and AA, in both languages, by keyboard."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Arrive

PAGES = [
    "/",
    "/ledger/",
    "/activities/new/",
    "/issues/",
    "/transfers/",
    "/leaving/",
    "/matters/",
    "/reviews/",
    "/branches/9901-001-005/",
    "/branches/9901-001-005/graduates/",
    "/branches/9901-001-005/dues/",
    "/units/",
    "/units/demo/",
    "/units/demo/members/",
    "/figures/?unit=demo&period=2023",
    "/documents/",
    "/documents/new/",
    "/reports/",
    "/reports/claims/",
    "/reports/annual-summary/?unit=demo&period=2023",
    "/reports/annual-summary/checks/?unit=demo&period=2023",
    "/imports/",
    "/imports/new/",
    "/account/tokens/",
    "/api/docs",
    "/patterns/",
]
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def faults(page: Page) -> list[str]:
    """What stands between a page and its readers: rule, and the first place that breaks it."""
    found = Axe().run(page, options=STANDARD).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']} ({len(one['nodes'])} places)" for one in found]


@SIZES
def test_every_main_page_is_accessible(arrive: Arrive, size: tuple[int, int]) -> None:
    visitor = arrive("qh_shuji", size=size)
    found = {path: faults(visitor.open(path)) for path in PAGES}
    assert {path: said for path, said in found.items() if said} == {}


@SIZES
def test_signing_in_is_accessible(arrive: Arrive, size: tuple[int, int]) -> None:
    assert faults(arrive(size=size).open("/accounts/login/")) == []


@SIZES
def test_a_record_the_short_form_and_the_drawer_are_accessible(arrive: Arrive, size: tuple[int, int]) -> None:
    visitor = arrive("qh_shuji", size=size)
    page = visitor.open("/ledger/?period=2023")
    page.locator("table.cards td a").first.click()
    expect(page.locator("dl.facts")).to_be_visible()
    found = faults(page)
    visitor.open("/activities/new/").locator("main a[href^='/activities/new/']").first.click()
    found += faults(page)
    visitor.open("/figures/?unit=demo&period=2023").locator(".cell.has a.figure").first.click()
    expect(page.locator("#drawer .value")).to_be_visible()
    assert found + faults(page) == []


@SIZES
def test_no_page_is_wider_than_the_screen(arrive: Arrive, size: tuple[int, int]) -> None:
    visitor = arrive("qh_shuji", size=size)
    over = {
        path: visitor.open(path).evaluate("document.documentElement.scrollWidth - innerWidth")
        for path in PAGES
    }
    assert {path: much for path, much in over.items() if much > 0} == {}


def test_english_leaves_no_chinese_in_the_navigation(arrive: Arrive) -> None:
    page = arrive("qh_shuji").page
    page.click("details.menu summary")
    page.click("details.menu button[value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not CHINESE.search(page.locator("nav.nav").inner_text())


def test_a_slash_goes_to_the_search(arrive: Arrive) -> None:
    page = arrive("qh_shuji").page
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
