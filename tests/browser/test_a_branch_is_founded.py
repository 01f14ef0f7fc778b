"""A branch is founded by a paper, filled by a merger, elects its committee, and is moved by drag."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Arrive

STREET, DISTRICT = "lq_tuangongwei", "qh_zuzhi"
RECORD = re.compile(r"/records/O[0-9-]+/$")
NEW, FULL = "滨河新居团支部", "共青团滨河新居团支部"


def approve(page: Page, number: str, *, ago: int = 0) -> None:
    """Name day and number of the paper and carry it out."""
    page.fill("input[name=on]", (timezone.localdate() - dt.timedelta(days=ago)).isoformat())
    page.fill("input[name=document_number]", number)
    page.click("button[value=approve]")
    expect(page).to_have_url(RECORD)
    expect(page.locator(".head .state")).to_have_text("已确认")


def code_of(page: Page, name: str) -> str:
    """The code of the unit that the paper's page leads to."""
    link = page.locator("section.panel a", has_text=name).first
    return str(link.get_attribute("href")).strip("/").split("/")[-1]


def open_found_form(page: Page) -> str:
    """From the street's own page to the form of a new branch; the code of the street."""
    page.locator("ul.tree a[href^='/units/']").first.click()
    page.locator("section.panel a", has_text="在其下新建团组织").click()
    return page.url.split("/units/")[1].split("/")[0]


def elect(page: Page, code: str) -> list[str]:
    """Enter an election in which everybody votes for the first candidates; those elected."""
    page.goto(re.sub(r"/units/.*|/records/.*", f"/units/{code}/members/", page.url))
    names = page.locator("table.cards tbody td.lead a").all_inner_texts()
    seats = 3 if len(names) >= 7 else 1
    page.goto(page.url.replace("/members/", "/election/"))
    for field in ("entitled", "present", "issued", "returned"):
        page.fill(f"input[name={field}]", str(len(names)))
    page.fill("input[name=seats]", str(seats))
    for n, name in enumerate(names[: seats + 1], 1):
        page.fill(f"input[name=name_{n}]", name)
        page.fill(f"input[name=votes_{n}]", str(len(names) if n <= seats else 0))
    page.click("button[value=look]")
    expect(page.locator(".def")).to_contain_text("当选：")
    approve(page, "临团批〔2026〕3号", ago=5)
    return names[:seats]


def test_a_branch_is_founded_filled_by_a_merger_and_elects(arrive: Arrive) -> None:
    page = arrive(STREET).open("/units/")
    street = open_found_form(page)
    page.fill("input[name=name]", FULL)
    page.fill("input[name=short_name]", NEW)
    page.fill("input[name=members]", "2")
    page.fill("input[name=document_number]", "临团批〔2026〕1号")
    page.click("button[value=look]")
    expect(page.locator(".refusal").first).to_contain_text("团支部最少团员数")
    page.fill("input[name=members]", "8")
    approve(page, "临团批〔2026〕1号", ago=20)
    code = code_of(page, NEW)
    assert re.fullmatch(r"\d{11}", code)

    page.goto(re.sub(r"/records/.*", f"/units/{street}/", page.url))
    old = page.locator("ul.tree a", has_text="社区团支部").last
    old_code = str(old.get_attribute("href")).strip("/").split("/")[-1]
    page.goto(re.sub(r"/units/.*", f"/units/{old_code}/merging/?to={code}", page.url))
    expect(page.locator(".def")).to_contain_text(f"转入{NEW}")
    approve(page, "临团批〔2026〕2号", ago=10)

    elected = elect(page, code)
    page.goto(re.sub(r"/records/.*", f"/units/{code}/", page.url))
    for name in elected:
        expect(page.locator("aside").first).to_contain_text(name)
    expect(page.locator("ol.timeline").first).to_contain_text("来源于")

    district = arrive(DISTRICT).open("/units/drawing/")
    drag_to_another_street(district, code)


def drag_to_another_street(page: Page, code: str) -> None:
    """Search the unit, drag it onto another body, read what follows, approve; the drawing shows it there."""
    page.fill("#drawing-search", "bhxj")
    expect(page.locator("#drawing .hit")).to_have_count(1)
    line = page.locator(f".node[data-code='{code}'] > .unit-line")
    page.fill("#drawing-search", "")
    target = page.locator(".node.body > .unit-line", has_text="榆泉街道团工委")
    line.scroll_into_view_if_needed()
    line.drag_to(target)
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("由临渠街道团工委划入榆泉街道团工委")
    dialog.locator("input[name=document_number]").fill("青团复〔2026〕8号")
    dialog.locator("button[value=approve]").click()
    expect(page).to_have_url(RECORD)
    page.goto(re.sub(r"/records/.*", f"/units/{code}/", page.url))
    expect(page.locator("nav.crumbs")).to_contain_text("榆泉街道团工委")


def test_without_scripts_the_same_move_is_a_form(arrive: Arrive) -> None:
    page = arrive(DISTRICT, size=PHONE, scripts=False).open("/units/drawing/")
    page.locator("#drawing .move").first.focus()
    page.locator("#drawing .move").first.press("Enter")
    page.fill("input[name=to]", "榆泉街道团工委")
    page.click("button[value=look]")
    expect(page.locator("main")).to_contain_text("将有的变动")
