"""A school admits two applicants together, on a phone, against a quota that the district allots."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Arrive

DISTRICT, SCHOOL = "qh_zuzhi", "yz_tuanwei"
BATCH = 2
LATE = "纸质材料补录"


def fill(page: Page, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if value is True:
            page.check(f"input[name={name}]")
        elif isinstance(value, int) and name in ("mentors", "sponsors"):
            for place in range(value):
                page.locator(f"input[name={name}]").nth(place).check()
        else:
            page.fill(f"input[name={name}]", str(value))


def together(page: Page, **facts: Any) -> None:
    """One step for those ticked: looked at first, then confirmed."""
    boxes = page.locator("input[name=cases]")
    for place in range(BATCH):
        boxes.nth(place).check()
    fill(page, facts)
    page.click("form.batch button.main")
    expect(page.locator("td .badge.done")).to_have_count(BATCH)
    page.click("form.batch button[name=confirmed]")
    expect(page.locator(".messages")).to_contain_text(f"{BATCH} 人")


def take(visitor: Any, act: str, on: str, *, decision: bool = False, **facts: Any) -> None:
    kind = "decisions" if decision else "steps"
    page = visitor.open(f"/admissions/{kind}/?act={act}")
    late = {} if act in ("pre_examination", "filing") else {"because": LATE}
    together(page, on=on, **late, **facts)


def put_up(visitor: Any, purpose: str, first: str, last: str) -> None:
    page = visitor.open(f"/admissions/notices/new/?purpose={purpose}")
    for place in range(BATCH):
        page.locator("input[name=cases]").nth(place).check()
    fill(page, {"opens_on": first, "closes_on": last})
    page.click("form.batch button.main")
    expect(page.locator("article.sheet tbody tr")).to_have_count(BATCH)


def allot(arrive: Arrive) -> None:
    """The district enters what came from the city, and hands a part of it to the school."""
    district = arrive(DISTRICT)
    page = district.open("/quota/")
    page.click(".head a.main")
    page.select_option("select[name=sector]", "senior")
    fill(page, {"count": 10, "block_from": "202599000001", "on": "2025-03-01"})
    page.click("form.phone-form button.main")
    page.locator("table a.btn.small").first.click()
    fill(page, {"unit": "青河第一高级中学团委", "count": 4, "on": "2025-03-02"})
    page.click("form.phone-form button.main")
    expect(page.locator("table tbody tr")).to_have_count(2)


def test_a_batch_is_admitted_against_the_quota(arrive: Arrive) -> None:
    allot(arrive)
    school = arrive(SCHOOL, size=PHONE)
    take(school, "target", "2025-03-10", mentor_talks=2)
    take(school, "pre_examination", "2025-03-11", decision=True, paper="预审〔2025〕1号")
    put_up(school, "target", "2025-03-12", "2025-03-18")
    take(school, "noticed", "2025-03-18")
    take(school, "form_filled", "2025-03-19")
    votes = {"entitled": 9, "present": 9, "ballots": 9, "in_favour": 9}
    take(school, "voted", "2025-03-25", sponsored_on="2025-03-21", sponsors=2, **votes)
    take(school, "approved", "2025-04-02", decision=True, collectively=True)

    page = school.open("/admissions/?stage=approved&year=2025")
    expect(page.locator("table.cards tbody tr")).to_have_count(BATCH)
    expect(page.locator("table.cards tbody")).to_contain_text("202599000001")
    page.locator("table.cards a").first.click()
    expect(page).to_have_url(re.compile(r"/admissions/M\d{4}-\d+/$"))
    expect(page.locator(".head .state")).to_have_text("已批准")

    quota = arrive(DISTRICT).open("/quota/?year=2025")
    expect(quota.locator("table tbody tr").nth(1)).to_contain_text("2 / 4")


def test_a_short_notice_is_refused_with_the_day_until_which_it_must_hang(arrive: Arrive) -> None:
    page = arrive(SCHOOL, size=PHONE).open("/admissions/notices/new/?purpose=activist")
    page.locator("input[name=cases]").first.check()
    fill(page, {"opens_on": "2025-03-10", "closes_on": "2025-03-09"})
    page.click("form.batch button.main")
    expect(page.locator("[role=alert]")).to_contain_text("公示止日早于起日")
