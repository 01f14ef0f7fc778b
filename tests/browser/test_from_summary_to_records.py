"""The promise of the product: from a number of the summary to the records behind it."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Arrive

SUMMARY = "/reports/annual-summary/?unit=demo&period=2023"
CARE_CLASSES = "140余"  # "140余场次" of the summary; the drawer says 143


def test_two_clicks_lead_from_the_summary_to_a_record(arrive: Arrive) -> None:
    page = arrive("qh_shuji").open(SUMMARY)

    page.locator("a.figure", has_text=CARE_CLASSES).first.click()
    drawer = page.locator("#drawer")
    expect(drawer.locator(".value")).to_contain_text("143")
    expect(drawer.locator(".def")).not_to_be_empty()
    expect(drawer.locator("table.rows tr")).not_to_have_count(0)

    drawer.locator("table.rows a").first.click()
    expect(page).to_have_url(re.compile(r"/records/[^/]+/$"))
    expect(page.locator("dl.facts")).to_be_visible()


def test_the_secretary_finds_the_summary_without_an_address(arrive: Arrive) -> None:
    page = arrive("qh_shuji").page
    page.click("nav.nav a[href='/reports/']")
    page.locator("main a[href*='annual-summary']").first.click()
    expect(page.locator("main a.figure").first).to_be_visible()


def test_without_scripts_the_figure_is_a_page_of_its_own(arrive: Arrive) -> None:
    page = arrive("qh_shuji", scripts=False).open(SUMMARY)
    page.locator("a.figure", has_text=CARE_CLASSES).first.click()
    expect(page).to_have_url(re.compile("/figures/"))
    expect(page.locator("main .value")).to_contain_text("143")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_escape_closes_the_drawer_and_returns_to_the_figure(
    arrive: Arrive, size: tuple[int, int] | None
) -> None:
    page = arrive("qh_shuji", **({"size": size} if size else {})).open(SUMMARY)
    figure = page.locator("a.figure", has_text=CARE_CLASSES).first
    figure.click()
    expect(page.locator("#drawer .value")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(figure).to_be_focused()


def test_the_export_of_a_figure_holds_as_many_rows_as_its_value(arrive: Arrive, tmp_path: Path) -> None:
    secretary = arrive("qh_shuji")
    page = secretary.open("/figures/?unit=demo&period=2023")
    figure = page.locator(".cell.has a.figure", has_text=re.compile(r"^143$")).first
    value = int(figure.inner_text())
    figure.click()
    drawer = page.locator("#drawer")
    expect(drawer.locator(".value b")).to_have_text(str(value))

    drawer.locator("a.btn[href*='/rows/']").click()
    expect(page.locator("table.cards tbody tr").first).to_be_visible()
    saved = secretary.download("a[href*='rows.xlsx']", tmp_path)

    sheet = openpyxl.load_workbook(saved).active
    assert sheet is not None
    assert sheet.max_row - 1 == value
