"""One branch's year on a phone: a graduate moves on, the review, the registration, one leaves at 28.

Founding and electing, and admitting new members, are lived elsewhere; here the branch has its members.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Arrive, Visitor

BRANCH, STREET, DISTRICT = "lq_zhishu", "lq_tuangongwei", "qh_shuji"
CODE = "9901-001-005"  # 石桥社区团支部, beneath the street
MOVES, LEAVES = "任岳凯", "万彤琪"  # of the sample year: one who moves on, one who has turned 28
NEW_HOME = "新桥社区团支部"


def choose(page: Page, name: str, *, among: str = "input[name=who]") -> None:
    """Leave only `name` ticked."""
    for box in page.locator(among).all():
        box.uncheck()
    page.locator("main label", has_text=name).locator("input").check()


def hand_over(visitor: Visitor) -> str:
    """From the first page to the transfer of one graduate; the transfer's number."""
    page = visitor.open("/")
    page.locator("main a", has_text="本支部团员").click()
    expect(page.locator("details.member", has_text=MOVES)).to_be_visible()
    page.locator("main a", has_text="毕业团员转接").click()
    page.select_option("select[name=way]", label="就业 → 工作地乡镇街道")
    page.fill("input[name=to_unit]", NEW_HOME)
    choose(page, MOVES)
    page.click("form.phone-form button.main")
    line = page.locator("ul.list li", has_text=MOVES)
    expect(line).to_contain_text("已提交")
    return (line.locator("a").get_attribute("href") or "").strip("/").rpartition("/")[2]


def test_a_branch_lives_a_year(arrive: Arrive) -> None:
    phone, street = arrive(BRANCH, size=PHONE), arrive(STREET)

    # A graduate moves on: let go, taken in, placed.
    number = hand_over(phone)
    page = street.open("/transfers/")
    for word in ("转出已同意", "转入已同意"):
        page.locator("tr", has_text=MOVES).locator("input[type=checkbox]").check()
        page.click("main form button.main")
        street.open("/transfers/?show=open")
        expect(page.locator("tr", has_text=MOVES)).to_contain_text(word)
        street.open("/transfers/")
    street.open(f"/transfers/{number}/")
    page.locator("main button.main", has_text="编入支部").click()
    expect(page.locator(".head")).to_contain_text("已编入支部")
    assert MOVES not in phone.open(f"/branches/{CODE}/").locator("main").inner_text()

    # The committee puts the review to every branch; this one answers with one exception.
    district = arrive(DISTRICT).open("/reviews/new/")
    district.click("main button.main")
    expect(district).to_have_url(re.compile(r"/reviews/\d+/$"))
    review = re.sub(r"^https?://[^/]+", "", district.url)

    answer = phone.open("/")
    answer.locator("main a", has_text="年度团员评议").click()
    member = answer.locator("details.member").first
    member.locator("summary").click()
    member.locator("label.pill", has_text="优秀").click()
    answer.click("form.phone-form button.main")
    expect(answer.locator(".head")).to_contain_text("已上报")

    page = street.open(f"{review}{CODE}/")
    page.locator("main button.main", has_text="审核并注册").click()
    expect(page.locator(".head")).to_contain_text("已批准")
    expect(page.locator("main table")).to_contain_text("已注册")
    minutes = street.open(f"{review}{CODE}/minutes/")
    expect(minutes.locator("article.sheet")).to_contain_text("优秀 1；合格 4")

    # One has turned 28: proposed by the system, ticked and confirmed.
    page = street.open("/leaving/")
    for box in page.locator("input[name=stay]").all():
        box.uncheck()
    page.locator("tr", has_text=LEAVES).locator("input").check()
    page.click("main form button.main")
    expect(page.locator(".messages")).to_contain_text("已办理离团 1 人")
    assert LEAVES not in phone.open(f"/branches/{CODE}/").locator("main").inner_text()


def test_dues_are_paid_in_two_touches_and_a_mistake_is_reversed(arrive: Arrive) -> None:
    page = arrive(BRANCH, size=PHONE).open(f"/branches/{CODE}/dues/payment/")
    page.click("form.phone-form button.main")
    expect(page.locator("main h1")).to_contain_text("团费")
    entries = page.locator("ul.list li")
    before = entries.count()
    entries.first.locator("a", has_text="冲销").click()
    page.fill("#dialog textarea", "记错了")
    page.locator("#dialog button.danger").click()
    expect(entries).to_have_count(before + 1)
    expect(entries.first).to_contain_text("冲销")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_transfer_can_be_begun_and_taken_back_without_scripts(arrive: Arrive, scripts: bool) -> None:
    visitor = arrive("yz_banzhishu", size=PHONE, scripts=scripts)
    page = visitor.open("/branches/9901-016-014/transfers/new/")
    page.select_option("select[name=way]", label="未就业 → 经常居住地乡镇街道")
    page.fill("input[name=to_unit]", "9901-001")
    page.click("form.phone-form button.main")
    expect(page.locator(".head")).to_contain_text("已提交")
    page.locator("main a", has_text="撤回").click()
    page.fill("textarea[name=because]", "去向有变")
    page.locator("button.danger").click()
    expect(page.locator(".head")).to_contain_text("已撤回转接")
