"""A summary is written from the one-click draft, reviewed, issued; then a record is corrected and drifts."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Arrive
from tests.browser.test_pages_for_everyone import faults

WRITER, SECRETARY = "qh_zuzhi", "qh_shuji"
FORBIDDEN = ("Content Security Policy", "Content-Security-Policy")
DOCUMENT = re.compile(r"/documents/\d+/")


def begin(page: Page, address: str, *, scripts: bool = True) -> str:
    """One click: the first draft of the annual summary, ready to be written in; its address."""
    page.goto(f"{address}/documents/new/")
    page.select_option("select[name=kind]", "annual-summary")
    page.select_option("select[name=period]", "2023")
    page.click("form.form button.main")
    expect(page).to_have_url(DOCUMENT)
    if scripts:
        ready(page)
    return re.sub(r"^https?://[^/]+", "", page.url)


def ready(page: Page) -> None:
    expect(page.locator(".para .ProseMirror").last).to_be_visible()


def insert(page: Page, search: str, *, form: str = "") -> None:
    """By the keyboard alone: a slash, a few letters, Enter, a form, Enter."""
    page.keyboard.press("/")
    expect(page.locator("#picker")).to_be_visible()
    page.keyboard.type(search)
    page.keyboard.press("Enter")
    chosen = page.locator(".pick-forms input")
    expect(chosen.first).to_be_focused()
    if form:
        page.locator(".pick-forms label", has_text=form).locator("input").check()
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")
    expect(page.locator("#picker")).to_be_hidden()


def saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_text(re.compile(r"已保存 \d\d:\d\d"))


def last_paragraph(page: Page) -> Locator:
    return page.locator(".para.as-text").last


def caret_at_the_end(page: Page, paragraph: Locator) -> None:
    paragraph.locator(".words").focus()
    expect(paragraph).to_have_class(re.compile("writing-here"))
    page.wait_for_timeout(100)  # the editor sets the caret a moment after the focus, a person is slower
    page.keyboard.press("Control+End")
    page.wait_for_timeout(100)


def new_paragraph(page: Page) -> Locator:
    """An empty paragraph at the end, with the caret in it."""
    count = page.locator(".para").count()
    caret_at_the_end(page, last_paragraph(page))
    page.keyboard.press("Enter")
    expect(page.locator(".para")).to_have_count(count + 1)
    expect(last_paragraph(page).locator(".words")).to_be_focused()
    return last_paragraph(page)


def test_a_summary_from_the_first_draft_to_the_drift(arrive: Arrive, tmp_path: Path) -> None:
    writer = arrive(WRITER)
    page = writer.page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    address = begin(page, writer.site.address)
    assert page.locator(".para a.figure").count() > 50

    paragraph = new_paragraph(page)
    page.keyboard.type("全年开展宣讲")
    insert(page, "xuanjiang")
    page.keyboard.type("，发展团员")
    insert(page, "发展团员", form="实数")
    page.keyboard.type("，比上年宣讲")
    insert(page, "xjdd", form="增加")
    page.keyboard.type("。另走访青年86户。")
    saved(page)
    expect(paragraph.locator("a.figure")).to_have_count(3)

    # A number typed by hand is met: it is not handed up without its source.
    page.locator("header.head a.main").click()
    page.locator("form.acts button.main").click()
    expect(page.locator(".messages")).to_contain_text("86户")
    typed = last_paragraph(page).locator("li.typed")
    expect(typed).to_contain_text("86户")
    typed.locator("input[name=because]").fill("区民政局走访台账，2023年12月")
    typed.locator("form button").click()
    expect(last_paragraph(page).locator("li.typed")).to_have_count(0)
    saved(page)
    page.reload()
    expect(last_paragraph(page).locator(".stated")).to_have_text("86户")
    assert faults(page) == []

    page.locator("header.head a.main").click()
    page.locator("form.acts button.main").click()
    expect(page.locator(".head .badge").first).to_have_text("审核中")

    # The level above returns it with a reason; it is revised and handed up again.
    secretary = arrive(SECRETARY)
    desk = secretary.open("/documents/?view=review")
    desk.locator("tbody a").first.click()
    desk.locator(".head a", has_text="退回").click()
    desk.fill("textarea[name=because]", "结尾再写一句")
    desk.click("form.form button.main")
    page.goto(writer.site.address + address)
    ready(page)
    expect(page.locator("#side .timeline")).to_contain_text("结尾再写一句")
    new_paragraph(page)
    page.keyboard.type("新的一年，继续努力。")
    saved(page)
    page.locator("header.head a.main").click()
    page.locator("form.acts button.main").click()

    desk.goto(writer.site.address + address)
    desk.locator(".head a", has_text="审核通过").click()
    desk.locator("form.acts button.main").click()
    expect(desk.locator(".head .badge").first).to_have_text("已批准")
    desk.locator(".head a", has_text=re.compile("^定稿")).click()
    desk.locator("form.acts button.main").click()
    expect(desk).to_have_url(re.compile(r"/reports/snapshots/\d+/"))
    issued = desk.url

    word = secretary.download("main a[href*='/file.docx'], main a[href$='.docx']", tmp_path)
    text = "\n".join(one.text for one in docx.Document(str(word)).paragraphs)
    assert "另走访青年86户" in text
    assert "新的一年，继续努力。" in text
    annex = secretary.download("main a[href*='annex.xlsx']", tmp_path)
    rows = list(openpyxl.load_workbook(annex).active.iter_rows(values_only=True))
    assert len(rows) > 50

    # A record is corrected, and the issued document says what moved and stays as it was.
    desk.goto(f"{writer.site.address}/figures/fire_safety_events/?unit=demo&period=2023")
    desk.locator("main a[href^='/records/']").first.click()
    desk.locator(".head a.danger").click()
    desk.fill("#dialog textarea[name=because]", "重复登记")
    desk.locator("#dialog form button").first.click()
    expect(desk.locator(".head .state.void")).to_be_visible()
    desk.goto(issued)
    expect(desk.locator("main aside .list")).to_contain_text("6场次 → 5场次")
    expect(desk.locator("article.sheet")).to_contain_text("青年当先”活动6场次")
    assert faults(desk) == []
    page.goto(writer.site.address + address)
    expect(page.locator(".head a.main")).to_have_attribute("href", re.compile(r"/reports/snapshots/\d+/"))
    assert [one for one in said if any(word in one for word in FORBIDDEN)] == []


def test_on_a_phone_a_figure_is_put_in_by_buttons(arrive: Arrive) -> None:
    visitor = arrive(WRITER, size=PHONE)
    page = visitor.page
    begin(page, visitor.site.address)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    paragraph = new_paragraph(page)
    page.keyboard.type("开展宣讲")
    page.locator("#toolbar [data-do=pick]").click()
    page.fill("#picker-search", "宣讲")
    page.locator("#picker-list [role=option]").first.click()
    assert faults(page) == []
    page.locator("#picker button.main").click()
    expect(paragraph.locator("a.figure")).to_have_count(1)
    saved(page)
    assert faults(page) == []


def test_two_writers_meet_in_one_paragraph_and_no_text_is_lost(arrive: Arrive) -> None:
    first = arrive(WRITER, size=DESKTOP)
    address = begin(first.page, first.site.address)
    paragraph = first.page.locator(".para.as-text").first
    caret_at_the_end(first.page, paragraph)
    first.page.keyboard.type("先写的话。")
    saved(first.page)

    second = arrive(SECRETARY).open(address)
    ready(second)
    held = second.locator(".para.as-text").first
    held.locator(".words").focus()
    expect(held.locator(".held")).to_contain_text("正在写这一段")
    expect(held.locator(".words")).to_have_attribute("contenteditable", "false")


def test_while_the_network_is_away_the_text_stays_and_is_saved_later(arrive: Arrive) -> None:
    visitor = arrive(WRITER)
    page = visitor.page
    begin(page, visitor.site.address)
    new_paragraph(page)
    page.context.set_offline(True)
    page.keyboard.type("断网时写的话。")
    expect(page.locator("#saving")).to_contain_text("网络断开")
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(last_paragraph(page).locator(".words")).to_have_text("断网时写的话。")


def test_without_scripts_a_paragraph_is_a_plain_form(arrive: Arrive) -> None:
    visitor = arrive(WRITER, scripts=False)
    page = visitor.page
    begin(page, visitor.site.address, scripts=False)
    page.locator(".para.as-text a[href^='/paragraphs/']").first.click()
    page.fill("textarea[name=text]", "宣讲{{lectures|exact}}。")
    page.click("form.form button.main")
    expect(page.locator(".para.as-text").first).to_contain_text("宣讲143场次。")
