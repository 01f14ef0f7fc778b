"""A table is begun like every document; its numbers open, another is added and chosen."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Arrive
from tests.browser.test_pages_for_everyone import faults
from tests.browser.test_writing_a_summary import WRITER


def test_a_statistical_table_is_written(arrive: Arrive) -> None:
    page = arrive(WRITER).open("/documents/new/")
    page.select_option("select[name=kind]", "statistics")
    page.select_option("select[name=period]", "2023")
    page.click("form.form button.main")
    expect(page.locator(".para.as-table")).to_have_count(3)
    assert faults(page) == []
    page.locator(".para.as-table a.figure").first.click()
    expect(page.locator("#drawer .value")).to_be_visible()
    page.keyboard.press("Escape")

    page.locator(".para.as-table").last.locator("caption").click()
    page.locator("#toolbar [data-do=table]").click()
    expect(page).to_have_url(re.compile(r"/paragraphs/\d+/"))
    page.locator(".pill", has_text="月份").click()
    page.locator(".of-figures summary").nth(1).click()
    page.locator(".of-figures label", has_text="宣讲党的二十大精神").click()
    assert faults(page) == []
    page.locator("aside form.form button.main").click()
    expect(page.locator(".para.as-table")).to_have_count(4)
    expect(page.locator(".para.as-table").last).to_contain_text("12月")


def test_a_table_fits_a_phone(arrive: Arrive) -> None:
    page = arrive(WRITER, size=PHONE).open("/documents/new/")
    page.select_option("select[name=kind]", "statistics")
    page.select_option("select[name=period]", "2023")
    page.click("form.form button.main")
    expect(page.locator(".para.as-table")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults(page) == []
