"""Comments on words and across paragraphs; an earlier version restored from the page of versions."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive
from tests.browser.test_pages_for_everyone import faults
from tests.browser.test_writing_a_summary import (
    SECRETARY,
    WRITER,
    begin,
    caret_at_the_end,
    last_paragraph,
    new_paragraph,
    saved,
)


def say(page: Page, text: str) -> None:
    expect(page.locator("#dialog textarea[name=text]")).to_be_visible()
    assert faults(page) == []
    page.fill("#dialog textarea[name=text]", text)
    page.locator("#dialog form button.main").click()
    expect(page.locator("#side")).to_contain_text(text)


def test_a_selection_that_leaves_its_paragraph_takes_whole_paragraphs(arrive: Arrive) -> None:
    page = arrive(WRITER).page
    begin(page, arrive(WRITER).site.address)
    one, two = (page.locator(".para.as-text .words").nth(at).bounding_box() for at in (0, 1))
    assert one
    assert two
    page.mouse.move(one["x"] + 80, one["y"] + 12)
    page.mouse.down()
    page.mouse.move(two["x"] + 80, two["y"] + 12, steps=6)
    page.mouse.up()
    expect(page.locator(".para.chosen")).to_have_count(3)  # two paragraphs and the heading between them
    page.keyboard.press("Escape")
    expect(page.locator(".para.chosen")).to_have_count(0)

    caret_at_the_end(page, page.locator(".para.as-text").first)
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".para.chosen")).to_have_count(2)
    page.keyboard.press("Shift+ArrowDown")
    page.locator("#toolbar [data-do=comment]").click()
    say(page, "这几段合并")
    expect(page.locator(".para-acts b")).to_have_count(3)


def test_a_reviewer_quotes_words_of_a_text_that_stands_still(arrive: Arrive) -> None:
    writer = arrive(WRITER)
    address = begin(writer.page, writer.site.address)
    writer.page.locator("header.head a.main").click()
    writer.page.locator("form.acts button.main").click()
    page = arrive(SECRETARY).open(address)
    page.evaluate("""() => {
      const [one, two] = [...document.querySelectorAll(".para.as-text .words")];
      getSelection().setBaseAndExtent(one.firstChild, 2, two.firstChild, 4);
    }""")
    page.locator("#quote").click()
    expect(page.locator("#dialog .def")).to_contain_text("班子")
    say(page, "两处说法不一致")
    expect(page.locator("#side .notes small").first).to_contain_text("“")


def test_an_earlier_version_is_restored_after_a_question(arrive: Arrive) -> None:
    visitor = arrive(WRITER)
    page = visitor.page
    address = begin(page, visitor.site.address)
    second = arrive(SECRETARY)
    second.open(address)
    new_paragraph(second.page)
    second.page.keyboard.type("不该写的话。")
    saved(second.page)
    second.open("/documents/")  # whoever leaves the page lets go of the paragraph

    visitor.open(f"{address}versions/")
    assert faults(page) == []
    page.locator("a.danger").click()
    expect(page.locator("#dialog .notes")).to_contain_text("移出正文")
    assert faults(page) == []
    page.locator("#dialog button.danger").click()
    expect(page).to_have_url(visitor.site.address + address)
    expect(last_paragraph(page)).not_to_contain_text("不该写的话")
    visitor.open(f"{address}versions/")
    expect(page.locator("main aside")).to_contain_text("恢复较早版本")
