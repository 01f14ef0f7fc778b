"""A summary is pasted; what the ledger stands behind is marked, and a figure opens beside the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Arrive

TEXT = (
    "某区2023年工作总结\n全年组织专题宣讲党的二十大精神140余场次，“青年大学习”网上主题团课22期，"
    "公众号发布原创内容147篇。举办联谊交友活动4场次，其中线上6场次。"
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_pasted_text_is_marked_and_its_figures_open(
    arrive: Arrive, size: tuple[int, int], tmp_path: Path
) -> None:
    visitor = arrive("shenji", size=size)
    page = visitor.open("/reports/claims/")
    page.fill("textarea[name=text]", TEXT)
    page.fill("input[name=unit]", "demo")
    page.fill("input[name=year]", "2023")
    page.click("main form.form button.main")

    expect(page.locator(".sheet a.mark.agrees")).to_have_count(3)
    differs = page.locator(".sheet a.mark.differs").first
    expect(differs).to_have_text("147篇")
    expect(page.locator("aside.first")).to_contain_text("137篇")
    expect(page.locator("aside.first")).to_contain_text("6场次")
    assert Axe().run(page).response["violations"] == []

    differs.click()
    expect(page.locator("#drawer .value")).to_contain_text("137")
    page.keyboard.press("Escape")
    saved = visitor.download("button[value=docx]", tmp_path)
    assert len(list(Document(str(saved)).comments)) >= 5


def test_without_scripts_it_is_a_form_and_an_answer(arrive: Arrive) -> None:
    page = arrive("shenji", scripts=False).open("/reports/claims/")
    page.fill("textarea[name=text]", TEXT)
    page.fill("input[name=unit]", "demo")
    page.fill("input[name=year]", "2023")
    page.click("main form.form button.main")
    page.locator(".sheet a.mark.differs").first.click()
    expect(page.locator("main .value")).to_contain_text("137")
