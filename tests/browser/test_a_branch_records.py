"""A branch secretary on a phone records once; a street officer confirms; a figure counts it."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Arrive

BRANCH, STREET = "lq_zhishu", "lq_tuangongwei"
SAVED = re.compile(r"/records/[A-Z0-9-]+/$")


def record_an_activity(page: Page, title: str) -> str:
    """Through the short form of volunteer service; the address of the record."""
    page.locator("main a[href='/activities/new/']").first.click()
    page.locator("ul.list a[href^='/activities/new/']", has_text="志愿服务").first.click()
    page.fill("input[name=attendance]", "12")
    page.locator("details", has=page.locator("input[name=title]")).locator("summary").click()
    page.fill("input[name=title]", title)
    page.click("form.phone-form button.main")
    expect(page).to_have_url(SAVED)
    return re.sub(r"^https?://[^/]+", "", page.url)


def test_the_home_of_a_branch_says_what_waits_for_an_answer(arrive: Arrive) -> None:
    page = arrive(BRANCH, size=PHONE).page
    waiting = page.locator("main section").first
    expect(waiting.locator("h2")).to_have_text("待反馈")
    expect(waiting.locator("ul.list, .empty").first).to_be_visible()


def test_what_a_branch_records_counts_once_the_street_has_confirmed_it(arrive: Arrive) -> None:
    page = arrive(BRANCH, size=PHONE).page
    address = record_an_activity(page, "浏览器里的一次活动")
    expect(page.locator(".head .state")).to_have_text("待确认")

    street = arrive(STREET).open(address)
    street.locator(".head a.main").click()
    street.locator("#dialog button.main").click()
    expect(street.locator(".head .state")).to_have_text("已确认")
    street.locator("main a.figure").first.click()
    expect(street.locator("#drawer .value")).to_be_visible()


def test_the_short_form_saves_without_scripts(arrive: Arrive) -> None:
    page = arrive(BRANCH, size=PHONE, scripts=False).page
    record_an_activity(page, "没有脚本也能登记")
    expect(page.locator("h1")).to_have_text("没有脚本也能登记")


@pytest.mark.parametrize(
    "asked", ["period=2023&state=void", "period=2022&family=cases", "q=qnds&period=2023"]
)  # a state, a family, and pinyin initials
def test_the_ledger_exports_what_it_shows(arrive: Arrive, tmp_path: Path, asked: str) -> None:
    clerk = arrive("qh_zuzhi")
    page = clerk.open(f"/ledger/?{asked}&size=200")
    shown = page.locator("table.cards tbody tr").count()
    saved = clerk.download("a[href*='records.xlsx']", tmp_path)
    sheet = openpyxl.load_workbook(saved).active
    assert sheet is not None
    rows = sheet.max_row - 1
    assert rows > 0
    assert shown == min(rows, 200)
