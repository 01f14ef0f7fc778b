"""No page asks the browser for anything that the content security policy forbids."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Arrive
from tests.browser.test_pages_for_everyone import PAGES

FORBIDDEN = ("Content Security Policy", "Content-Security-Policy")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_breaks_the_policy(arrive: Arrive, size: tuple[int, int]) -> None:
    visitor = arrive("qh_shuji", size=size)
    said: list[str] = []
    visitor.page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        visitor.open(path)
    visitor.open("/figures/?unit=demo&period=2023").locator(".cell.has a.figure").first.click()
    visitor.page.wait_for_selector("#drawer .value")
    assert [one for one in said if any(word in one for word in FORBIDDEN)] == []
